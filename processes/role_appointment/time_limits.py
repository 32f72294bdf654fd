"""How long an appointment may take."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

LIMITS = (
    TimeLimit(
        "appoint",
        "补任",
        1,
        Unit.WORKING_DAYS,
        "内部时限",
        rungs=(Rung(0, Recipient.UNIT_HEAD),),
    ),
)
