"""The days of a replayed year: what is done on each, by whom, in the engine's verbs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush
from typing import Any

from sqlalchemy import select

from engine.authoring import (
    Demonstration,
    Work,
    calendar_of,
    claim,
    complete,
    files,
    open_tasks,
)
from models.people import Organisation
from models.workflow import Case

CLERK = "replay.clerk"
#: Who takes each step of the replayed agency, by login; the clerk all others.
_WHOSE = {
    "search_request": "replay.handler",
    "approve_fee": "replay.disclosure",
    "legal_check_answer": "replay.legal",
    "sign_answer": "replay.head",
    "prepare_copy": "replay.handler",
    "secrecy_first": "replay.section",
    "secrecy_second": "replay.secrecy",
    "content_review": "replay.legal",
    "legal_check_defence": "replay.legal",
    "approve_defence": "replay.head",
}
#: What is answered at a step: typed already, or told by the case as it stands then.
Answers = Mapping[str, Any] | Callable[[Work, Case], Mapping[str, Any]]


@dataclass
class Days:
    """One agency's days, in their order; on one day, in the order of planning."""

    office: Demonstration
    agency_id: int
    #: Tells after how many acts it is where.
    progress: Callable[[int, int], None] = lambda _done, _of: None
    today: date = date.min
    _counted: int = 0
    _due: list[tuple[date, int, Callable[[], None]]] = field(default_factory=list)

    def plan(self, day: date, act: Callable[[], None]) -> None:
        """Do something on a day."""
        heappush(self._due, (day, self.count(), act))

    def count(self) -> int:
        """Return a number that nothing of this year has had."""
        self._counted += 1
        return self._counted

    def live(self) -> None:
        """Do everything, and what it leads to."""
        done = 0
        while self._due:
            day, _, act = heappop(self._due)
            if day != self.today:
                self.today = day
                self.office.on(day, "09:00")
            act()
            done += 1
            self.progress(done, done + len(self._due))

    def does(self, case_id: int, element: str, answers: Answers) -> None:
        """Claim and complete an open step."""
        with self.office.act(_WHOSE.get(element, CLERK)) as work:
            case = work.session.get_one(Case, case_id)
            task = next(
                each for each in open_tasks(work, case) if each.element == element
            )
            claim(work, task)
            typed = answers(work, case) if callable(answers) else answers
            complete(work, task, revision=task.revision, answers=typed)

    def next_step(self, case_id: int) -> str | None:
        """Return the step at which a case waits for somebody; None where it is over."""
        with self.office.looking() as work:
            waiting = open_tasks(work, work.session.get_one(Case, case_id))
            return waiting[0].element if waiting else None

    def uploads(self, name: str, text: str) -> str:
        """Keep a file of the clerk; return its public id."""
        with self.office.act(CLERK) as work:
            root = work.actor.root_id
            assert root is not None  # noqa: S101 (a clerk has one)
            kept = files.store(
                work, name, text.encode(), root_id=root, accepted=files.DOCUMENTS
            )
            return kept.public_id

    def after(self, working_days: int) -> date:
        """Return the day so many working days after today."""
        with self.office.looking() as work:
            agency = work.session.get_one(Organisation, self.agency_id)
            calendar = calendar_of(work, agency)
            return calendar.add_working_days(self.today, working_days).date

    def section(self) -> str:
        """Return the public id of the section that searches and makes copies."""
        with self.office.looking() as work:
            return (
                work.session.scalars(
                    select(Organisation).where(Organisation.agency_id == self.agency_id)
                )
                .one()
                .public_id
            )
