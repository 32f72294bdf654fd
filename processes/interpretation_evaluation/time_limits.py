"""By when an interpretation is evaluated."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

LIMITS = (
    TimeLimit(
        "interpretation_evaluate",
        "评估解读效果",
        20,
        Unit.WORKING_DAYS,
        "本单位设定的内部时限",
        rungs=(Rung(-1, Recipient.HANDLER), Rung(0, Recipient.SECTION_HEAD)),
    ),
)
