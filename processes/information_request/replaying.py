"""Lives through a year of requests by the engine's verbs, in the order of its days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine.authoring import Work, calendar_of
from models.applications import ApplicantKind, Channel
from models.people import Organisation
from models.workflow import Case
from processes.information_request import replay_acts
from processes.information_request.replay_days import CLERK, Days
from processes.information_request.replay_plan import Piece
from processes.registers import request_acts, requests
from processes.registers.requests import Application

#: Working days that an applicant is given, and a day on which the end is told.
_TO_CORRECT, _TO_PAY = 10, 20
#: So that nobody asks in two years: the register would look for the earlier request.
_MOST_IN_A_YEAR = 1_000_000
_SERVED = {"outcome": "served", "way": "post", "tracking_number": "XA12345678911"}


@dataclass
class Matter:
    """One piece and its case; 0 while it is not registered."""

    piece: Piece
    case_id: int = 0


@dataclass
class Requests:
    """The requests of a year, and how the agency handles each."""

    days: Days

    def plan(
        self, pieces: Sequence[Piece], open_cases: dict[ApplicantKind, list[int]]
    ) -> list[Matter]:
        """Plan that every piece comes, is handled and ends, each on its day.

        `open_cases` are the cases that the year before left open, by kind.
        """
        matters = [Matter(piece) for piece in pieces]
        for matter in matters:
            piece = matter.piece
            if piece.carried_in and open_cases.get(piece.kind):
                matter.case_id = open_cases[piece.kind].pop(0)
            else:
                self._plan(piece.received_on, self._receives, matter)
            if piece.handled_on is not None:
                self._plan(piece.handled_on, self._handles, matter)
        return matters

    def _plan(self, day: date, does: Callable[[Matter], None], matter: Matter) -> None:
        self.days.plan(day, lambda: does(matter))

    def _receives(self, matter: Matter) -> None:
        """登记, at the counter."""
        piece = matter.piece
        serial = self.days.today.year * _MOST_IN_A_YEAR + self.days.count()
        with self.days.office.act(CLERK) as work:
            request = requests.register(
                work,
                work.session.get_one(Organisation, self.days.agency_id),
                Application(
                    channel=Channel.IN_PERSON,
                    submitted_on=self.days.today,
                    applicant_kind=piece.kind,
                    personal=_applicant(piece.kind, serial),
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
            self._plan(self.days.after(_TO_CORRECT + 2), self._tells_the_end, matter)
        elif code == "D52":
            self._charges(matter)
            self._plan(self.days.after(_TO_PAY + 2), self._tells_the_end, matter)
        else:
            self._answers(matter)

    def _answers(self, matter: Matter) -> None:
        code, today = matter.piece.code, self.days.today.isoformat()
        if code == "D33":
            self._asks_to_correct(matter)
            self._does(
                matter, "await_correction", outcome="corrected", received_on=today
            )
        if code == "D31a":
            self._examines(matter, "search", sections=[self.days.section()])
            self._does(matter, "search_request", **replay_acts.search(today))
            self._does(matter, "handle_request", outcome="answer")
        else:
            self._examines(matter, "answer")
        said: dict[str, Any] = replay_acts.answer(code, today)
        if code in ("D02", "D10"):
            said |= {
                "section": self.days.section(),
                "files": self.days.uploads("报告.txt", _given(matter)),
            }
        self._does(matter, "draft_answer", **said)
        self._goes_on(matter)

    def _goes_on(self, matter: Matter) -> None:
        """Let everybody agree until the answer is on file."""
        today = self.days.today.isoformat()
        answers: dict[str, dict[str, str]] = {
            "legal_check_answer": {"outcome": "agreed", "opinion": "合法、适当。"},
            "sign_answer": {"outcome": "signed", "opinion": "同意。"},
            "serve_answer": {**_SERVED, "sent_on": today},
            "archive_request": {"outcome": "archived", "retention": "30年"},
        }
        while (element := self.days.next_step(matter.case_id)) is not None:
            self._does(matter, element, **answers.get(element, {}))

    def _examines(self, matter: Matter, way: str, **typed: Any) -> None:
        self._does(matter, "examine_request", outcome="decided", way=way, **typed)

    def _withdraws(self, matter: Matter) -> None:
        with self.days.office.act(CLERK) as work:
            case = work.session.get_one(Case, matter.case_id)
            request = requests.request_of(work.session, case)
            request_acts.withdraw(work, request, self.days.today)

    def _asks_to_correct(self, matter: Matter) -> None:
        self._examines(matter, "clarify")
        self._does(
            matter,
            "send_clarification",
            outcome="sent",
            **replay_acts.by_hand(self.days.today),
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
            **replay_acts.by_hand(self.days.today),
        )

    def _tells_the_end(self, matter: Matter) -> None:
        """结案告知 of what a limit or the applicant has ended."""
        signed = replay_acts.by_hand(self.days.today)
        self._does(matter, "notify_closing", outcome="told", **signed)
        self._does(matter, "archive_request", outcome="archived", retention="30年")

    def _does(self, matter: Matter, element: str, **answers: Any) -> None:
        """Claim and complete a step; of a review, with the usual answers."""
        self.days.does(
            *(matter.case_id, element),
            answers or (lambda work, case: replay_acts.review(work, case, element)),
        )


def working_days(work: Work, agency: Organisation, year: int) -> list[date]:
    """Return the working days of a year."""
    calendar = calendar_of(work, agency)
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range(366))
    return [day for day in days if day.year == year and calendar.is_working_day(day)]


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


def _given(matter: Matter) -> str:
    """Return what is released: no two get the same, or it would be made public."""
    return f"{replay_acts.GIVEN}第{matter.case_id}号。\n"
