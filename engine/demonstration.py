"""The weeks that a demonstration office has behind it, lived through in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from engine.calendars import load_calendar
from engine.clock import OFFICE_ZONE, office_date
from engine.instances import open_tasks
from engine.office_plans import OfficePlan
from engine.offices import Account, PasswordOf, Progress, fill
from engine.tasks import claim, complete
from engine.timers import fire_due
from engine.work import Engine, Work
from models.people import Person
from models.workflow import Case, Timer

#: How long before the present a demonstration office opened: nothing happens in an
#: office before there are people in it.
OPENED_BEFORE = timedelta(days=90)


def set_up_demonstration(
    engine: Engine,
    plan: OfficePlan,
    password_of: PasswordOf,
    progress: Progress = lambda _: None,
) -> list[Account]:
    """Fill an empty database with an office that has been at work until now."""
    opened_at = engine.clock() - OPENED_BEFORE
    with replace(engine, clock=lambda: opened_at).work() as work:
        engine.definitions.deploy(work)
        accounts = fill(work, plan, password_of, progress, demonstration=True)
    for process in engine.definitions:
        if process.demonstrate is not None:
            progress(f"办理演示事项：{process.texts.title}")
            office = Demonstration(engine)
            process.demonstrate(office)
            office.until_now()
    return accounts


class Demonstration:
    """An office in the days before the present, and people who act in it.

    Its clock only goes forward; what becomes due on the way fires at its own instant,
    as it would have with the server running.
    """

    def __init__(self, engine: Engine, opened_at: datetime | None = None) -> None:
        self._present = engine.clock()
        self._instant = opened_at or self._present - OPENED_BEFORE
        self._engine = replace(engine, clock=lambda: self._instant, wake=lambda: None)
        self._people: dict[str, int] = {}
        self._today = office_date(self._present)
        with engine.read() as work:
            self._calendar = load_calendar(work.session)

    def day(self, days_ago: int) -> date:
        """Return the n-th working day before today; after today if n is negative."""
        return self._calendar.add_working_days(self._today, -days_ago).date

    def at(self, days_ago: int, hour: str) -> None:
        """Let time pass until an hour (09:30) of a working day before today."""
        local = datetime.combine(
            self.day(days_ago), time.fromisoformat(hour), OFFICE_ZONE
        )
        if not self._instant <= local <= self._present:
            msg = f"the demonstration's clock cannot be put on {local}"
            raise ValueError(msg)
        self._pass(local.astimezone(UTC))

    def on(self, day: date, hour: str) -> None:
        """Let time pass until an hour (09:30) of a day, be it before the present or
        not; an hour that has passed stays as it is."""
        local = datetime.combine(day, time.fromisoformat(hour), OFFICE_ZONE)
        self._pass(max(local.astimezone(UTC), self._instant))

    def until_now(self) -> None:
        """Let time pass until the present."""
        self._pass(self._present)

    @contextmanager
    def act(self, login: str) -> Iterator[Work]:
        """Open an act of a person; what it makes due at once fires after it."""
        if login not in self._people:
            with self._engine.read() as work:
                self._people[login] = work.session.scalars(
                    select(Person.id).where(Person.login == login)
                ).one()
        with self._engine.work(self._people[login]) as work:
            yield work
        self._pass(self._instant)

    def does(self, login: str, case_id: int, element: str, **answers: Any) -> None:
        """Let a person claim the open step of a case and complete it."""
        with self.act(login) as work:
            case = work.session.get_one(Case, case_id)
            task = next(t for t in open_tasks(work, case) if t.element == element)
            claim(work, task)
            complete(work, task, revision=task.revision, answers=answers)

    @contextmanager
    def outside(self) -> Iterator[Work]:
        """Open an act of nobody in the office: what comes in from outside."""
        with self._engine.work() as work:
            yield work
        self._pass(self._instant)

    @contextmanager
    def looking(self) -> Iterator[Work]:
        """Open a session that only reads, at this instant."""
        with self._engine.read() as work:
            yield work

    def _pass(self, until: datetime) -> None:
        fire_due(self._engine)
        while self._instant < until:
            due_at = self._next_due()
            if due_at is None or due_at > until:
                self._instant = until
                return
            self._instant = due_at
            fire_due(self._engine)

    def _next_due(self) -> datetime | None:
        """Return when the next timer is due, later than now in the demonstration."""
        with self._engine.read() as work:
            return work.session.scalar(
                select(func.min(Timer.next_attempt_at)).where(
                    Timer.fired_at.is_(None),
                    Timer.cancelled_at.is_(None),
                    Timer.next_attempt_at > self._instant,
                )
            )
