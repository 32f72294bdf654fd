"""How the end of a limit is computed, in every unit, and explained day by day."""

from datetime import UTC, date, datetime

import pytest

from engine.calendar import national_calendar
from engine.errors import Refusal
from engine.time_limits import (
    DueDate,
    LedgerDay,
    Recipient,
    Rung,
    TimeLimit,
    Unit,
    due_date,
    ledger,
    rung_instant,
    rungs_from,
)

CALENDAR = national_calendar()


@pytest.mark.parametrize(
    ("starts_on", "length", "last_day"),
    [
        (date(2026, 3, 2), 2, date(2026, 3, 4)),  # Monday to Wednesday
        (date(2026, 3, 5), 2, date(2026, 3, 9)),  # Thursday, over the weekend
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # Saturday to Monday
        # Saturday 14 February is worked, 15 to 23 February are Spring Festival,
        # Saturday 28 February is worked.
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 27), 1, date(2026, 2, 28)),
        # Friday 1 to Tuesday 5 May are off, Saturday 9 May is worked.
        (date(2026, 4, 30), 1, date(2026, 5, 6)),
        (date(2026, 5, 8), 1, date(2026, 5, 9)),
        # Art 26: twenty working days from Monday 2 March.
        (date(2026, 3, 2), 20, date(2026, 3, 30)),
        (date(2026, 2, 2), 20, date(2026, 3, 6)),
    ],
)
def test_working_days_leave_out_holidays_and_count_made_up_weekend_days(
    starts_on: date, length: int, last_day: date
) -> None:
    assert ends(starts_on, length, Unit.WORKING_DAYS).due_on == last_day


@pytest.mark.parametrize(
    ("starts_on", "length", "last_day"),
    [
        (date(2026, 3, 2), 15, date(2026, 3, 17)),  # Tuesday
        (date(2026, 3, 6), 15, date(2026, 3, 23)),  # Saturday rolls to Monday
        (date(2026, 1, 30), 15, date(2026, 2, 14)),  # Saturday, but worked
        (date(2026, 2, 1), 15, date(2026, 2, 24)),  # rolls over Spring Festival
    ],
)
def test_days_run_through_and_roll_off_a_holiday(
    starts_on: date, length: int, last_day: date
) -> None:
    assert ends(starts_on, length, Unit.DAYS).due_on == last_day


@pytest.mark.parametrize(
    ("starts_on", "length", "last_day"),
    [
        (date(2026, 3, 2), 1, date(2026, 4, 2)),  # Thursday
        (date(2026, 3, 31), 1, date(2026, 4, 30)),  # April has no 31st; Thursday
        (date(2026, 1, 31), 1, date(2026, 2, 28)),  # Saturday, but worked
        (date(2026, 4, 1), 1, date(2026, 5, 6)),  # 1 May rolls to Wednesday
        (date(2026, 12, 31), 2, date(2027, 3, 1)),  # 28 February is a Sunday
    ],
)
def test_months_end_on_the_same_number_and_roll_off_a_holiday(
    starts_on: date, length: int, last_day: date
) -> None:
    assert ends(starts_on, length, Unit.MONTHS).due_on == last_day


def test_a_limit_in_days_expires_when_its_last_day_is_over_in_the_office() -> None:
    # Wednesday, 4 March, is over at 16:00 UTC.
    due = ends(date(2026, 3, 2), 2, Unit.WORKING_DAYS)
    assert due.due_at == datetime(2026, 3, 4, 16, 0, tzinfo=UTC)


def test_hours_run_day_and_night_on_any_day() -> None:
    # Friday, 6 March, 18:00 in the office and 24 hours: Saturday.
    due = due_date(
        CALENDAR,
        started_at=datetime(2026, 3, 6, 10, 0, tzinfo=UTC),
        starts_on=date(2026, 3, 6),
        length=24,
        unit=Unit.HOURS,
    )
    assert due.due_on == date(2026, 3, 7)
    assert due.due_at == datetime(2026, 3, 7, 10, 0, tzinfo=UTC)


def test_a_fixed_date_is_the_last_day_itself_even_on_a_sunday() -> None:
    due = ends(date(2026, 3, 8), 0, Unit.DATE)  # Sunday
    assert due.due_on == date(2026, 3, 8)
    assert due.due_at == datetime(2026, 3, 8, 16, 0, tzinfo=UTC)


def test_a_limit_that_reaches_a_year_without_notice_is_provisional() -> None:
    assert not ends(date(2026, 12, 30), 1, Unit.WORKING_DAYS).provisional
    # Thursday, 31 December 2026, to Monday, 4 January 2027.
    reaching = ends(date(2026, 12, 31), 1, Unit.WORKING_DAYS)
    assert reaching.due_on == date(2027, 1, 4)
    assert reaching.provisional


