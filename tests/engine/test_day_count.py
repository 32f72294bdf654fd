"""A budget of working days, and what holds it; without any law."""

from datetime import date

from engine.calendar import national_calendar
from engine.day_count import DayCount

CN = national_calendar()
MONDAY = date(2026, 3, 2)


def counting(budget: int = 5) -> DayCount:
    """Return a count that starts on Monday, 2 March 2026."""
    count = DayCount(CN)
    count.start(MONDAY, budget)
    return count


def due(count: DayCount) -> str:
    """Return the day on which the budget is used up."""
    dated = count.due()
    return dated.date.isoformat() if dated else ""


def test_the_first_day_is_not_counted() -> None:
    assert due(counting()) == "2026-03-09"  # Monday


def test_a_pause_holds_the_days_after_it_begins_until_it_ends() -> None:
    count = counting()
    count.pause("a", date(2026, 3, 4), "waits")  # Wednesday, two are used
    assert due(count) == ""
    count.resume("a", date(2026, 3, 10))  # Tuesday
    assert due(count) == "2026-03-13"


def test_a_pause_ends_by_itself_where_that_is_earlier() -> None:
    count = counting()
    count.pause("a", date(2026, 3, 4), "waits")
    count.lapse("a", date(2026, 3, 6))
    count.resume("a", date(2026, 3, 10))
    assert due(count) == "2026-03-11"


def test_a_pause_that_begins_when_all_is_used_moves_nothing() -> None:
    count = counting()
    count.pause("a", date(2026, 3, 9), "waits")
    assert due(count) == "2026-03-09"


def test_a_pause_inside_another_one_moves_nothing() -> None:
    count = counting()
    for key, begun, ended in [("a", 3, 12), ("b", 4, 5)]:
        count.pause(key, date(2026, 3, begun), "waits")
        count.resume(key, date(2026, 3, ended))
    assert due(count) == "2026-03-18"


def test_a_key_may_be_used_again() -> None:
    count = counting()
    for begun, ended in [(3, 4), (5, 6)]:
        count.pause("a", date(2026, 3, begun), "waits")
        count.resume("a", date(2026, 3, ended))
    assert due(count) == "2026-03-11"


def test_a_halt_ends_the_count_until_a_reset() -> None:
    count = counting()
    count.halt("letter", date(2026, 3, 4), "waits")
    assert (due(count), count.halted_by) == ("", "letter")
    count.reset(date(2026, 3, 11), 5, ending="letter")
    assert (due(count), count.halted_by) == ("2026-03-18", None)


def test_a_reset_leaves_other_halts() -> None:
    count = counting()
    count.halt("letter", date(2026, 3, 4), "waits")
    count.halt("fee", date(2026, 3, 5), "waits")
    count.reset(date(2026, 3, 11), 5, ending="letter")
    assert (due(count), count.halted_by) == ("", "fee")


def test_what_is_added_is_lost_with_a_reset() -> None:
    count = counting()
    count.extend(date(2026, 3, 3), 2)
    assert due(count) == "2026-03-11"
    count.halt("letter", date(2026, 3, 4), "waits")
    count.reset(date(2026, 3, 4), 5, ending="letter")
    assert due(count) == "2026-03-11"


def test_a_day_that_is_set_stays_whatever_happens() -> None:
    count = counting()
    count.fix(date(2026, 3, 3), date(2026, 4, 1))
    count.pause("a", date(2026, 3, 4), "waits")
    count.extend(date(2026, 3, 5), 3)
    assert due(count) == "2026-04-01"
    assert not count.is_paused(date(2026, 3, 6))


def test_the_same_count_can_be_asked_for_another_start() -> None:
    count = counting()
    count.pause("a", date(2026, 3, 4), "waits")
    count.resume("a", date(2026, 3, 10))
    earlier = count.started_on(date(2026, 2, 27))  # Friday; Saturday is worked
    assert (due(earlier), due(count)) == ("2026-03-11", "2026-03-13")


def test_a_pause_is_on_until_somebody_ends_it_or_its_last_day_is_over() -> None:
    count = counting()
    count.pause("a", date(2026, 3, 4), "waits")
    count.lapse("a", date(2026, 3, 9))
    assert count.is_paused(date(2026, 3, 9))
    assert not count.is_paused(date(2026, 3, 10))
    count.resume("a", date(2026, 3, 6))
    assert count.is_paused(date(2026, 3, 5))
    assert not count.is_paused(date(2026, 3, 6))


def test_each_day_says_what_was_used_and_what_held_it() -> None:
    count = counting()
    count.pause("a", date(2026, 3, 3), "waits")
    count.resume("a", date(2026, 3, 4))
    days = list(count.days(date(2026, 3, 7)))
    assert [(day.counted, day.used, day.remaining) for day in days] == [
        *((False, 0, 5), (True, 1, 4), (False, 1, 4)),
        *((True, 2, 3), (True, 3, 2), (False, 3, 2)),
    ]
    assert [day.held_by for day in days] == [(), (), ("waits",), (), (), ()]


def test_a_count_that_goes_through_an_unknown_year_is_provisional() -> None:
    count = DayCount(CN)
    count.start(date(2026, 12, 24), 5)
    assert count.due() is not None
    assert not count.due().provisional  # type: ignore[union-attr]
    count.extend(date(2026, 12, 25), 1)
    assert count.due().provisional  # type: ignore[union-attr]
