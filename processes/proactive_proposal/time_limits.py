"""By when it is looked at: the Regulations say promptly (Art 44(2)), the office how."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

LIMITS = (
    TimeLimit(
        "weigh_proposal",
        "研究是否转为主动公开",
        20,
        Unit.WORKING_DAYS,
        "本单位设定的内部时限，条例第44条要求及时",
        rungs=(
            Rung(-3, Recipient.HANDLER),
            Rung(0, Recipient.DISCLOSURE_HEAD),
            Rung(5, Recipient.UNIT_HEAD),
        ),
    ),
)
