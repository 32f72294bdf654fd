"""A year of a calendar as it is drawn: twelve months, each day with its mark."""

import calendar as months_of
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.calendar import Calendar, is_weekend

#: What stands in a day's field, beside its number.
_WORDS = {"off": "休", "make_up": "班", "weekend": "", "work": ""}


@dataclass(frozen=True)
class Day:
    """One field of a month: how the day counts, and what it is called."""

    day: date
    #: off, make_up, weekend or work.
    state: str
    name: str
    #: Whether it counts otherwise than in the calendar beside which it is drawn.
    changed: bool

    @property
    def word(self) -> str:
        """The mark in words."""
        return _WORDS[self.state]


@dataclass(frozen=True)
class Month:
    """One month, by weeks from Monday; None where another month stands."""

    number: int
    working_days: int
    weeks: Sequence[Sequence[Day | None]]


def months(
    calendar: Calendar, year: int, before: Calendar | None = None
) -> list[Month]:
    """Return the months of a year; `before` is the calendar that it would replace."""
    return [_month(calendar, year, number, before) for number in range(1, 13)]


def _month(
    calendar: Calendar, year: int, number: int, before: Calendar | None
) -> Month:
    weeks = [
        [_day(calendar, day, before) if day.month == number else None for day in week]
        for week in months_of.Calendar().monthdatescalendar(year, number)
    ]
    worked = sum(
        calendar.is_working_day(each.day) for week in weeks for each in week if each
    )
    return Month(number, worked, weeks)


def _day(calendar: Calendar, day: date, before: Calendar | None) -> Day:
    working = calendar.is_working_day(day)
    named = calendar.day_name(day)
    if working:
        state = "make_up" if is_weekend(day) else "work"
    else:
        state = "off" if named else "weekend"
    changed = before is not None and before.is_working_day(day) != working
    return Day(day, state, named or "", changed)
