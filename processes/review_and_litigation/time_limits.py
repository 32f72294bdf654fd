"""By when an agency answers 复议机关 and court, and by when its own steps are done."""

from engine.authoring import Recipient, Rung, TimeLimit, Unit

_LADDER = (
    Rung(-1, Recipient.HANDLER),
    Rung(0, Recipient.DISCLOSURE_HEAD),
    Rung(2, Recipient.UNIT_HEAD),
)
_HEAD_LADDER = (Rung(-1, Recipient.HANDLER), Rung(0, Recipient.UNIT_HEAD))
#: Late, the handling counts as without evidence: nobody may be told only then.
_ANSWER_LADDER = (
    Rung(-3, Recipient.DISCLOSURE_HEAD),
    Rung(-1, Recipient.UNIT_HEAD),
    Rung(0, Recipient.UNIT_HEAD),
    Rung(2, Recipient.SUPERIOR_OFFICE),
)
_OWN = "本单位设定的内部时限"


def _own(
    name: str, title: str, days: int, rungs: tuple[Rung, ...] = _LADDER
) -> TimeLimit:
    return TimeLimit(name, title, days, Unit.WORKING_DAYS, _OWN, rungs=rungs)


def _answer(name: str, title: str, length: int, unit: Unit, source: str) -> TimeLimit:
    return TimeLimit(
        name, title, length, unit, source, statutory=True, rungs=_ANSWER_LADDER
    )


LIMITS = (
    # 十日, 五日 of the act are working days (行政复议法 Art 88(2)).
    _answer(
        "ordinary_answer",
        "提出行政复议答复",
        10,
        Unit.WORKING_DAYS,
        "《行政复议法》第48条",
    ),
    _answer(
        "summary_answer",
        "提出行政复议答复（简易程序）",
        5,
        Unit.WORKING_DAYS,
        "《行政复议法》第54条",
    ),
    # Natural days; a last day on a holiday rolls to the first day after it (民事诉讼法
    # Art 85(3), by 行政诉讼法 Art 101).
    _answer(
        "lawsuit_answer",
        "提交行政诉讼答辩状和证据",
        15,
        Unit.DAYS,
        "《行政诉讼法》第67条",
    ),
    # The day that the decision or judgment sets, or the agency where it sets none.
    TimeLimit(
        "redo",
        "重新处理",
        0,
        Unit.DATE,
        "行政复议决定书、判决书写明的期限",
        rungs=(
            Rung(-5, Recipient.HANDLER),
            Rung(-1, Recipient.DISCLOSURE_HEAD),
            Rung(0, Recipient.UNIT_HEAD),
            Rung(2, Recipient.SUPERIOR_OFFICE),
        ),
    ),
    _own("register_challenge", "登记复议、诉讼", 1),
    _own("legal_check_defence", "法制审核", 2, _HEAD_LADDER),
    _own("approve_defence", "审批答复书、答辩状", 1, _HEAD_LADDER),
    _own("archive_challenge", "归档", 10),
)
