"""By when a record is put right: the Regulations set no limit, so the office does."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

_LADDER = (
    Rung(-1, Recipient.HANDLER),
    Rung(0, Recipient.DISCLOSURE_HEAD),
    Rung(2, Recipient.UNIT_HEAD),
)
_SECTION_LADDER = (
    Rung(-1, Recipient.HANDLER),
    Rung(0, Recipient.SECTION_HEAD),
    Rung(2, Recipient.DISCLOSURE_HEAD),
)
_HEAD_LADDER = (Rung(-1, Recipient.HANDLER), Rung(0, Recipient.UNIT_HEAD))
_OWN = "本单位设定的内部时限"


def _own(
    name: str, title: str, days: int, rungs: tuple[Rung, ...] = _LADDER
) -> TimeLimit:
    return TimeLimit(name, title, days, Unit.WORKING_DAYS, _OWN, rungs=rungs)


LIMITS = (
    TimeLimit(
        "correct_record",
        "处理更正申请",
        20,
        Unit.WORKING_DAYS,
        "本单位设定的内部时限，条例第41条没有规定",
        rungs=(
            Rung(-5, Recipient.DISCLOSURE_HEAD),
            Rung(-1, Recipient.DISCLOSURE_HEAD),
            Rung(0, Recipient.UNIT_HEAD),
        ),
    ),
    _own("register_correction", "登记更正申请", 1),
    _own("check_record", "核实记录", 5, _SECTION_LADDER),
    _own("decide_correction", "拟处理决定", 3),
    _own("approve_correction", "审批处理决定", 2, _HEAD_LADDER),
    _own("serve_correction", "送达", 1),
    _own("archive_correction", "归档", 10),
)
