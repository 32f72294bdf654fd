"""By when a request must be answered, computed from what happened to it.

The one calculator for the case, the applicant, the command and the public page. Pure:
no database, and no today but the one it is given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.calendar import Calendar, Dated
from engine.day_count import DayCount
from models.applications import Channel
from processes.registers.clock_course import (
    ANSWER_DAYS,
    CLARIFICATION,
    FEE,
    SILENCE_DAYS,
    Course,
)
from processes.registers.clock_events import (
    ENDINGS,
    Event,
    EventKind,
    ImpossibleEvent,
    read_event,
)
from processes.registers.clock_ledger import LedgerDay, ledger_of
from processes.registers.clock_sentences import (
    Caution,
    after_close,
    before_confirmation,
    before_receipt,
)

__all__ = [
    "ANSWER_DAYS",
    "CLARIFICATION_DAYS",
    "SILENCE_DAYS",
    "STATE_NAMES",
    "Answer",
    "Caution",
    "Event",
    "EventKind",
    "ImpossibleEvent",
    "LedgerDay",
    "Limit",
    "Receipt",
    "State",
    "compute",
    "read_event",
]

#: How many working days a correction is given where the office sets no other number.
CLARIFICATION_DAYS = 10

#: These count from the day of confirmation (Art 31(2), (3)).
_CONFIRMED_CHANNELS = (Channel.PLAIN_MAIL, Channel.INTERNET, Channel.FAX)


class State(StrEnum):
    """How the clock stands."""

    UNCONFIRMED = "unconfirmed"
    RUNNING = "running"
    AWAITING_CORRECTION = "awaiting_correction"
    PAUSED = "paused"
    AWAITING_PAYMENT = "awaiting_payment"
    CLOSED = "closed"


STATE_NAMES: dict[State, str] = {
    State.UNCONFIRMED: "等待双方确认",
    State.RUNNING: "正在计算",
    State.AWAITING_CORRECTION: "等待补正",
    State.PAUSED: "征求意见，暂停计算",
    State.AWAITING_PAYMENT: "等待缴费",
    State.CLOSED: "已结束",
}


@dataclass(frozen=True)
class Receipt:
    """How and when a request came (Art 31)."""

    channel: Channel
    #: The day on which it was handed in or reached the agency.
    received: date
    #: The day on which both sides confirmed it.
    confirmed: date | None = None
    #: The website gave a receipt at once: submission is confirmation.
    auto_receipt: bool = False

    @property
    def counts_on(self) -> date | None:
        """The day that counts as receipt; none until it is confirmed."""
        if self.channel not in _CONFIRMED_CHANNELS:
            return self.received
        if self.channel is Channel.INTERNET and self.auto_receipt:
            return self.received
        return self.confirmed


@dataclass(frozen=True)
class Limit:
    """A day by which somebody has to act."""

    name: str
    on: date
    provisional: bool


@dataclass(frozen=True)
class Answer:
    """When the answer is due, and how that came about."""

    received_on: date | None
    due_on: date | None
    #: What to keep to, to be safe: the earlier day where submission was earlier.
    warn_on: date | None
    #: A year was counted whose holiday notice is not known.
    provisional: bool
    state: State
    limits: tuple[Limit, ...]
    warnings: tuple[Caution, ...]
    ledger: tuple[LedgerDay, ...]


def compute(
    calendar: Calendar,
    receipt: Receipt,
    events: Iterable[Event],
    *,
    as_of: date | None = None,
    clarification_days: int = CLARIFICATION_DAYS,
) -> Answer:
    """Return how the clock stands on a day, or after the last event.

    Events after `as_of` are checked and otherwise ignored. The order in which events
    are given does not matter.

    Raises: ImpossibleEvent, DateOutOfRange.
    """
    events = list(events)
    known = [event for event in events if as_of is None or event.on <= as_of]
    received_on = receipt.counts_on
    if received_on is None:
        _refuse_before_confirmation(receipt, events)
        return _unconfirmed(calendar, receipt, known)
    course = Course(calendar, received_on, clarification_days)
    course.happened(events)
    if len(known) < len(events):
        course = Course(calendar, received_on, clarification_days)
        course.happened(known)
    last = max((event.on for event in known), default=received_on)
    due = course.count.due()
    warn = _earlier(due, course.count, receipt)
    limits = _limits(course, due)
    until = course.closed.on if course.closed else max(last, due.date if due else last)
    return Answer(
        received_on=received_on,
        due_on=due.date if due else None,
        warn_on=warn.date if warn else None,
        provisional=any(dated.provisional for dated in (due, warn) if dated),
        state=_state(course, as_of or last),
        limits=limits,
        warnings=tuple(course.cautions),
        ledger=ledger_of(calendar, course.count.days(until), known, limits),
    )


def _earlier(due: Dated | None, count: DayCount, receipt: Receipt) -> Dated | None:
    """Return the earlier of the due day and the one counted from submission.

    Where the applicant and the agency disagree about the day of confirmation (Art
    31(3)), the day of submission is the safe one.
    """
    if due is None:
        return None
    from_submission = count.started_on(receipt.received).due()
    if from_submission is None or due.date <= from_submission.date:
        return due
    return from_submission


def _state(course: Course, on: date) -> State:
    if course.closed:
        return State.CLOSED
    if course.count.halted_by == CLARIFICATION:
        return State.AWAITING_CORRECTION
    if course.count.halted_by == FEE:
        return State.AWAITING_PAYMENT
    return State.PAUSED if course.count.is_paused(on) else State.RUNNING


def _limits(course: Course, due: Dated | None) -> tuple[Limit, ...]:
    """Return every limit that has arisen, met or not."""
    named: list[tuple[str, Dated | None]] = [
        ("clarification_notice", course.notice_limit)
    ]
    if course.clarification:
        named.append(("correction", course.clarification.limit))
    for letter in course.letters:
        label = f"#{letter.sent.label}" if letter.sent.label else ""
        named.append((f"silence{label}", letter.silence))
    named += [("payment", fee.limit) for fee in course.fees]
    named.append(("answer", due))
    return tuple(
        Limit(name, dated.date, dated.provisional) for name, dated in named if dated
    )


def _refuse_before_confirmation(receipt: Receipt, events: Sequence[Event]) -> None:
    """Refuse all but an end: what is not confirmed is not received (Art 31)."""
    closed: Event | None = None
    for event in sorted(events, key=lambda each: (each.on, str(each.kind))):
        if event.kind not in _ENDS_UNCONFIRMED:
            raise before_confirmation(event)
        if event.on < receipt.received:
            raise before_receipt(event, receipt.received)
        if closed:
            raise after_close(event, closed)
        closed = event


_ENDS_UNCONFIRMED = frozenset(ENDINGS) - {EventKind.ANSWERED}


def _unconfirmed(
    calendar: Calendar, receipt: Receipt, known: Sequence[Event]
) -> Answer:
    """Count from submission alone: nothing else is known yet."""
    warn = calendar.add_working_days(receipt.received, ANSWER_DAYS)
    return Answer(
        received_on=None,
        due_on=None,
        warn_on=warn.date,
        provisional=warn.provisional,
        state=State.CLOSED if known else State.UNCONFIRMED,
        limits=(),
        warnings=(),
        ledger=(),
    )
