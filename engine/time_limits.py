"""Time limits: how long, in which unit, from which rule; pure, over a calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from engine.calendar import Calendar
from engine.clock import end_of, office_date, start_of
from engine.errors import Refusal


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    HOURS = "hours"
    DATE = "date"


UNIT_NAMES: dict[Unit, str] = {
    Unit.WORKING_DAYS: "个工作日",
    Unit.DAYS: "日",
    Unit.MONTHS: "个月",
    Unit.HOURS: "小时",
    Unit.DATE: "定日",
}


class Recipient(StrEnum):
    """Whom a rung of the ladder tells."""

    HANDLER = "handler"
    SECTION_HEAD = "section_head"
    UNIT_HEAD = "unit_head"
    DISCLOSURE_HEAD = "disclosure_head"
    SUPERIOR_OFFICE = "superior_office"


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: when, in working days from the last day, and whom.

    -1 is one working day before the expiry, the start of the last day; 0 the moment
    at which the limit has expired; 2 the end of the second working day after it.
    """

    offset: int
    to: Recipient


@dataclass(frozen=True)
class TimeLimit:
    """A limit as its process declares it; length and rungs are settings' defaults."""

    name: str
    title: str
    length: int
    unit: Unit
    #: Where it comes from: an article, or that it is the office's own.
    source: str
    #: Set by a statute, or the office's own.
    statutory: bool = False
    rungs: tuple[Rung, ...] = ()
    #: The least and the most that a setting may make of it, where a rule says so.
    bounds: tuple[int, int] | None = None

    def refuse_length(self, length: int, unit: Unit) -> None:
        """Refuse a length that the limit's own rule does not allow.

        Raises:
            Refusal: it is outside of the bounds, longer than the statute has it, or
                counted otherwise.
        """
        if self.bounds is None:
            self._refuse_beyond_statute(length, unit)
            return
        least, most = self.bounds
        if unit != self.unit or not least <= length <= most:
            msg = (
                f"“{self.title}”的时限只能定在{least}到{most}{UNIT_NAMES[self.unit]}"
                f"之间（{self.source}）。"
            )
            raise Refusal(msg)

    def _refuse_beyond_statute(self, length: int, unit: Unit) -> None:
        if self.statutory and (unit != self.unit or length > self.length):
            msg = (
                f"“{self.title}”是法定期限，最长{self.length}{UNIT_NAMES[self.unit]}"
                f"（{self.source}），只能缩短。"
            )
            raise Refusal(msg)


@dataclass(frozen=True)
class DueDate:
    """A computed end of a limit and what it was computed with."""

    due_on: date
    due_at: datetime
    provisional: bool


def due_date(
    calendar: Calendar,
    *,
    started_at: datetime,
    starts_on: date,
    length: int,
    unit: Unit,
) -> DueDate:
    """Compute when a limit ends; the day it starts on is not counted.

    Working days by 民事诉讼法 Art 85(2), 民法典 Art 201 by analogy; days and months
    roll off holidays (民法典 Arts 202, 203); hours run day and night.
    """
    if unit == Unit.HOURS:
        end = started_at + timedelta(hours=length)
        return DueDate(office_date(end), end, provisional=False)
    if unit == Unit.DATE:
        return DueDate(starts_on, end_of(starts_on), provisional=False)
    if unit == Unit.WORKING_DAYS:
        last = calendar.add_working_days(starts_on, length)
    elif unit == Unit.DAYS:
        last = calendar.add_days(starts_on, length)
    else:
        last = calendar.add_months(starts_on, length)
    return DueDate(last.date, end_of(last.date), last.provisional)


def rung_instant(calendar: Calendar, due: DueDate, offset: int) -> datetime:
    """Return when a rung of the ladder is reached, by its distance from the limit."""
    if offset == 0:
        return due.due_at
    if offset < 0:
        return start_of(calendar.add_working_days(due.due_on, offset + 1).date)
    return end_of(calendar.add_working_days(due.due_on, offset).date)


def rungs_from(content: Any) -> tuple[Rung, ...]:
    """Read a ladder from a setting: a list of {"offset": days, "to": recipient}."""
    return tuple(Rung(int(row["offset"]), Recipient(row["to"])) for row in content)


@dataclass(frozen=True)
class LedgerDay:
    """One calendar day of a computation: counted or not, which one, and why."""

    day: date
    counted: bool
    used: int
    note: str


def ledger(
    calendar: Calendar, *, starts_on: date, due_on: date, unit: Unit
) -> list[LedgerDay]:
    """Return every day from the start (not counted) to the last day of a limit."""
    days = [LedgerDay(starts_on, counted=False, used=0, note="起算日，不计入")]
    used = 0
    day = starts_on
    while day < due_on:
        day += timedelta(days=1)
        counted = unit != Unit.WORKING_DAYS or calendar.is_working_day(day)
        used += counted
        note = calendar.day_name(day) or ""
        if not counted and not note:
            note = "周末"
        if day == due_on:
            note = f"{note} 截止".strip()
        days.append(LedgerDay(day, counted, used, note))
    return days
