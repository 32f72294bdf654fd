"""Dates counted over an explicit calendar, because the law counts in working days.

The first day is never counted (Civil Code Art. 201). A working day is Monday to
Friday that no holiday notice names as off, and every weekend day that one names as
worked (调休上班). Nothing here reads a clock or a database.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version

from borax.calendars.lunardate import LunarDate, TermUtils
from chinese_calendar.constants import Holiday, holidays, workdays

from engine.errors import Refusal

#: The years whose lunar dates are known; before and after nothing is computed.
FIRST_YEAR, LAST_YEAR = 1900, 2100

#: The code of the calendar that follows the State Council's notices.
NATIONAL = "CN"

_SATURDAY = 5
_ONE_DAY = dt.timedelta(days=1)


class DateOutOfRange(Refusal):
    """A date lies, or would come to lie, in a year that no calendar can give."""

    def __init__(self) -> None:
        super().__init__(f"日期超出了可以推算的范围（{FIRST_YEAR}年至{LAST_YEAR}年）。")


@dataclass(frozen=True)
class Dated:
    """A computed date; provisional where a year without a notice was counted."""

    date: dt.date
    provisional: bool


@dataclass(frozen=True)
class Counted:
    """A number of working days; provisional as in `Dated`."""

    count: int
    provisional: bool


@dataclass(frozen=True)
class CalendarYear:
    """What one holiday notice says about one year."""

    year: int
    #: The days named as off, weekends inside a holiday included.
    off: frozenset[dt.date]
    #: The weekend days named as worked.
    make_up: frozenset[dt.date]
    #: The notice or the library that says so.
    source: str
    names: Mapping[dt.date, str] = field(default_factory=dict, hash=False)

    def is_working_day(self, day: dt.date) -> bool:
        """Tell whether a day of this year is worked."""
        if is_weekend(day):
            return day in self.make_up
        return day not in self.off

    @cached_property
    def working_days(self) -> tuple[int, ...]:
        """The ordinals of this year's working days, in order: the index of sums."""
        first = dt.date(self.year, 1, 1).toordinal()
        last = dt.date(self.year, 12, 31).toordinal()
        return tuple(
            ordinal
            for ordinal in range(first, last + 1)
            if self.is_working_day(dt.date.fromordinal(ordinal))
        )


@dataclass(frozen=True)
class YearListing:
    """One year as a person reads it."""

    year: int
    known: bool
    off: tuple[dt.date, ...]
    make_up: tuple[dt.date, ...]
    working_days: int
    source: str


