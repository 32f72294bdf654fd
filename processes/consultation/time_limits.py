"""How long who is asked may take, and what happens after it."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

_LADDER = (
    Rung(-1, Recipient.HANDLER),
    Rung(0, Recipient.DISCLOSURE_HEAD),
    Rung(2, Recipient.UNIT_HEAD),
)
#: What ends by itself when it has passed: told once, on its last day.
_LAST_DAY = (Rung(-1, Recipient.HANDLER),)
_OWN = "本单位设定的内部时限"

LIMITS = (
    TimeLimit(
        "send_inquiry", "发征求意见函", 2, Unit.WORKING_DAYS, _OWN, rungs=_LADDER
    ),
    TimeLimit(
        "record_inquiry_service",
        "登记征求意见函签收",
        5,
        Unit.WORKING_DAYS,
        _OWN,
        rungs=_LADDER,
    ),
    # From the day on which the third party signed; silent, the office decides.
    TimeLimit(
        "third_party_silence",
        "第三方提出意见",
        15,
        Unit.WORKING_DAYS,
        "《政府信息公开条例》第32条",
        statutory=True,
        rungs=_LAST_DAY,
    ),
    # From the day on which the co-maker signed; silence is consent.
    TimeLimit(
        "comaker_silence",
        "共同制作机关提出意见",
        15,
        Unit.WORKING_DAYS,
        "《政府信息公开条例》第34条",
        statutory=True,
        rungs=_LAST_DAY,
    ),
    # No statute says how long: the office reminds.
    TimeLimit(
        "agency_answer",
        "其他机关提出意见",
        10,
        Unit.WORKING_DAYS,
        _OWN,
        rungs=(
            Rung(-1, Recipient.HANDLER),
            Rung(0, Recipient.DISCLOSURE_HEAD),
            Rung(5, Recipient.DISCLOSURE_HEAD),
        ),
    ),
    TimeLimit(
        "weigh_refusal", "处理第三方不同意", 3, Unit.WORKING_DAYS, _OWN, rungs=_LADDER
    ),
)
