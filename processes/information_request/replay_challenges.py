"""Lives through a year of 复议 and 诉讼 by the engine's verbs, each on its days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine.authoring import Work
from models.challenges import ChallengeKind, ChallengeResult
from models.requests import InformationRequest
from models.workflow import Case
from processes.information_request.replay_days import CLERK, Days
from processes.information_request.replay_table4 import Challenged
from processes.information_request.replaying import Matter
from processes.registers import challenges, requests

#: Working days from the coming of the papers to the answer: five of ten, or of fifteen.
_ANSWERING = 5
#: Days given to decide anew, and working days after which it is done.
_REDO_WITHIN, _REDONE_AFTER = timedelta(days=30), 10
_BODIES = {
    ChallengeKind.RECONSIDERATION: ("回放省人民政府", "回府复"),
    ChallengeKind.LITIGATION: ("回放市中级人民法院", "回行初"),
    ChallengeKind.LITIGATION_AFTER_RECONSIDERATION: ("回放市中级人民法院", "回行初"),
}
#: What is said where the request is not among the pieces.
_SUBJECT = "2025年部门预算执行情况"
_DEFENCE = {
    "statement": "答复在期限内作出，内容合法。",
    "evidence": "答复书，证明按时答复",
    "norms": "《政府信息公开条例》第三十六条",
}


@dataclass
class Dispute:
    """One challenge and its case; 0 while it is not registered."""

    piece: Challenged
    #: The 复议 that came before a lawsuit.
    before: "Dispute | None" = None
    case_id: int = 0


@dataclass
class Challenges:
    """The challenges of a year, and how the agency answers each."""

    days: Days
    working_days: Sequence[date]
    #: The year's requests.
    matters: Sequence[Matter]

    def plan(
        self,
        pieces: Sequence[Challenged],
        open_cases: dict[ChallengeKind, list[int]],
    ) -> None:
        """Plan that every challenge comes, is answered and ends, each on its day.

        `open_cases` are the cases that the year before left pending, by kind.
        """
        disputes = [Dispute(piece) for piece in pieces]
        for dispute in disputes:
            piece = dispute.piece
            if piece.carried_in:
                dispute.case_id = open_cases[piece.kind].pop(0)
            else:
                if piece.after is not None:
                    dispute.before = disputes[piece.after]
                self._plan(piece.comes, self._registers, dispute)
                self._plan(piece.comes + _ANSWERING, self._answers, dispute)
            if piece.ends is None:
                continue
            self._plan(piece.ends, self._ends, dispute)
            archived = piece.ends
            if piece.result == ChallengeResult.CORRECTED:
                archived += _REDONE_AFTER
                self._plan(archived, self._decides_anew, dispute)
            self._plan(archived, self._archives, dispute)

    def _plan(
        self, place: int, does: Callable[[Dispute], None], dispute: Dispute
    ) -> None:
        """Do something on a working day of the year; on its last one what is later."""
        last = len(self.working_days) - 1
        self.days.plan(self.working_days[min(place, last)], lambda: does(dispute))

    def _registers(self, dispute: Dispute) -> None:
        """登记, with the request that it is about."""
        kind, today = dispute.piece.kind, self.days.today
        with self.days.office.act(CLERK) as work:
            begin = work.engine.definitions.process(challenges.PROCESS).begin
            assert begin is not None  # noqa: S101 (its clerk begins it)
            dispute.case_id = begin(work).id
            request = self._request(work, dispute)
            named = request.public_id if request else None
        body, word = _BODIES[kind]
        self._does(
            *(dispute, "register_challenge"),
            outcome="registered",
            kind=kind,
            is_summary="no" if kind == ChallengeKind.RECONSIDERATION else None,
            body=body,
            body_number=f"{word}〔{today.year}〕{self.days.count()}号",
            notified_on=today.isoformat(),
            request=named,
            subject="" if named else _SUBJECT,
        )

    def _request(self, work: Work, dispute: Dispute) -> InformationRequest | None:
        """Return what is challenged; of a lawsuit after 复议 what that was about."""
        session = work.session
        if dispute.before is not None:
            case = session.get_one(Case, dispute.before.case_id)
            return challenges.challenge_of(session, case).request
        if dispute.piece.request is None:
            return None
        matter = self.matters[dispute.piece.request]
        return requests.request_of(session, session.get_one(Case, matter.case_id))

    def _answers(self, dispute: Dispute) -> None:
        """From the draft to handing in, all on one day."""
        answer = self.days.uploads("答复书.txt", _DEFENCE["statement"])
        drafted = {"outcome": "submitted", "files": [answer], **_DEFENCE}
        self.days.does(dispute.case_id, "draft_defence", drafted)
        self._does(dispute, "legal_check_defence", outcome="agreed")
        self._does(dispute, "approve_defence", outcome="approved")
        self._does(
            *(dispute, "submit_defence"),
            outcome="submitted",
            handed_in_on=self.days.today.isoformat(),
            way="当面提交",
        )

    def _ends(self, dispute: Dispute) -> None:
        """What 复议机关 or court decided."""
        today, result = self.days.today, dispute.piece.result
        said = {
            "outcome": "recorded",
            "what": "ended",
            "result": result,
            "result_on": today.isoformat(),
        }
        if result == ChallengeResult.CORRECTED:
            said |= {
                "redo": "yes",
                "redo_by": (today + _REDO_WITHIN).isoformat(),
                "ordered": "撤销答复，责令重新作出。",
            }
        self.days.does(dispute.case_id, "await_result", said)

    def _decides_anew(self, dispute: Dispute) -> None:
        self._does(
            *(dispute, "carry_out_result"),
            outcome="redone",
            redone_on=self.days.today.isoformat(),
            redone="重新作出答复，已经送达。",
        )

    def _archives(self, dispute: Dispute) -> None:
        self._does(
            *(dispute, "archive_challenge"), outcome="archived", retention="30年"
        )

    def _does(self, dispute: Dispute, element: str, **answers: Any) -> None:
        self.days.does(dispute.case_id, element, answers)
