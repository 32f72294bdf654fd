"""How long bringing in a notice may take: the office's own limits."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

LIMITS = (
    # From 1 November on; notices come until the middle of the month, as a rule.
    TimeLimit(
        "enter_notice",
        "录入放假通知",
        30,
        Unit.WORKING_DAYS,
        "本单位设定的内部时限",
        rungs=(Rung(0, Recipient.HANDLER), Rung(2, Recipient.UNIT_HEAD)),
    ),
    TimeLimit(
        "confirm_calendar",
        "复核放假安排",
        2,
        Unit.WORKING_DAYS,
        "本单位设定的内部时限",
        rungs=(Rung(0, Recipient.HANDLER), Rung(2, Recipient.UNIT_HEAD)),
    ),
)
