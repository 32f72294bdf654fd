"""Requests and challenges as the register holds them, without the process of each."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from engine import personal
from engine.actors import group_subject
from engine.visibility import allow_reading
from engine.work import Work
from models.challenges import Challenge
from models.people import Role
from models.requests import InformationRequest
from models.workflow import Case, CaseStatus
from tests.office import Office


@dataclass
class Register:
    """The register of one agency."""

    office: Office
    place: str = "区财政局"
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def receives(
        self,
        received_on: str,
        *,
        kind: str = "natural_person",
        name: str = "申请人",
        credit_code: str = "",
        identity_number: str = "500199199001011234",
        wanted: str = "paper",
        decision: str = "",
        closed_on: str = "",
    ) -> int:
        """Put a request on file, as decided already where a decision is given."""
        number = next(self._numbers)
        with self.office.engine.work() as work:
            request = InformationRequest(
                **self._of(work, "information_request", number, bool(decision)),
                number=f"{self.place}-{number}",
                channel="in_person",
                submitted_on=date.fromisoformat(received_on),
                received_on=date.fromisoformat(received_on),
                applicant_kind=kind,
                applicant=personal.store(
                    work,
                    self.office.root_id,
                    {
                        "name": name,
                        "identity_number": identity_number,
                        "credit_code": credit_code,
                    },
                ),
                subject="2025年部门预算执行情况",
                form_wanted=wanted,
                delivery="post",
                query_code=f"{self.place}-{number}",
                secret_digest="0" * 64,
                decision_code=decision,
                closed_on=date.fromisoformat(closed_on) if closed_on else None,
            )
            work.session.add(request)
            work.session.flush()
            return request.id

    def is_challenged(
        self, notified_on: str, kind: str, result: str = "", result_on: str = ""
    ) -> None:
        """Put a 复议 or 诉讼 on file, as ended already where a result is given."""
        number = next(self._numbers)
        with self.office.engine.work() as work:
            work.session.add(
                Challenge(
                    **self._of(work, "review_and_litigation", number, bool(result)),
                    kind=kind,
                    body="云川区人民政府",
                    notified_on=date.fromisoformat(notified_on),
                    result=result or None,
                    result_on=date.fromisoformat(result_on) if result_on else None,
                )
            )

    def _of(
        self, work: Work, process: str, number: int, is_over: bool
    ) -> dict[str, int]:
        agency = self.office.organisation(work, self.place)
        case = Case(
            root_id=agency.root_id,
            agency_id=agency.id,
            process_key=process,
            number=f"{process}-{self.place}-{number}",
            title="申请公开2025年部门预算执行情况",
            status=CaseStatus.FINISHED if is_over else CaseStatus.OPEN,
            started_at=work.now,
        )
        work.session.add(case)
        work.session.flush()
        allow_reading(work, case, group_subject(Role.UNIT_HEAD, agency.id))
        return {
            "root_id": agency.root_id,
            "agency_id": agency.id,
            "case_id": case.id,
        }