@dataclass(frozen=True)
class Calendar:
    """The years of one calendar; those it lacks follow from statute, provisionally.

    A region's calendar replaces the national one whole, because a regional notice
    restates the whole year (全国年节及纪念日放假办法 Art. 4).
    """

    code: str
    name: str
    #: Identifies the exact data, to be stored beside every date computed from it.
    version: str
    years: Mapping[int, CalendarYear] = field(hash=False)

    def is_known(self, year: int) -> bool:
        """Tell whether the calendar holds the notice for a year."""
        return year in self.years

    def is_working_day(self, day: dt.date) -> bool:
        """Tell whether a day is worked."""
        return self._days_of(day.year).is_working_day(day)

    def day_name(self, day: dt.date) -> str | None:
        """Name a holiday or a day worked instead; ordinary days have no name."""
        year = self._days_of(day.year)
        if day in year.make_up:
            return "调休上班"
        if day in year.off:
            return year.names.get(day, "放假")
        return None

    def add_working_days(self, start: dt.date, n: int) -> Dated:
        """Return the n-th working day after a day, or before it if n is negative.

        With n = 0: the day itself if it is worked, else the next one that is. A limit
        in working days ends on a working day and therefore never moves.

        Raises: DateOutOfRange.
        """
        _refuse_out_of_range(start.year)
        if n > 0:
            return self._forward(start + _ONE_DAY, n)
        if n < 0:
            return self._backward(start - _ONE_DAY, -n)
        return self._forward(start, 1)

    def count_working_days(self, after: dt.date, until: dt.date) -> Counted:
        """Count the working days in (after, until]; none where until <= after.

        Raises: DateOutOfRange.
        """
        if until <= after:
            return Counted(0, provisional=False)
        first = after + _ONE_DAY
        years = range(first.year, until.year + 1)
        before = bisect_left(self._index(first.year), first.toordinal())
        last = self._index(until.year)
        beyond = len(last) - bisect_right(last, until.toordinal())
        total = sum(len(self._index(year)) for year in years)
        return Counted(
            total - before - beyond,
            provisional=not all(self.is_known(year) for year in years),
        )

    def add_days(self, start: dt.date, n: int) -> Dated:
        """Return the last day of a limit of n natural days.

        A last day that is a holiday moves to the next working day (Civil Code
        Arts. 201, 203; Civil Procedure Law Art. 85); a weekend day that is worked
        stays.

        Raises: DateOutOfRange.
        """
        if n < 0:
            raise ValueError("a limit has no negative length")
        _refuse_out_of_range(start.year)
        try:
            last = start + dt.timedelta(days=n)
        except OverflowError:
            raise DateOutOfRange from None
        return self._forward(last, 1)

    def add_months(self, start: dt.date, n: int) -> Dated:
        """Return the last day of a limit of n months.

        It is the day of the same number, or the month's last if there is none (Civil
        Code Art. 202); a holiday moves it as in `add_days`.

        Raises: DateOutOfRange.
        """
        if n < 0:
            raise ValueError("a limit has no negative length")
        _refuse_out_of_range(start.year)
        years, month = divmod(start.month - 1 + n, 12)
        _refuse_out_of_range(start.year + years)
        first_of_month = dt.date(start.year + years, month + 1, 1)
        next_month = (first_of_month + dt.timedelta(days=31)).replace(day=1)
        month_end = next_month - _ONE_DAY
        return self._forward(month_end.replace(day=min(start.day, month_end.day)), 1)

    def year(self, year: int) -> YearListing:
        """List a year's days off and days worked instead.

        Raises: DateOutOfRange.
        """
        days = self._days_of(year)
        return YearListing(
            year=year,
            known=self.is_known(year),
            off=tuple(sorted(days.off)),
            make_up=tuple(sorted(days.make_up)),
            working_days=len(days.working_days),
            source=days.source,
        )

    def _forward(self, first: dt.date, n: int) -> Dated:
        """Return the n-th working day from `first` on, `first` included."""
        year = first.year
        days = self._index(year)
        position = bisect_left(days, first.toordinal())
        provisional = not self.is_known(year)
        while position + n > len(days):
            n -= len(days) - position
            year += 1
            days = self._index(year)
            position = 0
            provisional = provisional or not self.is_known(year)
        return Dated(dt.date.fromordinal(days[position + n - 1]), provisional)

    def _backward(self, last: dt.date, n: int) -> Dated:
        """Return the n-th working day from `last` back, `last` included."""
        year = last.year
        days = self._index(year)
        position = bisect_right(days, last.toordinal())
        provisional = not self.is_known(year)
        while position < n:
            n -= position
            year -= 1
            days = self._index(year)
            position = len(days)
            provisional = provisional or not self.is_known(year)
        return Dated(dt.date.fromordinal(days[position - n]), provisional)

    def _index(self, year: int) -> tuple[int, ...]:
        return self._days_of(year).working_days

    def _days_of(self, year: int) -> CalendarYear:
        return self.years.get(year) or statutory_year(year)


