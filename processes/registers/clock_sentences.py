"""What the clock says to people: why an event cannot be, and what went against a rule.

Every sentence names the days concerned and the article.
"""

from dataclasses import dataclass
from datetime import date

from processes.registers.clock_events import (
    EVENT_NAMES,
    LETTERS,
    Event,
    EventKind,
    Impossible,
    ImpossibleEvent,
    in_full,
)


@dataclass(frozen=True)
class Caution:
    """Something that was done against a rule, and that moved nothing or little."""

    code: str
    message: str


def before_receipt(event: Event, received_on: date) -> ImpossibleEvent:
    """It happened before the request came (Art 31)."""
    return ImpossibleEvent(
        Impossible.BEFORE_RECEIPT,
        f"{_named(event)}早于收到申请之日（{in_full(received_on)}）。",
    )


def before_confirmation(event: Event) -> ImpossibleEvent:
    """What is not confirmed is not received (Art 31(2), (3))."""
    return ImpossibleEvent(
        Impossible.BEFORE_RECEIPT,
        f"申请还没有经双方确认，不算收到（条例第31条），不会有{_named(event)}。",
    )


def after_close(event: Event, closed: Event) -> ImpossibleEvent:
    """Nothing follows an end."""
    return ImpossibleEvent(
        Impossible.AFTER_CLOSE,
        f"{in_full(closed.on)}已经“{EVENT_NAMES[closed.kind]}”，之后不能再有"
        f"{_named(event)}。",
    )


def second_clarification(first_on: date) -> ImpossibleEvent:
    """Art 30: told once and completely."""
    return ImpossibleEvent(
        Impossible.SECOND_CLARIFICATION,
        f"{in_full(first_on)}已经告知补正。补正内容应一次性告知，不能再次告知"
        "（条例第30条）。",
    )


def clarification_late(event: Event, limit: date) -> Caution:
    """Art 30: within seven working days."""
    return Caution(
        "clarification_late",
        f"补正告知应在收到申请之日起7个工作日内发出，最迟{in_full(limit)}，实际于"
        f"{in_full(event.on)}发出：答复期限照常计算，补正后也不重新计算"
        "（条例第30条）。",
    )


def correction_without_notice(event: Event) -> ImpossibleEvent:
    """A correction answers a notice."""
    return ImpossibleEvent(
        Impossible.CORRECTION_WITHOUT_NOTICE,
        f"{_named(event)}没有对应的补正告知：没有告知过，或者已经补正过。",
    )


def service_without_clarification(event: Event) -> ImpossibleEvent:
    """What nobody sent cannot arrive, and it arrives once."""
    return ImpossibleEvent(
        Impossible.CORRECTION_WITHOUT_NOTICE,
        f"{_named(event)}没有对应的补正告知：没有告知过，或者已经登记过收到的日期。",
    )


def correction_late(event: Event, limit: date) -> Caution:
    """Art 30: late with good reason counts as in time."""
    return Caution(
        "correction_late",
        f"补正期限到{in_full(limit)}为止，补正于{in_full(event.on)}收到。有正当理由的"
        "视为按期补正，理由应当记录（条例第30条）。",
    )


def label_in_use(event: Event, since: date) -> ImpossibleEvent:
    """Two consultations that nothing tells apart."""
    return ImpossibleEvent(
        Impossible.LABEL_IN_USE,
        f"{in_full(since)}{_asked(event.kind, event.label)}还没有结束。同时征求几方"
        "意见的，用不同的标记区分。",
    )


def consultation_late(event: Event, due_on: date) -> Caution:
    """Art 33(3) takes days out of a time that is still running."""
    return Caution(
        "consultation_late",
        f"{in_full(event.on)}{_asked(event.kind, event.label)}时，答复期限"
        f"（{in_full(due_on)}）已经用完，期限不因此顺延（条例第33条第三款）。",
    )


def answer_without_letter(event: Event, letter: EventKind) -> ImpossibleEvent:
    """Somebody signs for, or answers, what was not sent."""
    return ImpossibleEvent(
        Impossible.ANSWER_WITHOUT_LETTER,
        f"{_named(event)}没有对应的征求意见：之前没有{_asked(letter, event.label)}，"
        "或者那一份已经了结。",
    )


def extension_over_20(extended_by: int, days: int) -> ImpossibleEvent:
    """Art 33(2): at most twenty working days, also across a correction or payment."""
    return ImpossibleEvent(
        Impossible.EXTENSION_OVER_20,
        f"延长合计最多20个工作日（条例第33条第二款）：已延长{extended_by}个，不能再延长"
        f"{days}个。",
    )


def extension_while_waiting(event: Event) -> ImpossibleEvent:
    """Nothing runs that could be extended."""
    return ImpossibleEvent(
        Impossible.EXTENSION_AFTER_DUE,
        f"{in_full(event.on)}正在等待申请人补正或缴费，期限没有在计算，不能延长。",
    )


def extension_after_due(event: Event, due_on: date) -> ImpossibleEvent:
    """Art 33(2): decided and told while the time runs."""
    return ImpossibleEvent(
        Impossible.EXTENSION_AFTER_DUE,
        f"答复期限到{in_full(due_on)}为止，{in_full(event.on)}不能再延长。延长应在期限"
        "届满前批准并告知申请人（条例第33条第二款）。",
    )


def bad_delay(event: Event, due: date) -> ImpossibleEvent:
    """Art 35: the day is a working day to come."""
    return ImpossibleEvent(
        Impossible.BAD_DATE,
        f"延迟答复的日期应是{in_full(event.on)}之后的工作日，{in_full(due)}不是。",
    )


def fee_twice(since: date) -> ImpossibleEvent:
    """One fee notice at a time."""
    return ImpossibleEvent(
        Impossible.LABEL_IN_USE,
        f"{in_full(since)}发出的收费通知还在等待缴费，不能再发一份。",
    )


def fee_late(event: Event, due_on: date) -> Caution:
    """办法 Art 6: told within the time for answering."""
    return Caution(
        "fee_late",
        f"收费通知应在答复期限内发出，最迟{in_full(due_on)}，实际于{in_full(event.on)}"
        "发出：答复期限照常计算，缴费后也不重新计算（信息处理费管理办法第6条）。",
    )


def payment_without_notice(event: Event) -> ImpossibleEvent:
    """Nothing was asked for that could be served or paid."""
    return ImpossibleEvent(
        Impossible.PAYMENT_WITHOUT_NOTICE,
        f"{_named(event)}没有对应的收费通知。",
    )


def payment_late(event: Event, limit: date) -> Caution:
    """办法 Art 6: not paid in time is given up; but somebody has to say so."""
    return Caution(
        "payment_late",
        f"缴费期限到{in_full(limit)}为止，{in_full(event.on)}才缴费。逾期未缴的视为放弃"
        "申请；没有据此结束的，继续办理（信息处理费管理办法第6条）。",
    )


def _named(event: Event) -> str:
    return f"“{EVENT_NAMES[event.kind]}”（{in_full(event.on)}）"


def _asked(letter: EventKind, label: str) -> str:
    whom = LETTERS[letter] + (f"“{label}”" if label else "")
    return f"向{whom}征求意见"
