"""What may happen to a request that its answer's time limit depends on.

Every kind of event carries its article of the 政府信息公开条例 (条例), or of the
政府信息公开信息处理费管理办法 (办法, 信息处理费管理办法).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.calendar import FIRST_YEAR, LAST_YEAR
from engine.errors import Refusal


class EventKind(StrEnum):
    """One kind of lawful event."""

    CLARIFICATION_SENT = "clarification_sent"
    CLARIFICATION_SERVED = "clarification_served"
    CORRECTED = "corrected"
    THIRD_PARTY_SENT = "third_party_sent"
    THIRD_PARTY_SIGNED = "third_party_signed"
    THIRD_PARTY_ANSWERED = "third_party_answered"
    COMAKER_SENT = "comaker_sent"
    COMAKER_SIGNED = "comaker_signed"
    COMAKER_ANSWERED = "comaker_answered"
    AGENCY_SENT = "agency_sent"
    AGENCY_ANSWERED = "agency_answered"
    EXTENDED = "extended"
    REASONS_REQUESTED = "reasons_requested"
    DELAYED = "delayed"
    FEE_SENT = "fee_sent"
    FEE_SERVED = "fee_served"
    FEE_PAID = "fee_paid"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


#: What each is called on screen.
EVENT_NAMES: dict[EventKind, str] = {
    EventKind.CLARIFICATION_SENT: "发出补正告知",
    EventKind.CLARIFICATION_SERVED: "申请人收到补正告知",
    EventKind.CORRECTED: "收到补正后的申请",
    EventKind.THIRD_PARTY_SENT: "向第三方征求意见",
    EventKind.THIRD_PARTY_SIGNED: "第三方收到征求意见书",
    EventKind.THIRD_PARTY_ANSWERED: "第三方答复",
    EventKind.COMAKER_SENT: "向共同制作机关征求意见",
    EventKind.COMAKER_SIGNED: "共同制作机关收到征求意见函",
    EventKind.COMAKER_ANSWERED: "共同制作机关答复",
    EventKind.AGENCY_SENT: "向其他机关征求意见",
    EventKind.AGENCY_ANSWERED: "其他机关答复",
    EventKind.EXTENDED: "延长答复期限并告知申请人",
    EventKind.REASONS_REQUESTED: "要求申请人说明理由",
    EventKind.DELAYED: "确定延迟答复的日期并告知申请人",
    EventKind.FEE_SENT: "发出收费通知",
    EventKind.FEE_SERVED: "申请人收到收费通知",
    EventKind.FEE_PAID: "申请人缴费",
    EventKind.ANSWERED: "答复申请人",
    EventKind.WITHDRAWN: "申请人撤回申请",
    EventKind.CLOSED: "结束办理",
}

#: Where the effect of each comes from. The 条例 says nothing of a withdrawal.
EVENT_ARTICLES: dict[EventKind, str] = {
    EventKind.CLARIFICATION_SENT: "条例第30条",
    EventKind.CLARIFICATION_SERVED: "条例第30条",
    EventKind.CORRECTED: "条例第30条",
    EventKind.THIRD_PARTY_SENT: "条例第32条、第33条第三款",
    EventKind.THIRD_PARTY_SIGNED: "条例第32条",
    EventKind.THIRD_PARTY_ANSWERED: "条例第32条、第33条第三款",
    EventKind.COMAKER_SENT: "条例第34条、第33条第三款",
    EventKind.COMAKER_SIGNED: "条例第34条",
    EventKind.COMAKER_ANSWERED: "条例第34条、第33条第三款",
    EventKind.AGENCY_SENT: "条例第33条第三款",
    EventKind.AGENCY_ANSWERED: "条例第33条第三款",
    EventKind.EXTENDED: "条例第33条第二款",
    EventKind.REASONS_REQUESTED: "条例第35条",
    EventKind.DELAYED: "条例第35条",
    EventKind.FEE_SENT: "信息处理费管理办法第6条",
    EventKind.FEE_SERVED: "信息处理费管理办法第6条",
    EventKind.FEE_PAID: "信息处理费管理办法第6条",
    EventKind.ANSWERED: "条例第33条",
    EventKind.WITHDRAWN: "",
    EventKind.CLOSED: "条例第30条、信息处理费管理办法第6条",
}

#: What begins a consultation, and whom it asks.
LETTERS: dict[EventKind, str] = {
    EventKind.THIRD_PARTY_SENT: "第三方",
    EventKind.COMAKER_SENT: "共同制作机关",
    EventKind.AGENCY_SENT: "其他机关",
}
SIGNATURES: dict[EventKind, EventKind] = {
    EventKind.THIRD_PARTY_SIGNED: EventKind.THIRD_PARTY_SENT,
    EventKind.COMAKER_SIGNED: EventKind.COMAKER_SENT,
}
REPLIES: dict[EventKind, EventKind] = {
    EventKind.THIRD_PARTY_ANSWERED: EventKind.THIRD_PARTY_SENT,
    EventKind.COMAKER_ANSWERED: EventKind.COMAKER_SENT,
    EventKind.AGENCY_ANSWERED: EventKind.AGENCY_SENT,
}
LABELLED = frozenset({*LETTERS, *SIGNATURES, *REPLIES})
ENDINGS = (EventKind.ANSWERED, EventKind.WITHDRAWN, EventKind.CLOSED)

_ONE_DAY_ORDER = (
    # What ends something begun on an earlier day comes first; see `rank`.
    (EventKind.CORRECTED, EventKind.FEE_PAID, *REPLIES),
    (EventKind.EXTENDED, EventKind.REASONS_REQUESTED, EventKind.DELAYED),
    (
        *LETTERS,
        EventKind.CLARIFICATION_SENT,
        EventKind.FEE_SENT,
        *SIGNATURES,
        EventKind.CLARIFICATION_SERVED,
        EventKind.FEE_SERVED,
    ),
    # Here comes what ends something that began on the same day.
    (),
    ENDINGS,
)
_ENDS_SOMETHING = frozenset(_ONE_DAY_ORDER[0])
_PLACES = {
    kind: (rank, place)
    for rank, kinds in enumerate(_ONE_DAY_ORDER)
    for place, kind in enumerate(kinds)
}


class Impossible(StrEnum):
    """Why an event cannot have happened: the word by which programs know it."""

    BEFORE_RECEIPT = "before_receipt"
    AFTER_CLOSE = "after_close"
    CORRECTION_WITHOUT_NOTICE = "correction_without_notice"
    ANSWER_WITHOUT_LETTER = "answer_without_letter"
    PAYMENT_WITHOUT_NOTICE = "payment_without_notice"
    EXTENSION_OVER_20 = "extension_over_20"
    EXTENSION_AFTER_DUE = "extension_after_due"
    SECOND_CLARIFICATION = "second_clarification"
    LABEL_IN_USE = "label_in_use"
    UNKNOWN_EVENT = "unknown_event"
    BAD_DATE = "bad_date"


class ImpossibleEvent(Refusal):
    """An event that the law, or the order of things, does not admit."""

    def __init__(self, code: Impossible, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class BadArgument(Refusal):
    """An event was not written down as its kind needs."""


@dataclass(frozen=True)
class Event:
    """Something that happened on a day.

    `argument` is a number of working days for clarification_sent and extended, the new
    due day for delayed, and nothing for all others.

    Raises: BadArgument; ImpossibleEvent for a day that no calendar can give.
    """

    kind: EventKind
    on: date
    argument: int | date | None = None
    #: Tells consultations of one kind apart.
    label: str = ""

    def __post_init__(self) -> None:
        _refuse_far_day(self.on)
        name = f"“{EVENT_NAMES[self.kind]}”"
        match self.kind, self.argument:
            case EventKind.DELAYED, date() as due:
                _refuse_far_day(due)
            case EventKind.DELAYED, _:
                raise BadArgument(f"{name}要写明延迟到哪一天，如 2026-05-20。")
            case EventKind.EXTENDED, None:
                raise BadArgument(f"{name}要写明延长多少个工作日。")
            case ((EventKind.EXTENDED | EventKind.CLARIFICATION_SENT), int() as days):
                if days < 1:
                    raise BadArgument(f"{name}的天数要大于零。")
            case _, None:
                pass
            case _:
                raise BadArgument(f"{name}之后不能写“{self.argument}”。")


def read_event(kind: str, on: date | str, argument: str = "", label: str = "") -> Event:
    """Return the event that was written down, or stored.

    Raises: BadArgument, ImpossibleEvent.
    """
    try:
        known = EventKind(kind)
    except ValueError:
        raise ImpossibleEvent(
            Impossible.UNKNOWN_EVENT, f"没有“{kind}”这种事件。"
        ) from None
    return Event(
        known,
        on if isinstance(on, date) else _read_day(on),
        _read_argument(known, argument),
        label,
    )


def in_full(day: date) -> str:
    """Write a day as sentences and papers have it: 2026年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def rank(event: Event, *, ends_earlier: bool) -> tuple[int, int, str, str]:
    """Return the event's place among those of its day, however they were recorded.

    `ends_earlier`: it ends something that was begun on an earlier day.
    """
    place, within = _PLACES[event.kind]
    if event.kind in _ENDS_SOMETHING and not ends_earlier:
        place = 3
    return place, within, event.label, str(event.argument)


def _read_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # fromisoformat also takes 20260302 and 2026-W10-1.
    if day is None or day.isoformat() != text:
        raise ImpossibleEvent(
            Impossible.BAD_DATE, f"“{text}”不是日期，应写作 2026-03-02 的样式。"
        )
    return day


def _read_argument(kind: EventKind, text: str) -> int | date | None:
    if not text:
        return None
    if kind is EventKind.DELAYED:
        return _read_day(text)
    if kind not in (EventKind.EXTENDED, EventKind.CLARIFICATION_SENT):
        raise BadArgument(f"“{EVENT_NAMES[kind]}”之后多写了“{text}”。")
    # Longer numbers mean nothing here, and int() refuses very long ones itself.
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise BadArgument(
            f"“{EVENT_NAMES[kind]}”的天数应是大于零的整数，不是“{text}”。"
        )
    return int(text)


def _refuse_far_day(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ImpossibleEvent(
            Impossible.BAD_DATE,
            f"{day}超出了可以推算的范围（{FIRST_YEAR}年至{LAST_YEAR}年）。",
        )
