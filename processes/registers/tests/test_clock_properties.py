"""What holds for every request, whatever happens to it and in whatever order."""

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import national_calendar
from models.applications import Channel
from processes.registers.clock_events import EventKind, ImpossibleEvent
from processes.registers.request_clock import Answer, Event, Receipt, compute

CN = national_calendar()
FIRST = date(2024, 1, 2)

days = st.integers(0, 900).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def consultations(draw: st.DrawFn, since: date) -> list[Event]:
    """Some letters to third parties and agencies, answered, signed for or neither."""
    events = []
    for label in draw(st.sets(st.sampled_from("abcd"))):
        sent = since + timedelta(days=draw(st.integers(0, 60)))
        signed = sent + timedelta(days=draw(st.integers(0, 10)))
        answered = sent + timedelta(days=draw(st.integers(0, 60)))
        events.append(Event(EventKind.THIRD_PARTY_SENT, sent, label=label))
        if draw(st.booleans()):
            events.append(Event(EventKind.THIRD_PARTY_SIGNED, signed, label=label))
        if draw(st.booleans()):
            events.append(Event(EventKind.THIRD_PARTY_ANSWERED, answered, label=label))
    return events


@st.composite
def anything(draw: st.DrawFn, since: date) -> list[Event]:
    """Any events at all, most of them impossible together."""
    kinds = draw(st.lists(st.sampled_from(EventKind), max_size=8))
    return [_any_event(draw, kind, since) for kind in kinds]


def _any_event(draw: st.DrawFn, kind: EventKind, since: date) -> Event:
    on = since + timedelta(days=draw(st.integers(0, 40)))
    argument: int | date | None = None
    if kind is EventKind.EXTENDED:
        argument = draw(st.integers(1, 12))
    if kind is EventKind.DELAYED:
        argument = on + timedelta(days=draw(st.integers(1, 90)))
    return Event(kind, on, argument, draw(st.sampled_from(["", "a"])))


def outcome(received: date, events: list[Event]) -> Answer | str:
    """Return the answer, or the word for why there is none."""
    try:
        return compute(CN, Receipt(Channel.IN_PERSON, received), events)
    except ImpossibleEvent as impossible:
        return impossible.code


def due(received: date, events: list[Event]) -> date | None:
    answer = outcome(received, events)
    assert isinstance(answer, Answer)
    return answer.due_on


def looked_at_day_by_day(received: date, events: list[Event]) -> date | None:
    """Count as somebody with a wall calendar would, without any arithmetic."""
    letters = {
        event.label: [event.on, None]
        for event in events
        if event.kind is EventKind.THIRD_PARTY_SENT
    }
    for event in events:
        if event.kind is EventKind.THIRD_PARTY_SIGNED:
            silence = CN.add_working_days(event.on, 15).date
            end = letters[event.label][1]
            letters[event.label][1] = min(end, silence) if end else silence
        if event.kind is EventKind.THIRD_PARTY_ANSWERED:
            end = letters[event.label][1]
            letters[event.label][1] = min(end, event.on) if end else event.on
    used, day = 0, received
    while used < 20:
        day += timedelta(days=1)
        held = [
            (begun, end)
            for begun, end in letters.values()
            if begun and begun < day and (end is None or day <= end)
        ]
        if any(end is None for _, end in held):
            return None
        used += CN.is_working_day(day) and not held
    return day


@given(st.data(), days)
def test_the_due_day_is_what_counting_on_a_wall_calendar_gives(
    data: st.DataObject, received: date
) -> None:
    events = data.draw(consultations(received))
    assert due(received, events) == looked_at_day_by_day(received, events)


@given(st.data(), days, days)
def test_who_is_received_later_is_not_due_earlier(
    data: st.DataObject, one: date, other: date
) -> None:
    earlier, later = sorted([one, other])
    events = data.draw(consultations(later))
    first, second = due(earlier, events), due(later, events)
    assert first is None or second is None or first <= second


@given(st.data(), days)
def test_an_answer_is_due_on_a_working_day(data: st.DataObject, received: date) -> None:
    answer = outcome(received, data.draw(anything(received)))
    if isinstance(answer, Answer) and answer.due_on:
        assert CN.is_working_day(answer.due_on)


@given(st.data(), days)
def test_the_order_of_recording_does_not_matter(
    data: st.DataObject, received: date
) -> None:
    events = data.draw(anything(received))
    recorded = data.draw(st.permutations(events))
    assert outcome(received, recorded) == outcome(received, events)


@given(days, st.integers(0, 60))
def test_a_consultation_answered_at_once_moves_nothing(
    received: date, after: int
) -> None:
    on = received + timedelta(days=after)
    empty = [Event(EventKind.AGENCY_SENT, on), Event(EventKind.AGENCY_ANSWERED, on)]
    assert due(received, empty) == due(received, [])


@given(days, st.lists(st.integers(0, 25), min_size=4, max_size=4).map(sorted))
def test_consultations_that_overlap_count_once(
    received: date, offsets: list[int]
) -> None:
    begin, middle, later, end = (received + timedelta(days=n) for n in offsets)
    sent, answered = EventKind.AGENCY_SENT, EventKind.AGENCY_ANSWERED
    one = [Event(sent, begin), Event(answered, end)]
    two = [
        *(Event(sent, begin, label="a"), Event(answered, later, label="a")),
        *(Event(sent, middle, label="b"), Event(answered, end, label="b")),
    ]
    assert due(received, two) == due(received, one)


@given(st.data(), days)
def test_a_day_asked_for_hides_what_comes_after_it(
    data: st.DataObject, received: date
) -> None:
    events = data.draw(consultations(received))
    day = received + timedelta(days=data.draw(st.integers(0, 80)))
    known = [event for event in events if event.on <= day]
    receipt = Receipt(Channel.IN_PERSON, received)
    assert compute(CN, receipt, events, as_of=day) == compute(
        CN, receipt, known, as_of=day
    )


@given(st.data(), days)
def test_used_and_remaining_make_up_the_budget(
    data: st.DataObject, received: date
) -> None:
    answer = outcome(received, data.draw(consultations(received)))
    assert isinstance(answer, Answer)
    assert {day.used + day.remaining for day in answer.ledger} == {20}


@pytest.fixture(params=["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"])
def _zone(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("_zone")
def test_the_machine_may_stand_in_any_time_zone() -> None:
    assert due(date(2026, 9, 18), []) == date(2026, 10, 22)
