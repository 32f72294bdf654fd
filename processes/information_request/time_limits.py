"""By when each step is to be done: the statute's limits, and the office's own."""

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
#: What ends by itself when it has passed: told once, on its last day.
_LAST_DAY = (Rung(-1, Recipient.HANDLER),)
_OWN = "本单位设定的内部时限"


def _own(
    name: str, title: str, days: int, rungs: tuple[Rung, ...] = _LADDER
) -> TimeLimit:
    return TimeLimit(name, title, days, Unit.WORKING_DAYS, _OWN, rungs=rungs)


LIMITS = (
    # Twenty working days from receipt, without what is not counted; computed from the
    # request's events, which put it on its day.
    TimeLimit(
        "answer",
        "答复申请",
        20,
        Unit.WORKING_DAYS,
        "《政府信息公开条例》第33条第二款",
        statutory=True,
        rungs=(
            Rung(-5, Recipient.DISCLOSURE_HEAD),
            Rung(-1, Recipient.DISCLOSURE_HEAD),
            Rung(0, Recipient.UNIT_HEAD),
            Rung(2, Recipient.SUPERIOR_OFFICE),
        ),
    ),
    # Told once and completely, within seven working days of receipt.
    TimeLimit(
        "clarification_notice",
        "告知补正",
        7,
        Unit.WORKING_DAYS,
        "《政府信息公开条例》第30条",
        statutory=True,
        rungs=(
            Rung(-2, Recipient.HANDLER),
            Rung(-1, Recipient.DISCLOSURE_HEAD),
            Rung(0, Recipient.UNIT_HEAD),
        ),
    ),
    # What the notice gives; without a correction by then the request is given up.
    TimeLimit(
        "correction",
        "申请人补正",
        10,
        Unit.WORKING_DAYS,
        "《政府信息公开条例》第30条，期限由告知书定",
        statutory=True,
        rungs=_LAST_DAY,
    ),
    # Approved and told before the answer is due: that day, whatever it is.
    TimeLimit(
        "extension",
        "决定并告知延期",
        0,
        Unit.DATE,
        "《政府信息公开条例》第33条第二款",
        statutory=True,
        rungs=_LAST_DAY,
    ),
    # From the day after the notice came; without payment the request is given up.
    TimeLimit(
        "payment",
        "申请人缴费",
        20,
        Unit.WORKING_DAYS,
        "《政府信息公开信息处理费管理办法》第六条",
        statutory=True,
        rungs=_LAST_DAY,
    ),
    _own("register_request", "登记申请", 1),
    # The day of a plain letter; one working day for what came by internet or fax.
    _own("confirm_receipt", "确认收到", 1),
    _own("record_clarification_service", "登记补正告知送达", 10),
    _own("confirm_void", "确认登记有误", 1, _HEAD_LADDER),
    _own("search_request", "检索", 5, _SECTION_LADDER),
    _own("handle_request", "办理", 10),
    _own("send_notice", "发告知书", 2),
    _own("approve_fee", "审批收费", 1, _HEAD_LADDER),
    _own("send_fee_notice", "发收费通知", 1),
    _own("record_fee_service", "登记收费通知送达", 10),
    _own("draft_answer", "拟答复", 3),
    _own("legal_check_answer", "法制审核", 3, _HEAD_LADDER),
    _own("sign_answer", "签发答复", 2, _HEAD_LADDER),
    _own("serve_answer", "送达答复", 1),
    _own("notify_closing", "结案告知", 3),
    _own("archive_request", "归档", 10),
)
