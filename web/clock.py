"""How a request's clock is drawn: a bar to scale, and its days week by week."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from flask import Flask

from engine.calendar import is_weekend
from processes.registers.clock_ledger import DayKind, LedgerDay
from processes.registers.request_clock import ANSWER_DAYS, Answer, State

#: Dates closer together than this share of the bar would be printed on one another;
#: the outermost ones are printed to one side of their tick.
_ROOM, _ROOM_AT_EDGE = 11.0, 16.5
#: How many points of the bar one Chinese character takes, on wide and narrow screens;
#: others take half of it.
_CHARACTER, _NARROW_CHARACTER = 2.2, 3.8

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """A part of the bar: x and width are percent of it."""

    #: void, used, left, paused, extended, extended-left or late.
    kind: str
    x: float
    width: float
    words: str

    @property
    def fits(self) -> str:
        """Tell where the words fit: everywhere, on wide screens, or nowhere."""
        length = sum(0.5 if letter.isascii() else 1 for letter in self.words)
        if self.width >= length * _NARROW_CHARACTER:
            return "all"
        return "wide" if self.width >= length * _CHARACTER else "none"


@dataclass(frozen=True)
class Tick:
    """A date below the bar."""

    x: float
    day: date
    why: str

    @property
    def anchor(self) -> str:
        """Keep the outer dates inside of the drawing."""
        return "start" if self.x < 4 else "end" if self.x > 96 else "middle"


@dataclass(frozen=True)
class Cell:
    """A day in its week."""

    day: date
    #: As a stretch's, or start, due, off.
    kind: str
    mark: str
    #: The day in a sentence, for those who do not see the colours.
    words: str
    made_up: bool

    @property
    def dated(self) -> bool:
        """Whether the month stands before the day: once a week and at its beginning."""
        return self.day.day == 1 or self.day.weekday() == 0 or self.kind == "start"


@dataclass(frozen=True)
class Week:
    """Seven days from Monday; days outside of the account are None."""

    cells: list[Cell | None]
    used: str
    #: What happened on which day.
    notes: list[tuple[str, str]]


@dataclass(frozen=True)
class ClockView:
    """A clock as pages draw it."""

    stretches: list[Stretch]
    ticks: list[Tick]
    today_x: float | None
    weeks: list[Week]
    #: The whole bar in one sentence.
    sentence: str


def view(answer: Answer, today: date | None = None) -> ClockView:
    """Return the drawing of a clock; `today` parts what is over from what is left."""
    if answer.state is State.CLOSED:
        today = None
    days = [(each, _kind(answer, each, today)) for each in _void_marked(answer)]
    bar = _Bar(answer, days, today)
    ticks = bar.ticks()
    said = [f"{_short(tick.day)}{tick.why}" for tick in ticks]
    if bar.is_late and today:
        said.append(f"到{_short(today)}已经逾期")
    return ClockView(
        stretches=bar.stretches(),
        ticks=ticks,
        today_x=bar.x(today) if today and bar.shows(today) else None,
        weeks=_weeks(answer, days),
        sentence="；".join(said) + "。",
    )


def set_up(app: Flask) -> None:
    """Give the templates the drawing of a clock."""
    app.jinja_env.filters["clock"] = view


@dataclass(frozen=True)
class _Day:
    """A day of the account, and whether a later reset made it void."""

    entry: LedgerDay
    void: bool


def _void_marked(answer: Answer) -> list[_Day]:
    starts = [n for n, day in enumerate(answer.ledger) if day.kind is DayKind.START]
    last = starts[-1] if starts else 0
    return [_Day(entry, number < last) for number, entry in enumerate(answer.ledger)]


def _kind(answer: Answer, day: _Day, today: date | None) -> str:
    entry = day.entry
    if day.void or entry.kind is DayKind.START:
        return "void" if day.void else "start"
    if answer.due_on and entry.date > answer.due_on:
        return "late"
    if entry.held_by:
        return "paused"
    extended = entry.used > ANSWER_DAYS or (
        not entry.counted and entry.used == ANSWER_DAYS
    )
    over = today is None or entry.date <= today
    if extended:
        return "extended" if over else "extended-left"
    return "used" if over else "left"


def _room(tick: Tick, other: Tick) -> float:
    return _ROOM if tick.anchor == other.anchor == "middle" else _ROOM_AT_EDGE


class _Bar:
    """The bar's geometry: a day takes the stretch that ends at its own date."""

    def __init__(
        self, answer: Answer, days: Sequence[tuple[_Day, str]], today: date | None
    ) -> None:
        self._answer = answer
        self._days = days
        self._first = days[0][0].entry.date if days else date.min
        self._last = days[-1][0].entry.date if days else date.min
        #: Somebody is waited for, nobody knows how long: the bar goes on until today.
        self._waits = (
            today is not None
            and today > self._last
            and answer.due_on is None
            and answer.state not in (State.CLOSED, State.UNCONFIRMED)
        )
        #: The day has passed and nobody has answered: what is late is drawn as well.
        self.is_late = (
            today is not None
            and today > self._last
            and self._last == answer.due_on
            and answer.state is State.RUNNING
        )
        self._end = today if (self._waits or self.is_late) and today else self._last

    def shows(self, day: date) -> bool:
        return self._first < day <= self._end

    def x(self, day: date) -> float:
        length = (self._end - self._first).days
        return round((day - self._first).days * 100 / length, 2) if length else 0.0

    def stretches(self) -> list[Stretch]:
        found = []
        for key, group in self._groups():
            entries = [day.entry for day, _ in group]
            begin = self.x(entries[0].date - _ONE_DAY)
            width = round(self.x(entries[-1].date) - begin, 2)
            found.append(Stretch(key[0], begin, width, _stretch_words(key, entries)))
        begin = self.x(self._last)
        rest = round(100 - begin, 2)
        if self._waits:
            words = _WAITING.get(self._answer.state, "暂停")
            found.append(Stretch("paused", begin, rest, words))
        if self.is_late:
            found.append(Stretch("late", begin, rest, "逾期"))
        return found

    def _groups(
        self,
    ) -> Iterator[tuple[tuple[str, str], list[tuple[_Day, str]]]]:
        counting = [pair for pair in self._days[1:] if pair[1] != "start"]
        # The day of a reset is the last one that is void.
        reset = [(day, "void") for day, kind in self._days[1:] if kind == "start"]
        days = sorted([*counting, *reset], key=lambda pair: pair[0].entry.date)
        for key, group in groupby(days, key=_group_key):
            yield key, list(group)

    def ticks(self) -> list[Tick]:
        """Return the dates that matter, the most important ones first in line."""
        if not self._days or self._end == self._first:
            return []
        kept: list[Tick] = []
        for tick in self._wanted():
            if all(abs(tick.x - other.x) >= _room(tick, other) for other in kept):
                kept.append(tick)
        return sorted(kept, key=lambda tick: tick.x)

    def _wanted(self) -> Iterator[Tick]:
        yield Tick(0.0, self._first, "收到")
        if self.is_late:
            yield self._tick(self._last, "最迟答复")
        # Where an answer came late, by when it was due comes before when it came.
        for (kind, _), group in self._groups():
            if kind == "late":
                yield self._tick(group[0][0].entry.date - _ONE_DAY, "最迟答复")
        yield self._last_tick()
        for day, kind in self._days[1:]:
            if kind == "start":
                yield self._tick(day.entry.date, "重新起算")
        before = ""
        for (kind, _), group in self._groups():
            begin = group[0][0].entry.date - _ONE_DAY
            if why := _TURNS.get((before.partition("-")[0], kind.partition("-")[0])):
                yield self._tick(begin, why)
            before = kind

    def _tick(self, day: date, why: str) -> Tick:
        return Tick(self.x(day), day, why)

    def _last_tick(self) -> Tick:
        if self._waits or self.is_late:
            return Tick(100.0, self._end, "今天")
        if self._answer.state is State.CLOSED:
            return Tick(100.0, self._end, "结束")
        if self._answer.due_on == self._end:
            return Tick(100.0, self._end, "最迟答复")
        return Tick(100.0, self._end, "暂停" if self._answer.due_on is None else "")


