"""The course of a request as its answer's time limit sees it, event by event.

依申请公开 has twenty working days from receipt (条例 Art 33(2)). Consultations are not
counted (Art 33(3)), a correction and a payment begin the count anew (Art 30; 办法 Art
6), and at most twenty days may be added (Art 33(2)). The day on which something begins
is not counted, by analogy with 民诉法 Art 85.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from engine.calendar import Calendar, Dated
from engine.day_count import DayCount
from processes.registers import clock_sentences as sentences
from processes.registers.clock_events import (
    ENDINGS,
    LETTERS,
    REPLIES,
    SIGNATURES,
    Event,
    EventKind,
    rank,
)
from processes.registers.clock_sentences import Caution

#: Working days for an answer, and the most that may be added (Art 33(2)).
ANSWER_DAYS = 20
LONGEST_EXTENSION = 20
#: Within how many a request must be found unclear (Art 30).
CLARIFICATION_NOTICE_DAYS = 7
#: Within how many a third party or a co-maker answers (Arts 32, 34).
SILENCE_DAYS = 15
#: Within how many a fee is paid, from the day after the notice came (办法 Art 6).
PAYMENT_DAYS = 20

CLARIFICATION = "clarification"
FEE = "fee"
_WAITING_FOR_CORRECTION = "等待申请人补正，不计入（条例第30条）"
_WAITING_FOR_PAYMENT = "等待申请人缴费，不计入（信息处理费管理办法第6条）"


@dataclass
class Letter:
    """A consultation: one letter to one third party, co-maker or agency."""

    sent: Event
    #: Begun when the time was over: it moves nothing.
    late: bool
    signed_on: date | None = None
    answered_on: date | None = None
    silence: Dated | None = None

    @property
    def key(self) -> str:
        """What tells it apart from the others that are open."""
        return f"{self.sent.kind}#{self.sent.label}"

    def is_over(self, on: date) -> bool:
        """Tell whether it was answered, or will not be any more."""
        return self.answered_on is not None or (
            self.silence is not None and self.silence.date < on
        )


@dataclass
class Notice:
    """A clarification notice or a fee notice, and what the applicant did."""

    sent_on: date
    #: Sent too late: neither it nor what follows moves the clock.
    late: bool
    limit: Dated | None = None
    #: How many working days a clarification notice gives.
    days: int = 0
    served_on: date | None = None
    done_on: date | None = None


@dataclass
class Course:
    """What happened to a request since its receipt, and the count it left behind."""

    calendar: Calendar
    received_on: date
    clarification_days: int
    count: DayCount = field(init=False)
    letters: list[Letter] = field(default_factory=list)
    clarification: Notice | None = None
    fees: list[Notice] = field(default_factory=list)
    extended_by: int = 0
    closed: Event | None = None
    cautions: list[Caution] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.count = DayCount(self.calendar)
        self.count.start(self.received_on, ANSWER_DAYS)

    @property
    def notice_limit(self) -> Dated:
        """The last day to tell the applicant what is unclear (Art 30)."""
        return self.calendar.add_working_days(
            self.received_on, CLARIFICATION_NOTICE_DAYS
        )

    def happened(self, events: Iterable[Event]) -> None:
        """Take all events, whatever the order in which they were recorded.

        Raises: ImpossibleEvent, DateOutOfRange.
        """
        in_time = sorted(events, key=lambda event: event.on)
        for _, of_the_day in groupby(in_time, key=lambda event: event.on):
            for event in self._in_order(list(of_the_day)):
                self._happens(event)

    def _in_order(self, events: list[Event]) -> list[Event]:
        """Order the events of one day."""
        begun = self._begun_before()
        ranked = []
        for event in events:
            what = self._ended_by(event)
            # One reply ends one letter: a second one belongs to a letter of the day.
            ends_earlier = what in begun
            begun.discard(what)
            ranked.append((rank(event, ends_earlier=ends_earlier), event))
        return [event for _, event in sorted(ranked, key=lambda pair: pair[0])]

    def _begun_before(self) -> set[str]:
        begun = {letter.key for letter in self.letters if letter.answered_on is None}
        if self.clarification and self.clarification.done_on is None:
            begun.add(CLARIFICATION)
        if self._open_fee():
            begun.add(FEE)
        return begun

    @staticmethod
    def _ended_by(event: Event) -> str:
        match event.kind:
            case EventKind.CORRECTED:
                return CLARIFICATION
            case EventKind.FEE_PAID:
                return FEE
            case kind if kind in REPLIES:
                return f"{REPLIES[kind]}#{event.label}"
        return ""

    def _happens(self, event: Event) -> None:
        if event.on < self.received_on:
            raise sentences.before_receipt(event, self.received_on)
        if self.closed:
            raise sentences.after_close(event, self.closed)
        self._effect(event.kind)(event)

    def _effect(self, kind: EventKind) -> Callable[[Event], None]:
        effects = {
            EventKind.CLARIFICATION_SENT: self._asks_for_correction,
            EventKind.CLARIFICATION_SERVED: self._clarification_is_served,
            EventKind.CORRECTED: self._is_corrected,
            **dict.fromkeys(LETTERS, self._consults),
            **dict.fromkeys(SIGNATURES, self._is_signed_for),
            **dict.fromkeys(REPLIES, self._is_replied_to),
            EventKind.EXTENDED: self._is_extended,
            EventKind.REASONS_REQUESTED: self._must_give_reasons,
            EventKind.DELAYED: self._is_delayed,
            EventKind.FEE_SENT: self._asks_for_fee,
            EventKind.FEE_SERVED: self._fee_is_served,
            EventKind.FEE_PAID: self._fee_is_paid,
            **dict.fromkeys(ENDINGS, self._ends),
        }
        return effects[kind]

    def _asks_for_correction(self, event: Event) -> None:
        """Art 30: once, completely, within seven working days."""
        if self.clarification:
            raise sentences.second_clarification(self.clarification.sent_on)
        limit = self.notice_limit.date
        late = event.on > limit
        given = event.argument if isinstance(event.argument, int) else None
        days = given or self.clarification_days
        until = self.calendar.add_working_days(event.on, days)
        self.clarification = Notice(event.on, late, until, days)
        if late:
            self.cautions.append(sentences.clarification_late(event, limit))
        else:
            self.count.halt(CLARIFICATION, event.on, _WAITING_FOR_CORRECTION)

    def _clarification_is_served(self, event: Event) -> None:
        """Art 30: the notice gives its days from the day on which it came."""
        notice = self.clarification
        if notice is None or notice.served_on is not None:
            raise sentences.service_without_clarification(event)
        notice.served_on = event.on
        notice.limit = self.calendar.add_working_days(event.on, notice.days)

    def _is_corrected(self, event: Event) -> None:
        """Art 30: counted anew from the day on which the correction came."""
        notice = self.clarification
        if notice is None or notice.done_on is not None:
            raise sentences.correction_without_notice(event)
        notice.done_on = event.on
        if notice.limit and event.on > notice.limit.date:
            self.cautions.append(sentences.correction_late(event, notice.limit.date))
        if not notice.late:
            self.count.reset(event.on, ANSWER_DAYS, ending=CLARIFICATION)

    def _consults(self, event: Event) -> None:
        """Art 33(3): the time of asking others is not counted."""
        latest = self._latest(event.kind, event.label)
        if latest and not latest.is_over(event.on):
            raise sentences.label_in_use(event, latest.sent.on)
        due = self.count.due()
        late = due is not None and event.on >= due.date
        letter = Letter(event, late)
        self.letters.append(letter)
        if due is not None and late:
            self.cautions.append(sentences.consultation_late(event, due.date))
        else:
            why = f"征求{LETTERS[event.kind]}意见，不计入（条例第33条第三款）"
            self.count.pause(letter.key, event.on, why)

    def _is_signed_for(self, event: Event) -> None:
        """Arts 32, 34: fifteen working days from the day on which the letter came."""
        letter = self._latest(SIGNATURES[event.kind], event.label)
        if letter is None or letter.signed_on is not None:
            raise sentences.answer_without_letter(event, SIGNATURES[event.kind])
        letter.signed_on = event.on
        letter.silence = self.calendar.add_working_days(event.on, SILENCE_DAYS)
        if not letter.late:
            self.count.lapse(letter.key, letter.silence.date)

    def _is_replied_to(self, event: Event) -> None:
        letter = self._latest(REPLIES[event.kind], event.label)
        if letter is None or letter.answered_on is not None:
            raise sentences.answer_without_letter(event, REPLIES[event.kind])
        letter.answered_on = event.on
        if not letter.late:
            self.count.resume(letter.key, event.on)

    def _is_extended(self, event: Event) -> None:
        """Art 33(2): at most twenty more, decided and told before the time is over."""
        days = event.argument if isinstance(event.argument, int) else 0
        if self.extended_by + days > LONGEST_EXTENSION:
            raise sentences.extension_over_20(self.extended_by, days)
        if self.count.halted_by:
            raise sentences.extension_while_waiting(event)
        due = self.count.due()
        if due is not None and event.on > due.date:
            raise sentences.extension_after_due(event, due.date)
        self.extended_by += days
        self.count.extend(event.on, days)

    def _must_give_reasons(self, event: Event) -> None:
        """Art 35 does not say that the time this takes is not counted."""

    def _is_delayed(self, event: Event) -> None:
        """Art 35: a reasonable request beyond the usual time gets a day of its own."""
        due = event.argument
        if not isinstance(due, date):
            raise TypeError(event)
        if due <= event.on or not self.calendar.is_working_day(due):
            raise sentences.bad_delay(event, due)
        self.count.fix(event.on, due)

    def _asks_for_fee(self, event: Event) -> None:
        """办法 Art 6: told within the time for answering."""
        if fee := self._open_fee():
            raise sentences.fee_twice(fee.sent_on)
        due = self.count.due()
        late = due is not None and event.on > due.date
        self.fees.append(Notice(event.on, late))
        if due is not None and late:
            self.cautions.append(sentences.fee_late(event, due.date))
        else:
            self.count.halt(FEE, event.on, _WAITING_FOR_PAYMENT)

    def _fee_is_served(self, event: Event) -> None:
        fee = self.fees[-1] if self.fees else None
        if fee is None or fee.served_on is not None:
            raise sentences.payment_without_notice(event)
        fee.served_on = event.on
        fee.limit = self.calendar.add_working_days(event.on, PAYMENT_DAYS)

    def _fee_is_paid(self, event: Event) -> None:
        """办法 Art 6: counted anew from the day after the payment."""
        fee = self._open_fee()
        if fee is None:
            raise sentences.payment_without_notice(event)
        fee.done_on = event.on
        if fee.limit and event.on > fee.limit.date:
            self.cautions.append(sentences.payment_late(event, fee.limit.date))
        if not fee.late:
            self.count.reset(event.on, ANSWER_DAYS, ending=FEE)

    def _ends(self, event: Event) -> None:
        self.closed = event

    def _open_fee(self) -> Notice | None:
        return self.fees[-1] if self.fees and not self.fees[-1].done_on else None

    def _latest(self, kind: EventKind, label: str) -> Letter | None:
        for letter in reversed(self.letters):
            if (letter.sent.kind, letter.sent.label) == (kind, label):
                return letter
        return None
