"""How long a head has to say what will be interpreted this year."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

LIMITS = (
    TimeLimit(
        "interpretation_arrange",
        "安排本年度解读",
        10,
        Unit.WORKING_DAYS,
        "本单位设定的内部时限",
        rungs=(Rung(0, Recipient.HANDLER), Rung(2, Recipient.SUPERIOR_OFFICE)),
    ),
)
