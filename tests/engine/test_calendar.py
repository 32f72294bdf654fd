"""How days are counted: the State Council's notices of 2025 and 2026, and beyond."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import (
    Calendar,
    CalendarYear,
    Counted,
    Dated,
    DateOutOfRange,
    in_words,
    national_calendar,
    statutory_year,
)

CN = national_calendar()

dates = st.dates(date(2004, 1, 1), date(2029, 12, 31))
lengths = st.integers(1, 400)


def run_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


# The calendar itself.


def test_the_days_off_in_2025_are_those_of_the_notice() -> None:
    assert list(CN.year(2025).off) == [
        date(2025, 1, 1),
        *run_of(date(2025, 1, 28), date(2025, 2, 4)),
        *run_of(date(2025, 4, 4), date(2025, 4, 6)),
        *run_of(date(2025, 5, 1), date(2025, 5, 5)),
        *run_of(date(2025, 5, 31), date(2025, 6, 2)),
        *run_of(date(2025, 10, 1), date(2025, 10, 8)),
    ]


def test_the_days_off_in_2026_are_those_of_the_notice() -> None:
    assert list(CN.year(2026).off) == [
        *run_of(date(2026, 1, 1), date(2026, 1, 3)),
        *run_of(date(2026, 2, 15), date(2026, 2, 23)),
        *run_of(date(2026, 4, 4), date(2026, 4, 6)),
        *run_of(date(2026, 5, 1), date(2026, 5, 5)),
        *run_of(date(2026, 6, 19), date(2026, 6, 21)),
        *run_of(date(2026, 9, 25), date(2026, 9, 27)),
        *run_of(date(2026, 10, 1), date(2026, 10, 7)),
    ]


def test_the_weekend_days_worked_are_those_of_the_two_notices() -> None:
    assert CN.year(2025).make_up == (
        date(2025, 1, 26),  # Sunday
        date(2025, 2, 8),  # Saturday
        date(2025, 4, 27),  # Sunday
        date(2025, 9, 28),  # Sunday
        date(2025, 10, 11),  # Saturday
    )
    assert CN.year(2026).make_up == (
        date(2026, 1, 4),  # Sunday
        date(2026, 2, 14),  # Saturday
        date(2026, 2, 28),  # Saturday
        date(2026, 5, 9),  # Saturday
        date(2026, 9, 20),  # Sunday
        date(2026, 10, 10),  # Saturday
    )


@pytest.mark.parametrize(
    ("year", "by_month"),
    [
        (2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]),
        (2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]),
    ],
)
def test_each_month_has_its_working_days(year: int, by_month: list[int]) -> None:
    ends = [date(year, month, 1) - timedelta(days=1) for month in range(1, 13)]
    ends.append(date(year, 12, 31))
    counted = [
        CN.count_working_days(ends[month], ends[month + 1]) for month in range(12)
    ]
    assert counted == [Counted(count, provisional=False) for count in by_month]


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_of_248_working_days_is_listed_with_that_sum(year: int) -> None:
    assert CN.year(year).known
    assert CN.year(year).working_days == 248


def test_a_saturday_that_a_notice_names_as_worked_is_a_working_day() -> None:
    assert CN.is_working_day(date(2026, 2, 14))  # Saturday before 春节
    assert not CN.is_working_day(date(2026, 3, 7))  # ordinary Saturday
    assert not CN.is_working_day(date(2026, 10, 1))  # Thursday, 国庆


def test_half_holidays_for_some_people_are_working_days() -> None:
    # 放假办法 Art. 3: 妇女节 frees women for half a day, not the agency.
    assert CN.is_working_day(date(2023, 3, 8))  # Wednesday


def test_days_are_named_as_the_office_names_them() -> None:
    assert CN.day_name(date(2026, 10, 1)) == "国庆节"
    assert CN.day_name(date(2026, 2, 15)) == "春节"
    assert CN.day_name(date(2026, 4, 4)) == "清明节"
    assert CN.day_name(date(2026, 9, 20)) == "调休上班"  # Sunday
    assert CN.day_name(date(2026, 3, 7)) is None  # ordinary Saturday


def test_a_date_is_written_with_its_weekday() -> None:
    assert in_words(date(2026, 10, 22)) == "2026年10月22日 周四"
    assert in_words(date(2026, 2, 1)) == "2026年2月1日 周日"


def test_the_national_calendar_says_which_data_it_is() -> None:
    assert CN.code == "CN"
    assert CN.version.startswith("chinesecalendar-")


# Limits in working days.


@pytest.mark.parametrize(
    ("start", "n", "last"),
    [
        # E1: Monday to Wednesday, to Monday.
        (date(2025, 3, 3), 7, date(2025, 3, 12)),
        (date(2025, 3, 3), 20, date(2025, 3, 31)),
        # E2: from a Saturday that is worked, to Tuesday, to Friday.
        (date(2025, 2, 8), 7, date(2025, 2, 18)),
        (date(2025, 2, 8), 20, date(2025, 3, 7)),
        # E3: Monday over 春节, Sunday 26 January worked, to Wednesday, to Friday.
        (date(2025, 1, 20), 7, date(2025, 2, 5)),
        (date(2025, 1, 20), 20, date(2025, 2, 21)),
        # E4: Tuesday, both Saturdays around 春节 count, to Thursday, to Monday.
        (date(2026, 2, 10), 7, date(2026, 2, 26)),
        (date(2026, 2, 10), 20, date(2026, 3, 16)),
        # E5: from an ordinary Saturday, first counted is Monday; Tuesday, Friday.
        (date(2026, 3, 7), 7, date(2026, 3, 17)),
        (date(2026, 3, 7), 20, date(2026, 4, 3)),
        # E6: Monday over 国庆, to Tuesday, to Friday.
        (date(2025, 9, 22), 7, date(2025, 9, 30)),
        (date(2025, 9, 22), 20, date(2025, 10, 24)),
        # E7: Friday over 中秋 and 国庆, to Tuesday, to Thursday.
        (date(2026, 9, 18), 7, date(2026, 9, 29)),
        (date(2026, 9, 18), 20, date(2026, 10, 22)),
        # E8: Sunday 27 April is worked; Friday 25 April; Wednesday and Tuesday.
        (date(2025, 4, 27), 20, date(2025, 5, 28)),
        (date(2025, 4, 25), 20, date(2025, 5, 27)),
        # E9: Thursday after 国庆, Wednesday within it; Wednesday and Tuesday.
        (date(2025, 10, 9), 20, date(2025, 11, 5)),
        (date(2025, 10, 1), 20, date(2025, 11, 4)),
        # E10: Monday to the Wednesday, to the Tuesday, to the Monday.
        (date(2025, 9, 15), 7, date(2025, 9, 24)),
        (date(2025, 9, 24), 15, date(2025, 10, 21)),
        (date(2025, 10, 20), 20, date(2025, 11, 17)),
        # E11: due on a Saturday that is worked; Wednesday; Tuesday.
        (date(2026, 1, 19), 20, date(2026, 2, 14)),
        (date(2026, 1, 28), 15, date(2026, 2, 25)),
        (date(2026, 2, 25), 15, date(2026, 3, 17)),
        # E13: Monday to Wednesday, extended to Wednesday.
        (date(2026, 4, 13), 20, date(2026, 5, 13)),
        (date(2026, 5, 13), 20, date(2026, 6, 10)),
        # E15: co-maker signs on a Saturday that is worked; Friday.
        (date(2026, 5, 9), 15, date(2026, 5, 29)),
        # E16: Wednesday to Wednesday, Wednesday to Wednesday.
        (date(2026, 6, 24), 20, date(2026, 7, 22)),
        (date(2026, 7, 8), 20, date(2026, 8, 5)),
        # E17 and E18: Friday to Thursday, Wednesday to Wednesday.
        (date(2026, 9, 11), 20, date(2026, 10, 15)),
        (date(2026, 9, 23), 20, date(2026, 10, 28)),
        # E19: Friday before 春节 to Thursday.
        (date(2026, 2, 13), 20, date(2026, 3, 19)),
        # E20: Friday to Monday, to Thursday.
        (date(2025, 9, 26), 7, date(2025, 10, 13)),
        (date(2025, 9, 26), 20, date(2025, 10, 30)),
        # E26: Tuesday over 国庆 to Wednesday.
        (date(2026, 9, 29), 7, date(2026, 10, 14)),
        # E27: Thursday over 春节 to Wednesday, to Thursday.
        (date(2026, 2, 12), 10, date(2026, 3, 4)),
        (date(2026, 2, 12), 5, date(2026, 2, 26)),
        # E28: Thursday to the last day that is known, a Thursday.
        (date(2026, 12, 3), 20, date(2026, 12, 31)),
    ],
)
def test_a_limit_in_working_days_ends_on(start: date, n: int, last: date) -> None:
    assert CN.add_working_days(start, n) == Dated(last, provisional=False)


def test_no_days_from_a_working_day_is_that_day() -> None:
    start = date(2026, 2, 14)  # Saturday, worked
    assert CN.add_working_days(start, 0) == Dated(start, provisional=False)


def test_no_days_from_a_holiday_is_the_next_working_day() -> None:
    result = CN.add_working_days(date(2026, 2, 15), 0)  # Sunday, 春节
    assert result.date == date(2026, 2, 24)  # Tuesday


def test_counting_backwards_skips_holidays_and_weekends() -> None:
    result = CN.add_working_days(date(2026, 2, 25), -3)  # Wednesday
    # Tuesday 24, then Saturday 14 and Friday 13 before 春节.
    assert result == Dated(date(2026, 2, 13), provisional=False)


def test_nothing_is_counted_where_the_end_is_not_after_the_start() -> None:
    monday = date(2027, 3, 1)
    assert CN.count_working_days(monday, monday) == Counted(0, provisional=False)
    assert CN.count_working_days(monday, date(2026, 1, 1)).count == 0


def test_the_first_day_is_not_counted_and_the_last_one_is() -> None:
    # Friday to the Monday after it.
    assert CN.count_working_days(date(2026, 3, 6), date(2026, 3, 9)).count == 1


# Years without a notice.


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 12, 4), date(2027, 1, 4)),  # Friday to Monday, over 元旦
        (date(2026, 12, 14), date(2027, 1, 12)),  # Monday to Tuesday
    ],
)
def test_a_limit_that_reaches_an_unknown_year_is_provisional(
    start: date, last: date
) -> None:
    assert CN.add_working_days(start, 20) == Dated(last, provisional=True)


def test_a_start_in_an_unknown_year_does_not_matter_if_no_day_of_it_is_counted() -> (
    None
):
    # 1 January 2027 is the day that is excluded; 31 December 2026 is a Thursday.
    result = CN.add_working_days(date(2027, 1, 1), -1)
    assert result == Dated(date(2026, 12, 31), provisional=False)


def test_going_back_over_an_unknown_year_is_provisional() -> None:
    # Tuesday 5 January 2027 back: Monday the 4th, then Thursday 31 December.
    result = CN.add_working_days(date(2027, 1, 5), -2)
    assert result == Dated(date(2026, 12, 31), provisional=True)


def test_years_before_the_notices_are_provisional_too() -> None:
    assert not CN.is_known(2003)
    assert CN.is_known(2004)
    assert CN.count_working_days(date(2003, 12, 1), date(2004, 2, 2)).provisional


def test_statutory_days_on_a_weekend_are_given_on_the_next_working_days() -> None:
    assert sorted(statutory_year(2027).off) == [
        date(2027, 1, 1),  # Friday
        *run_of(date(2027, 2, 5), date(2027, 2, 8)),  # Friday to Monday
        date(2027, 2, 9),  # Tuesday, for the Saturday
        date(2027, 2, 10),  # Wednesday, for the Sunday
        date(2027, 4, 5),  # Monday
        *run_of(date(2027, 5, 1), date(2027, 5, 2)),  # Saturday, Sunday
        *run_of(date(2027, 5, 3), date(2027, 5, 4)),  # Monday, Tuesday for them
        date(2027, 6, 9),  # Wednesday
        date(2027, 9, 15),  # Wednesday
        *run_of(date(2027, 10, 1), date(2027, 10, 3)),  # Friday to Sunday
        *run_of(date(2027, 10, 4), date(2027, 10, 5)),  # Monday, Tuesday for two
    ]


def test_no_weekend_day_is_guessed_to_be_worked() -> None:
    listing = CN.year(2027)
    assert not listing.known
    assert listing.make_up == ()


def test_a_compensation_day_is_named_after_its_festival() -> None:
    assert CN.day_name(date(2027, 2, 9)) == "春节补假"
    assert CN.day_name(date(2027, 2, 5)) == "春节"  # 除夕


def test_two_festivals_on_one_day_are_both_named_and_given_once() -> None:
    # Tuesday; the one weekend day of that 国庆, Sunday 1 October, moves to Wednesday.
    assert CN.day_name(date(2028, 10, 3)) == "中秋节、国庆节"
    assert CN.day_name(date(2028, 10, 4)) == "国庆节补假"
    assert CN.is_working_day(date(2028, 10, 5))  # Thursday


@given(st.integers(1900, 2100))
def test_every_year_with_a_lunar_calendar_has_its_statutory_days(year: int) -> None:
    days = statutory_year(year).off
    assert len(days) >= 12
    assert {day.year for day in days} == {year}


@pytest.mark.parametrize("n", [100_000, -100_000])
def test_dates_beyond_the_lunar_calendar_are_refused(n: int) -> None:
    with pytest.raises(DateOutOfRange, match="1900年至2100年"):
        CN.add_working_days(date(2026, 3, 2), n)


@pytest.mark.parametrize("start", [date.min, date.max])
def test_the_ends_of_the_calendar_are_refused_and_do_not_overflow(start: date) -> None:
    for n in (-1, 0, 1):
        with pytest.raises(DateOutOfRange):
            CN.add_working_days(start, n)
    with pytest.raises(DateOutOfRange):
        CN.add_days(start, 10_000_000)
    with pytest.raises(DateOutOfRange):
        CN.add_months(start, 1_000_000)


# Limits in natural days and months.


@pytest.mark.parametrize(
    ("start", "n", "last"),
    [
        # E21: the 60th day, Tuesday 2026-02-17, is 春节; next is a Tuesday.
        (date(2025, 12, 19), 60, date(2026, 2, 24)),
        # E24: Saturday 2026-10-03 is 国庆; next is a Thursday.
        (date(2026, 9, 18), 15, date(2026, 10, 8)),
        # E25: Thursday 2026-10-01 is 国庆.
        (date(2026, 9, 1), 30, date(2026, 10, 8)),
        # A Monday needs no move, an ordinary Saturday moves to Monday.
        (date(2026, 3, 1), 15, date(2026, 3, 16)),
        (date(2026, 3, 1), 13, date(2026, 3, 16)),
        # A Saturday that is worked does not move.
        (date(2026, 2, 1), 13, date(2026, 2, 14)),
    ],
)
def test_a_limit_in_natural_days_moves_off_a_holiday(
    start: date, n: int, last: date
) -> None:
    assert CN.add_days(start, n) == Dated(last, provisional=False)


@pytest.mark.parametrize(
    ("start", "n", "last"),
    [
        # E22: Thursday 2026-10-01 is 国庆; next is a Thursday.
        (date(2026, 4, 1), 6, date(2026, 10, 8)),
        # E23: February has no 29th; Saturday the 28th is worked and stays.
        (date(2025, 8, 29), 6, date(2026, 2, 28)),
        # The leap year has it: Thursday.
        (date(2023, 8, 29), 6, date(2024, 2, 29)),
        # Over New Year: Tuesday.
        (date(2025, 11, 30), 4, date(2026, 3, 30)),
        # December is the twelfth month and not the first of the next year: Monday.
        (date(2025, 9, 22), 3, date(2025, 12, 22)),
    ],
)
def test_a_limit_in_months_ends_on_the_same_number(
    start: date, n: int, last: date
) -> None:
    assert CN.add_months(start, n).date == last


def test_a_natural_limit_is_provisional_only_by_its_last_day() -> None:
    assert not CN.add_days(date(2026, 12, 1), 30).provisional  # Thursday 31 December
    # Saturday 30 January moves to Monday.
    assert CN.add_days(date(2026, 12, 1), 60) == Dated(
        date(2027, 2, 1), provisional=True
    )


def test_a_limit_has_no_negative_length() -> None:
    with pytest.raises(ValueError, match="negative"):
        CN.add_days(date(2026, 3, 2), -1)
    with pytest.raises(ValueError, match="negative"):
        CN.add_months(date(2026, 3, 2), -1)


# A region.


def test_a_regional_calendar_replaces_the_national_one_whole() -> None:
    off = frozenset({date(2026, 3, 20)})  # Friday
    ningxia = Calendar(
        "640000",
        "宁夏",
        "640000#1",
        {2026: CalendarYear(2026, off, frozenset(), "宁夏的通知")},
    )
    assert ningxia.day_name(date(2026, 3, 20)) == "放假"
    assert ningxia.is_working_day(date(2026, 10, 1))  # 国庆 nationally
    assert not ningxia.is_known(2025)
    assert ningxia.add_working_days(date(2025, 12, 30), 1).provisional


# What holds for all dates.


@given(dates, lengths)
def test_n_days_added_are_counted_as_n(start: date, n: int) -> None:
    last = CN.add_working_days(start, n).date
    assert CN.is_working_day(last)
    assert CN.count_working_days(start, last).count == n


@given(dates, lengths)
def test_n_days_back_are_counted_as_n(start: date, n: int) -> None:
    first = CN.add_working_days(start, -n).date
    assert CN.is_working_day(first)
    day = timedelta(days=1)
    assert CN.count_working_days(first - day, start - day).count == n


@given(dates, lengths)
def test_from_a_working_day_back_and_forth_leads_home(start: date, n: int) -> None:
    home = CN.add_working_days(start, 0).date
    assert CN.add_working_days(CN.add_working_days(home, n).date, -n).date == home
    assert CN.add_working_days(CN.add_working_days(home, -n).date, n).date == home


@given(dates, dates, lengths)
def test_who_starts_later_is_not_due_earlier(a: date, b: date, n: int) -> None:
    earlier, later = sorted((a, b))
    assert CN.add_working_days(earlier, n).date <= CN.add_working_days(later, n).date
    assert CN.add_working_days(a, n).date < CN.add_working_days(a, n + 1).date


@given(dates)
def test_no_days_is_the_first_working_day_that_is_not_before(start: date) -> None:
    day = start
    while not CN.is_working_day(day):
        day += timedelta(days=1)
    assert CN.add_working_days(start, 0).date == day


@given(dates, st.integers(0, 800))
def test_the_index_agrees_with_looking_at_each_day(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    each = run_of(start, end)[1:]
    counted = CN.count_working_days(start, end)
    assert counted.count == sum(CN.is_working_day(day) for day in each)
    assert counted.provisional == any(not CN.is_known(day.year) for day in each)
