"""How the requests of a year came and went by month: received, closed, overdue."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, extract, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.requests import InformationRequest
from models.workflow import Deadline, DeadlineState
from processes.registers.annual_report import (
    RECEIVED,
    TOTAL,
    Agencies,
    requests_behind,
)

#: The limit of the answer (Art 33), as the process of requests declares it.
_PROCESS, _LIMIT = "information_request", "answer"


@dataclass(frozen=True)
class Months:
    """Three counts for each of twelve months."""

    received: list[int]
    closed: list[int]
    #: Whose last day was in the month and passed unanswered.
    overdue: list[int]


def by_month(session: Session, year: int, agencies: Agencies, today: date) -> Months:
    """Count a year's requests by the month of receipt, of closing, of the last day
    that was missed."""
    request = InformationRequest
    late = select(extract("month", Deadline.due_on), func.count()).join(
        request, request.case_id == Deadline.case_id
    )
    missed = (
        (Deadline.process_key == _PROCESS)
        & (Deadline.name == _LIMIT)
        & (Deadline.state != DeadlineState.VOID)
        & (Deadline.due_on >= date(year, 1, 1))
        & (Deadline.due_on <= date(year, 12, 31))
        & (Deadline.due_on < today)
        # Nothing that was received much earlier has its last day in this year.
        & (request.received_on >= date(year - 2, 1, 1))
        & or_(request.closed_on.is_(None), request.closed_on > Deadline.due_on)
        & request.is_counted
        & _of(agencies)
    )
    overdue = [0] * 12
    for month, count in session.execute(
        late.where(missed).group_by(extract("month", Deadline.due_on))
    ):
        overdue[int(month) - 1] = count
    return Months(
        _counted(
            session, request.received_on, requests_behind(RECEIVED, year), agencies
        ),
        _counted(session, request.closed_on, requests_behind(TOTAL, year), agencies),
        overdue,
    )


def _counted(
    session: Session,
    day: InstrumentedAttribute[date | None],
    clause: ColumnElement[bool],
    agencies: Agencies,
) -> list[int]:
    month = extract("month", day)
    query = select(month, func.count()).where(clause, _of(agencies)).group_by(month)
    counts = [0] * 12
    for number, count in session.execute(query):
        counts[int(number) - 1] = count
    return counts


def _of(agencies: Agencies) -> ColumnElement[bool]:
    return true() if agencies is None else InformationRequest.agency_id.in_(agencies)