#: What the date means at which one kind of stretch becomes another.
_TURNS = {
    **{(kind, "paused"): "暂停" for kind in ("", "void", "used", "left", "extended")},
    **{("paused", kind): "恢复" for kind in ("used", "left", "extended")},
    **{(kind, "extended"): "原期限" for kind in ("used", "left")},
    **{(kind, "late"): "最迟答复" for kind in ("used", "extended", "paused")},
}

_WAITING = {
    State.AWAITING_CORRECTION: "等待补正",
    State.AWAITING_PAYMENT: "等待缴费",
    State.PAUSED: "征求意见",
}


def _group_key(pair: tuple[_Day, str]) -> tuple[str, str]:
    day, kind = pair
    held_by = day.entry.held_by if kind == "paused" else ()
    return kind, held_by[0].partition("，")[0] if held_by else ""


def _stretch_words(key: tuple[str, str], entries: Sequence[LedgerDay]) -> str:
    kind, why = key
    counted = sum(entry.counted for entry in entries)
    match kind:
        case "void":
            return "原时限，作废"
        case "paused":
            return why.replace("申请人", "")
        case "used":
            return f"用 {counted} 日"
        case "left":
            return f"余 {counted} 日"
        case "late":
            return f"超期 {counted} 日"
        case _:
            return f"延长 {counted} 日"


def _weeks(answer: Answer, days: Sequence[tuple[_Day, str]]) -> list[Week]:
    cells = {day.entry.date: _cell(answer, day.entry, kind) for day, kind in days}
    notes = _notes(answer.ledger)
    weeks = []
    for _, group in groupby(days, key=lambda pair: _monday(pair[0].entry.date)):
        entries = [day.entry for day, _ in group]
        monday = _monday(entries[0].date)
        week = [cells.get(monday + timedelta(days=n)) for n in range(7)]
        said = [note for entry in entries for note in notes[entry.date]]
        void = all(cell is None or cell.kind in ("void", "off") for cell in week)
        weeks.append(Week(week, "" if void else _used(entries), said))
    return weeks


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _used(entries: Sequence[LedgerDay]) -> str:
    if not any(entry.counted for entry in entries):
        return ""
    used = entries[-1].used
    extra = used - ANSWER_DAYS
    return f"{ANSWER_DAYS}+{extra}" if extra > 0 else f"{used}/{ANSWER_DAYS}"


def _cell(answer: Answer, entry: LedgerDay, kind: str) -> Cell:
    due = entry.date == answer.due_on and kind != "void"
    if entry.kind is DayKind.OFF and not due:
        kind = "off"
    return Cell(
        day=entry.date,
        kind="due" if due else kind,
        mark=_mark(entry, kind, due=due),
        words=_in_words(entry, kind, due=due),
        made_up=entry.worked and is_weekend(entry.date),
    )


def _mark(entry: LedgerDay, kind: str, *, due: bool) -> str:
    if due:
        return "截止"
    if entry.kind is DayKind.START:
        return "起"
    if entry.kind is DayKind.OFF:
        return "休"
    if entry.kind is DayKind.HELD:
        return "停"
    if kind == "late":
        return f"超{-entry.remaining}"
    extra = entry.used - ANSWER_DAYS
    return f"+{extra}" if extra > 0 else str(entry.used)


def _in_words(entry: LedgerDay, kind: str, *, due: bool) -> str:
    day = _short(entry.date)
    if entry.kind is DayKind.START:
        return f"{day}起算，当天不计"
    if entry.kind is DayKind.HELD:
        return f"{day}暂停，不计"
    if entry.kind is DayKind.OFF:
        return f"{day}{entry.name}，不计"
    void = "，后来作废" if kind == "void" else ""
    return f"{day}第{entry.used}个工作日{void}{'，截止' if due else ''}"


def _notes(ledger: Sequence[LedgerDay]) -> dict[date, list[tuple[str, str]]]:
    """Return what is to be said of which day; a festival is named once."""
    notes: dict[date, list[tuple[str, str]]] = {day.date: [] for day in ledger}
    for name, group in groupby(ledger, key=_named):
        days = list(group)
        if name:
            span = _short(days[0].date)
            if len(days) > 1:
                span += f"到{days[-1].date.day}日"
            counts = "是工作日" if days[0].worked else "不计"
            notes[days[0].date].append((span, f"{name}，{counts}"))
    unknown = next((day.date for day in ledger if day.provisional), None)
    if unknown:
        notes[unknown].append((_short(unknown), "起没有放假通知，暂定"))
    for day in ledger:
        if said := [*day.events, *day.limits]:
            notes[day.date].append((_short(day.date), "；".join(said)))
    return notes


def _named(entry: LedgerDay) -> str:
    """Name what a reader would wonder about: festivals and days worked instead."""
    return "" if entry.name.startswith("周") else entry.name


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
