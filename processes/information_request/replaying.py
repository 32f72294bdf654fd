"""Lives through a year of requests by the engine's verbs, in the order of its days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
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
from models.requests import ApplicantKind, Channel
from models.workflow import Case, Task
from processes.information_request import replay_acts
from processes.information_request.replay_plan import Piece
from processes.registers import request_acts, requests
from processes.registers.requests import Application

#: Who takes each step of the replayed agency, by login.
_WHOSE = {
    "search_request": "replay.handler",
    "approve_fee": "replay.disclosure",
    "legal_check_answer": "replay.legal",
    "sign_answer": "replay.head",
    "prepare_copy": "replay.handler",
    "secrecy_first": "replay.section",
    "secrecy_second": "replay.secrecy",
    "content_review": "replay.legal",
}
_CLERK = "replay.clerk"
#: Working days that an applicant is given, and a day on which the end is told.
_TO_CORRECT, _TO_PAY = 10, 20
_SERVED = {"outcome": "served", "way": "post", "tracking_number": "XA12345678911"}


@dataclass
class Matter:
    """One piece and its case; 0 while it is not registered."""

    piece: Piece
    case_id: int = 0


@dataclass
class Replay:
    """One agency in a year, and the people who handle its requests."""

    office: Demonstration
    agency_id: int
    #: Tells after how many acts it is where.
    progress: Callable[[int, int], None] = lambda _done, _of: None
    _today: date = date.min
    _serial: int = 0
    _due: list[tuple[date, int, Callable[[], None]]] = field(default_factory=list)

    def live(self, pieces: Iterable[Piece], open_cases: dict[str, list[int]]) -> None:
        """Let every piece come, be handled and end, each on its day.

        `open_cases` are the cases that the year before left open, by kind.
        """
        for piece in pieces:
            matter = Matter(piece)
            if piece.carried_in and open_cases.get(piece.kind):
                matter.case_id = open_cases[piece.kind].pop(0)
            else:
                self._plan(piece.received_on, self._receives, matter)
            if piece.handled_on is not None:
                self._plan(piece.handled_on, self._handles, matter)
        done = 0
        while self._due:
            self._due.sort(key=lambda each: each[:2])
            day, _, act = self._due.pop(0)
            if day != self._today:
                self._today = day
                self.office.on(day, "09:00")
            act()
            done += 1
            self.progress(done, done + len(self._due))

    def _plan(self, day: date, does: Callable[[Matter], None], matter: Matter) -> None:
        self._serial += 1
        self._due.append((day, self._serial, lambda: does(matter)))

    def _receives(self, matter: Matter) -> None:
        """登记, at the counter."""
        piece = matter.piece
        self._serial += 1
        with self.office.act(_CLERK) as work:
            request = requests.register(
                work,
                work.session.get_one(Organisation, self.agency_id),
                Application(
                    channel=Channel.IN_PERSON,
                    submitted_on=self._today,
                    applicant_kind=piece.kind,
                    personal=_applicant(piece.kind, self._serial),
                ),
            )
            matter.case_id = request.case_id

    def _handles(self, matter: Matter) -> None:
        """Everything of one day, from the first look on."""
        code = matter.piece.code
        if code == "D53":
            self._withdraws(matter)
            self._tells_the_end(matter)
        elif code == "D51":
            self._asks_to_correct(matter)
            self._plan(self._after(_TO_CORRECT + 2), self._tells_the_end, matter)
        elif code == "D52":
            self._charges(matter)
            self._plan(self._after(_TO_PAY + 2), self._tells_the_end, matter)
        else:
            self._answers(matter)

    def _answers(self, matter: Matter) -> None:
        code, today = matter.piece.code, self._today.isoformat()
        if code == "D33":
            self._asks_to_correct(matter)
            self._does(
                matter, "await_correction", outcome="corrected", received_on=today
            )
        if code == "D31a":
            self._examines(matter, "search", sections=[self._section()])
            self._does(matter, "search_request", **replay_acts.search(today))
            self._does(matter, "handle_request", outcome="answer")
        else:
            self._examines(matter, "answer")
        said: dict[str, Any] = replay_acts.answer(code, today)
        if code in ("D02", "D10"):
            said |= {"section": self._section(), "files": self._uploads(matter)}
        self._does(matter, "draft_answer", **said)
        self._goes_on(matter)

    def _goes_on(self, matter: Matter) -> None:
        """Let everybody agree until the answer is on file."""
        today = self._today.isoformat()
        answers: dict[str, dict[str, str]] = {
            "legal_check_answer": {"outcome": "agreed", "opinion": "合法、适当。"},
            "sign_answer": {"outcome": "signed", "opinion": "同意。"},
            "serve_answer": {**_SERVED, "sent_on": today},
            "archive_request": {"outcome": "archived", "retention": "30年"},
        }
        while (element := self._next(matter)) is not None:
            self._does(matter, element, **answers.get(element, {}))

    def _examines(self, matter: Matter, way: str, **typed: Any) -> None:
        self._does(matter, "examine_request", outcome="decided", way=way, **typed)

    def _withdraws(self, matter: Matter) -> None:
        with self.office.act(_CLERK) as work:
            case = work.session.get_one(Case, matter.case_id)
            request = requests.request_of(work.session, case)
            request_acts.withdraw(work, request, self._today)

    def _asks_to_correct(self, matter: Matter) -> None:
        self._examines(matter, "clarify")
        self._does(
            matter,
            "send_clarification",
            outcome="sent",
            **replay_acts.by_hand(self._today),
            days=str(_TO_CORRECT),
            **replay_acts.UNCLEAR,
        )

    def _charges(self, matter: Matter) -> None:
        self._examines(matter, "handle")
        self._does(
            matter,
            "handle_request",
            outcome="acted",
            reason=replay_acts.FEE_REASON,
            **replay_acts.FEE,
        )
        self._does(matter, "approve_fee", outcome="approved", opinion="同意。")
        self._does(
            matter,
            "send_fee_notice",
            outcome="sent",
            payment_way=replay_acts.PAYMENT,
            **replay_acts.by_hand(self._today),
        )

    def _tells_the_end(self, matter: Matter) -> None:
        """结案告知 of what a limit or the applicant has ended."""
        signed = replay_acts.by_hand(self._today)
        self._does(matter, "notify_closing", outcome="told", **signed)
        self._does(matter, "archive_request", outcome="archived", retention="30年")

    def _does(self, matter: Matter, element: str, **answers: Any) -> None:
        """Claim and complete a step; of a review, with the usual answers."""
        with self.office.act(_WHOSE.get(element, _CLERK)) as work:
            case = work.session.get_one(Case, matter.case_id)
            task = _open(work, case, element)
            claim(work, task)
            typed = answers or replay_acts.review(work, case, element)
            complete(work, task, revision=task.revision, answers=typed)

    def _next(self, matter: Matter) -> str | None:
        with self.office.act(_CLERK) as work:
            waiting = open_tasks(work, work.session.get_one(Case, matter.case_id))
            return waiting[0].element if waiting else None

    def _section(self) -> str:
        """Return the public id of the section that searches and makes copies."""
        with self.office.act(_CLERK) as work:
            section = _section_of(work, self.agency_id)
            return section.public_id

    def _uploads(self, matter: Matter) -> str:
        with self.office.act(_CLERK) as work:
            root = work.actor.root_id
            assert root is not None  # noqa: S101 (a clerk has one)
            data = f"{replay_acts.GIVEN}第{matter.case_id}号。\n".encode()
            kept = files.store(
                work, "报告.txt", data, root_id=root, accepted=files.DOCUMENTS
            )
            return kept.public_id

    def _after(self, working_days: int) -> date:
        with self.office.act(_CLERK) as work:
            agency = work.session.get_one(Organisation, self.agency_id)
            calendar = calendar_of(work, agency)
            return calendar.add_working_days(self._today, working_days).date


def working_days(work: Work, agency: Organisation, year: int) -> list[date]:
    """Return the working days of a year."""
    calendar = calendar_of(work, agency)
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range(366))
    return [day for day in days if day.year == year and calendar.is_working_day(day)]


def _section_of(work: Work, agency_id: int) -> Organisation:
    return work.session.scalars(
        select(Organisation).where(Organisation.agency_id == agency_id)
    ).one()


def _open(work: Work, case: Case, element: str) -> Task:
    return next(task for task in open_tasks(work, case) if task.element == element)


def _applicant(kind: ApplicantKind, serial: int) -> dict[str, str]:
    """Return somebody who asks for the first time; nobody of this number exists."""
    said = {
        "phone": "13800138000",
        "address": "青云路8号",
        # Each asks for something else: the replayed year has no group of many.
        "content": f"2025年部门预算执行情况报告第{serial}号",
    }
    if kind == ApplicantKind.NATURAL_PERSON:
        return {"name": f"申请人{serial}", "identity_number": f"{serial:018}", **said}
    return {"name": f"申请单位{serial}", "credit_code": f"{serial:018}", **said}
