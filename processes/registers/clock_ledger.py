"""The day-by-day account of a request's clock, in words that anybody can follow."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from engine.calendar import Calendar, is_weekend
from engine.day_count import CountedDay
from processes.registers.clock_events import (
    EVENT_ARTICLES,
    EVENT_NAMES,
    LABELLED,
    Event,
    EventKind,
    in_full,
)

#: Who has to do what by each limit; a silence limit carries its label after a “#”.
LIMIT_NAMES = {
    "clarification_notice": "告知补正",
    "correction": "申请人补正",
    "silence": "被征求意见方答复",
    "payment": "申请人缴费",
    "answer": "答复申请人",
}
LIMIT_ARTICLES = {
    "clarification_notice": "条例第30条，收到之日起7个工作日",
    "correction": "条例第30条，告知书写明的期限",
    "silence": "条例第32条、第34条，收到征求意见书之日起15个工作日",
    "payment": "信息处理费管理办法第6条，收到收费通知次日起20个工作日",
    "answer": "条例第33条第二款，收到之日起20个工作日",
}


class DayKind(StrEnum):
    """What a day was to the clock."""

    START = "start"
    COUNTED = "counted"
    #: A working day that is not counted: somebody is waited for.
    HELD = "held"
    OFF = "off"


@dataclass(frozen=True)
class LedgerDay:
    """One calendar day; `used` and `remaining` are as of its end."""

    date: date
    counted: bool
    used: int
    remaining: int
    provisional: bool
    kind: DayKind
    #: Worked at all: Monday to Friday without holidays, and days worked instead.
    worked: bool
    #: What happened on it.
    events: tuple[str, ...]
    #: The festival, 调休上班, or the day of a weekend; plain days have no name.
    name: str
    #: What the count waits for, on working days and others.
    held_by: tuple[str, ...]
    #: The limits that end with it.
    limits: tuple[str, ...]

    @property
    def note(self) -> str:
        """Everything about the day, in one line."""
        held_by = self.held_by if self.kind is DayKind.HELD else ()
        starts = ["起算日，不计入"] if self.kind is DayKind.START else []
        name = [self.name] if self.name else []
        late = (
            [f"已超过答复期限{-self.remaining}个工作日"]
            if self.counted and self.remaining < 0
            else []
        )
        parts = [*self.events, *name, *held_by, *starts, *self.limits, *late]
        return "；".join(parts)


class Named(Protocol):
    """A limit, as far as the ledger mentions it."""

    @property
    def name(self) -> str: ...

    @property
    def on(self) -> date: ...


def ledger_of(
    calendar: Calendar,
    days: Iterable[CountedDay],
    events: Iterable[Event],
    limits: Sequence[Named],
) -> tuple[LedgerDay, ...]:
    """Return the days with a note for each that is not plain."""
    happened: defaultdict[date, list[str]] = defaultdict(list)
    for event in sorted(events, key=lambda event: (event.on, _ORDER[event.kind])):
        happened[event.on].append(_event_in_words(event))
    ends: defaultdict[date, list[str]] = defaultdict(list)
    for limit in limits:
        ends[limit.on].append(f"{limit_in_words(limit.name)}的最后一日")
    return tuple(
        LedgerDay(
            date=day.date,
            counted=day.counted,
            used=day.used,
            remaining=day.remaining,
            provisional=day.provisional,
            kind=_kind(calendar, day),
            worked=calendar.is_working_day(day.date),
            events=(*(["收到申请"] if number == 0 else []), *happened[day.date]),
            name=_name(calendar, day.date),
            held_by=day.held_by,
            limits=tuple(ends[day.date]),
        )
        for number, day in enumerate(days)
    )


def limit_in_words(name: str) -> str:
    """Name a limit for people: 被征求意见方（甲）答复."""
    kind, _, label = name.partition("#")
    name = LIMIT_NAMES[kind]
    return name.replace("方", f"方（{label}）") if label else name


_ORDER = {kind: place for place, kind in enumerate(EventKind)}


def _event_in_words(event: Event) -> str:
    words = EVENT_NAMES[event.kind]
    if event.kind in LABELLED and event.label:
        words += f"：{event.label}"
    match event.kind, event.argument:
        case EventKind.EXTENDED, days:
            words = f"延长{days}个工作日并告知申请人"
        case EventKind.DELAYED, date() as due:
            words = f"确定延迟至{in_full(due)}答复并告知申请人"
    article = EVENT_ARTICLES[event.kind]
    return f"{words}（{article}）" if article else words


def _name(calendar: Calendar, day: date) -> str:
    if name := calendar.day_name(day):
        return name
    return "周" + "一二三四五六日"[day.weekday()] if is_weekend(day) else ""


def _kind(calendar: Calendar, day: CountedDay) -> DayKind:
    if day.starts:
        return DayKind.START
    if day.counted:
        return DayKind.COUNTED
    return DayKind.HELD if calendar.is_working_day(day.date) else DayKind.OFF