def is_weekend(day: dt.date) -> bool:
    """Tell whether a day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def in_words(day: dt.date) -> str:
    """Write a date with its weekday: 2026年10月22日 周四."""
    weekday = "一二三四五六日"[day.weekday()]
    return f"{day.year}年{day.month}月{day.day}日 周{weekday}"


@cache
def national_calendar() -> Calendar:
    """Return the State Council's notices as the library chinesecalendar has them.

    A year is known as soon as the library has a day of it: notices come whole.
    """
    library = f"chinesecalendar-{version('chinesecalendar')}"
    off: defaultdict[int, dict[dt.date, str]] = defaultdict(dict)
    make_up: defaultdict[int, set[dt.date]] = defaultdict(set)
    for day, holiday in holidays.items():
        off[day.year][day] = _HOLIDAY_NAMES.get(holiday) or Holiday(holiday).chinese
    for day in workdays:
        make_up[day.year].add(day)
    return Calendar(
        code=NATIONAL,
        name="全国",
        version=library,
        years={
            year: CalendarYear(
                year=year,
                off=frozenset(off[year]),
                make_up=frozenset(make_up[year]),
                source=f"国务院办公厅关于{year}年部分节假日安排的通知（{library}）",
                names=off[year],
            )
            for year in sorted(off.keys() | make_up.keys())
        },
    )


@cache
def statutory_year(year: int) -> CalendarYear:
    """Return what statute alone says about a year whose notice is not known.

    全国年节及纪念日放假办法 in the form in force from 2025: Art. 2 gives the thirteen
    days, Art. 6 a working day for each of them that falls on a weekend; where the next
    working day is already given, the one after it. Days worked instead are a notice's
    own arrangement and are never guessed. Earlier years, too, get the present form.

    Raises: DateOutOfRange.
    """
    statutory = statutory_days(year)
    names: dict[dt.date, str] = {}
    for day, name in statutory:
        names[day] = f"{names[day]}、{name}" if day in names else name
    for day, name in statutory:
        if is_weekend(day):
            names[_next_free_day(day, names)] = f"{name}补假"
    return CalendarYear(
        year=year,
        off=frozenset(names),
        make_up=frozenset(),
        source="按《全国年节及纪念日放假办法》第二条、第六条推算",
        names=names,
    )


#: The festivals as the statute names them; the library has shorter names for three.
_HOLIDAY_NAMES = {
    Holiday.new_years_day.value: "元旦",
    Holiday.spring_festival.value: "春节",
    Holiday.tomb_sweeping_day.value: "清明节",
    Holiday.labour_day.value: "劳动节",
    Holiday.dragon_boat_festival.value: "端午节",
    Holiday.mid_autumn_festival.value: "中秋节",
    Holiday.national_day.value: "国庆节",
}


def statutory_days(year: int) -> list[tuple[dt.date, str]]:
    """Return the thirteen days of Art. 2, in date order.

    Raises: DateOutOfRange.
    """
    _refuse_out_of_range(year)
    spring_festival = _lunar(year, 1, 1)
    qingming: dt.date = TermUtils.day_start_from_term(year, "清明")
    return sorted(
        [
            (dt.date(year, 1, 1), "元旦"),
            # New Year's Eve (除夕) and the first three days of the first month.
            *((spring_festival + i * _ONE_DAY, "春节") for i in range(-1, 3)),
            (qingming, "清明节"),
            *((dt.date(year, 5, i), "劳动节") for i in (1, 2)),
            (_lunar(year, 5, 5), "端午节"),
            (_lunar(year, 8, 15), "中秋节"),
            *((dt.date(year, 10, i), "国庆节") for i in (1, 2, 3)),
        ],
        key=lambda statutory: statutory[0],
    )


def _lunar(year: int, month: int, day: int) -> dt.date:
    solar: dt.date = LunarDate(year, month, day).to_solar_date()
    return solar


def _next_free_day(day: dt.date, off: Mapping[dt.date, str]) -> dt.date:
    while is_weekend(day) or day in off:
        day += _ONE_DAY
    return day


def _refuse_out_of_range(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateOutOfRange
