"""A budget of working days that is used up day by day, unless something holds it.

It knows no law: who uses it says what holds the count, and why, in words of its own.
Nothing here reads a clock or a database.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from engine.calendar import Calendar, Dated

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """What holds the count on the days of (begun, end]; without an end it is open.

    The day on which it begins is still counted, the day on which it ends is not.
    """

    key: str
    begun: dt.date
    why: str
    #: The day on which somebody ended it.
    ended: dt.date | None = None
    #: The day with which it ends by itself.
    lapses: dt.date | None = None

    @property
    def end(self) -> dt.date | None:
        """The last day that it holds; none while that is not known."""
        known = [day for day in (self.ended, self.lapses) if day is not None]
        return min(known, default=None)

    def holds(self, day: dt.date) -> bool:
        """Tell whether the day is not counted for it."""
        return self.begun < day and (self.end is None or day <= self.end)

    def is_on(self, day: dt.date) -> bool:
        """Tell whether, at the end of the day, it is still to be waited for.

        What ends by itself lasts until its last day is over; what somebody ends is
        over on the same day.
        """
        return (
            self.begun <= day
            and (self.ended is None or day < self.ended)
            and (self.lapses is None or day <= self.lapses)
        )


@dataclass(frozen=True)
class Halt:
    """What ends a count: only a new one goes on."""

    key: str
    on: dt.date
    why: str


@dataclass(frozen=True)
class Run:
    """One count from its first day, which is not counted, to the next reset."""

    started: dt.date
    budget: int
    #: (day, number of days): each is added to the budget on its day.
    extensions: tuple[tuple[dt.date, int], ...] = ()
    #: What halts it, the earliest first.
    halts: tuple[Halt, ...] = ()
    #: (day, due day): the due day that was set by hand, and when.
    fixed: tuple[dt.date, dt.date] | None = None

    @property
    def total(self) -> int:
        """The budget with all extensions."""
        return self.budget + sum(days for _, days in self.extensions)

    def budget_on(self, day: dt.date) -> int:
        """Return the budget as it stands at the end of the day."""
        added = sum(days for on, days in self.extensions if on <= day)
        return self.budget + added


@dataclass(frozen=True)
class CountedDay:
    """One calendar day of the count: `used` and `remaining` are as of its end."""

    date: dt.date
    counted: bool
    used: int
    remaining: int
    #: The words of what held the count on this day, worked or not.
    held_by: tuple[str, ...]
    #: A new count starts on this day.
    starts: bool
    provisional: bool


@dataclass
class DayCount:
    """A count that is told, in the order of time, what holds and changes it."""

    calendar: Calendar
    runs: list[Run] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)

    def start(self, on: dt.date, budget: int) -> None:
        """Begin to count on the day after; a count before it ends here.

        A pause that is still on holds the new count as well.
        """
        self.runs.append(Run(on, budget))

    def reset(self, on: dt.date, budget: int, *, ending: str) -> None:
        """Begin anew because what halted the count is over; other halts remain."""
        halts = tuple(halt for halt in self.run.halts if halt.key != ending)
        self.start(on, budget)
        self._change(halts=tuple(replace(halt, on=on) for halt in halts))

    def halt(self, key: str, on: dt.date, why: str) -> None:
        """End the count after this day, until a reset."""
        self._change(halts=(*self.run.halts, Halt(key, on, why)))

    def extend(self, on: dt.date, days: int) -> None:
        """Add working days to the budget."""
        self._change(extensions=(*self.run.extensions, (on, days)))

    def fix(self, on: dt.date, due: dt.date) -> None:
        """Set the due day by hand: from now on neither pause nor budget moves it."""
        self._change(fixed=(on, due))

    def pause(self, key: str, on: dt.date, why: str) -> None:
        """Hold the count from the next day on."""
        self.pauses.append(Pause(key, on, why))

    def resume(self, key: str, on: dt.date) -> None:
        """End a pause with this day, which is the last that is not counted."""
        self._change_pause(key, ended=on)

    def lapse(self, key: str, on: dt.date) -> None:
        """Let a pause end by itself with this day, if nobody ends it before."""
        self._change_pause(key, lapses=on)

    @property
    def run(self) -> Run:
        """The count that is going on."""
        return self.runs[-1]

    @property
    def halted_by(self) -> str | None:
        """The key of what halted the count first; none while it runs."""
        return self.run.halts[0].key if self.run.halts else None

    def due(self) -> Dated | None:
        """Return the day on which the count reaches its budget, as far as is known.

        Raises: DateOutOfRange.
        """
        run = self.run
        if run.halts:
            return None
        if run.fixed:
            return self._dated(run.started, run.fixed[1])
        position, remaining = run.started, run.total
        for pause in sorted(self.pauses, key=lambda pause: pause.begun):
            used = self.calendar.count_working_days(position, pause.begun).count
            if used >= remaining:
                break
            remaining -= used
            if pause.end is None:
                return None
            # A pause before this count, or inside another one, moves nothing back.
            position = max(position, pause.begun, pause.end)
        due = self.calendar.add_working_days(position, remaining)
        return self._dated(run.started, due.date)

    def is_paused(self, on: dt.date) -> bool:
        """Tell whether, at the end of the day, a pause holds the count."""
        return self.run.fixed is None and any(pause.is_on(on) for pause in self.pauses)

    def started_on(self, day: dt.date) -> "DayCount":
        """Return the same count as if it had started on another day."""
        first, *later = self.runs
        moved = replace(first, started=day)
        return DayCount(self.calendar, [moved, *later], self.pauses)

    def days(self, until: dt.date) -> Iterator[CountedDay]:
        """Yield every calendar day from the first start to `until`."""
        day = self.runs[0].started
        used = 0
        while day <= until:
            run = self._run_on(day)
            held_by = self._held_by(run, day)
            starts = day == run.started
            works = self.calendar.is_working_day(day)
            counted = works and not (held_by or starts)
            used = 0 if starts else used + counted
            yield CountedDay(
                date=day,
                counted=counted,
                used=used,
                remaining=self._remaining(run, day, used),
                held_by=held_by,
                starts=starts,
                provisional=not self.calendar.is_known(day.year),
            )
            day += _ONE_DAY

    def _change(self, **changes: object) -> None:
        self.runs[-1] = replace(self.run, **changes)  # type: ignore[arg-type]

    def _change_pause(self, key: str, **changes: dt.date) -> None:
        """Change the last pause of this key."""
        index = max(i for i, pause in enumerate(self.pauses) if pause.key == key)
        self.pauses[index] = replace(self.pauses[index], **changes)  # type: ignore[arg-type]

    def _run_on(self, day: dt.date) -> Run:
        return next(run for run in reversed(self.runs) if run.started <= day)

    def _held_by(self, run: Run, day: dt.date) -> tuple[str, ...]:
        halts = [halt.why for halt in run.halts if halt.on < day]
        if halts:
            return (halts[0],)
        if run.fixed and run.fixed[0] < day:
            return ()
        whys = [pause.why for pause in self.pauses if pause.holds(day)]
        return tuple(dict.fromkeys(whys))

    def _remaining(self, run: Run, day: dt.date, used: int) -> int:
        """Return the working days left; below zero, by how many it is late."""
        if run.fixed and run.fixed[0] <= day:
            due = run.fixed[1]
            left = self.calendar.count_working_days(day, due).count
            return left - self.calendar.count_working_days(due, day).count
        return run.budget_on(day) - used

    def _dated(self, started: dt.date, due: dt.date) -> Dated:
        """Mark a due day that depends on a year whose notice is not known."""
        first = min(started + _ONE_DAY, due)
        years = range(first.year, due.year + 1)
        known = all(self.calendar.is_known(year) for year in years)
        return Dated(due, provisional=not known)