@pytest.mark.parametrize(
    ("offset", "reached_at"),
    [
        # Due on Friday, 6 March 2026.
        (-1, datetime(2026, 3, 5, 16, 0, tzinfo=UTC)),  # Friday begins
        (-5, datetime(2026, 3, 1, 16, 0, tzinfo=UTC)),  # Monday begins
        (0, datetime(2026, 3, 6, 16, 0, tzinfo=UTC)),  # Friday is over
        (1, datetime(2026, 3, 9, 16, 0, tzinfo=UTC)),  # Monday is over
        (2, datetime(2026, 3, 10, 16, 0, tzinfo=UTC)),  # Tuesday is over
    ],
)
def test_a_rung_stands_whole_working_days_from_the_last_day(
    offset: int, reached_at: datetime
) -> None:
    due = ends(date(2026, 3, 2), 4, Unit.WORKING_DAYS)
    assert rung_instant(CALENDAR, due, offset) == reached_at


def test_a_ladder_is_read_from_a_setting() -> None:
    content = [{"offset": -1, "to": "handler"}, {"offset": 3, "to": "unit_head"}]
    assert rungs_from(content) == (
        Rung(-1, Recipient.HANDLER),
        Rung(3, Recipient.UNIT_HEAD),
    )


def test_a_ladder_names_only_recipients_that_there_are() -> None:
    with pytest.raises(ValueError, match="neighbour"):
        rungs_from([{"offset": 0, "to": "neighbour"}])


def test_the_ledger_says_of_every_day_whether_it_counts_and_why() -> None:
    days = ledger(
        CALENDAR,
        starts_on=date(2026, 4, 30),  # Thursday
        due_on=date(2026, 5, 6),  # Wednesday
        unit=Unit.WORKING_DAYS,
    )
    assert days == [
        LedgerDay(date(2026, 4, 30), counted=False, used=0, note="起算日，不计入"),
        LedgerDay(date(2026, 5, 1), counted=False, used=0, note="劳动节"),
        LedgerDay(date(2026, 5, 2), counted=False, used=0, note="劳动节"),
        LedgerDay(date(2026, 5, 3), counted=False, used=0, note="劳动节"),
        LedgerDay(date(2026, 5, 4), counted=False, used=0, note="劳动节"),
        LedgerDay(date(2026, 5, 5), counted=False, used=0, note="劳动节"),
        LedgerDay(date(2026, 5, 6), counted=True, used=1, note="截止"),
    ]


def test_the_ledger_counts_a_made_up_saturday_and_no_ordinary_weekend() -> None:
    days = ledger(
        CALENDAR,
        starts_on=date(2026, 5, 8),  # Friday
        due_on=date(2026, 5, 11),  # Monday
        unit=Unit.WORKING_DAYS,
    )
    assert [(day.used, day.note) for day in days] == [
        (0, "起算日，不计入"),
        (1, "调休上班"),
        (1, "周末"),
        (2, "截止"),
    ]


def test_the_ledger_of_a_limit_in_days_counts_every_day() -> None:
    days = ledger(
        CALENDAR,
        starts_on=date(2026, 3, 6),  # Friday
        due_on=date(2026, 3, 9),  # Monday
        unit=Unit.DAYS,
    )
    assert [day.used for day in days] == [0, 1, 2, 3]


def ends(starts_on: date, length: int, unit: Unit) -> DueDate:
    """Compute a limit that begins in the morning of a day."""
    return due_date(
        CALENDAR,
        started_at=datetime(2026, 3, 2, 2, 0, tzinfo=UTC),
        starts_on=starts_on,
        length=length,
        unit=unit,
    )


@pytest.mark.parametrize("length", [5, 10, 15])
def test_a_length_within_its_rule_is_taken(length: int) -> None:
    BOUNDED.refuse_length(length, Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("length", "unit"),
    [(4, Unit.WORKING_DAYS), (16, Unit.WORKING_DAYS), (10, Unit.DAYS)],
)
def test_a_length_that_its_rule_does_not_allow_is_refused(
    length: int, unit: Unit
) -> None:
    with pytest.raises(Refusal, match="“审核”的时限只能定在5到15个工作日之间"):
        BOUNDED.refuse_length(length, unit)


BOUNDED = TimeLimit(
    "review", "审核", 10, Unit.WORKING_DAYS, "某规定第3条", bounds=(5, 15)
)
