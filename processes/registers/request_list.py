"""依申请台账: an agency's requests by how they stand, page by page, and as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import selectinload

from engine.authoring import NotAllowed, Work, calendar_of, settings
from models.people import Organisation, Role
from models.requests import ClockEvent, InformationRequest
from models.workflow import Deadline, DeadlineState
from processes.registers.requests import ANSWER, PROCESS

#: Who reads an agency's register of requests.
READERS = (Role.DISCLOSURE_CLERK, Role.DISCLOSURE_HEAD, Role.UNIT_HEAD)

#: Who may look at who asks: whoever reads the register, and checks the answer.
_LOOKERS = (*READERS, Role.LEGAL_REVIEWER)

#: How a request stands; every list names one.
STANDINGS: dict[str, str] = {
    "open": "在办",
    "overdue": "逾期",
    "soon": "快到期",
    "paused": "暂停",
    "irregular": "不合规定",
    "closed": "已办结",
    "void": "作废",
    "all": "全部",
}

PAGE = 50

#: What is like another request is looked for among so many of the newest.
_COMPARED = 300
_ALIKE = 0.6


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which requests are listed."""

    standing: str = "open"
    code: str = ""
    channel: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Line:
    """One request with the limit that runs for its answer."""

    request: InformationRequest
    deadline: Deadline | None
    irregular: bool


@dataclass(frozen=True)
class Page:
    """Lines, and after which request the next page begins."""

    lines: list[Line]
    next: int | None


def agencies_of(work: Work) -> list[Organisation]:
    """Return the agencies whose register the actor reads.

    Raises:
        NotAllowed: there is none.
    """
    ids = {held.agency_id for held in work.actor.roles if held.role in READERS}
    if not ids:
        msg = (
            "依申请台账由政务公开经办人、政务公开机构负责人和单位负责人查看，"
            "您不担任这些角色。"
        )
        raise NotAllowed(msg)
    found = select(Organisation).where(Organisation.id.in_(ids))
    return list(work.session.scalars(found.order_by(Organisation.code)))


def may_look(work: Work, request: InformationRequest) -> bool:
    """Tell whether the actor may look at who asks: those who keep the register, who
    check the answer, and who sign it."""
    return any(
        held.agency_id == request.agency_id and held.role in _LOOKERS
        for held in work.actor.roles
    )


def may_withdraw(work: Work, request: InformationRequest) -> bool:
    """Tell whether the actor may record that the applicant withdraws a request now."""
    is_open = request.closed_on is None and request.voided_on is None
    return is_open and any(
        held.agency_id == request.agency_id and held.role == Role.DISCLOSURE_CLERK
        for held in work.actor.roles
    )


def listed(work: Work, wanted: Wanted, after: int | None = None) -> Page:
    """Return a page of the register, the newest first."""
    query = _query(work, wanted)
    if after is not None:
        query = query.where(InformationRequest.id < after)
    rows = work.session.scalars(query.limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    return Page(_lines(work, shown), shown[-1].id if len(rows) > PAGE else None)


def everything(work: Work, wanted: Wanted) -> Iterator[Line]:
    """Return the whole list, for a table."""
    after = None
    while True:
        page = listed(work, wanted, after)
        yield from page.lines
        if page.next is None:
            return
        after = page.next


def alike(work: Work, request: InformationRequest) -> list[InformationRequest]:
    """Return what others have asked the same agency in nearly the same words."""
    others = work.session.scalars(
        select(InformationRequest)
        .where(
            InformationRequest.agency_id == request.agency_id,
            InformationRequest.id != request.id,
            InformationRequest.applicant_id != request.applicant_id,
            InformationRequest.voided_on.is_(None),
        )
        .order_by(InformationRequest.id.desc())
        .limit(_COMPARED)
    )
    matcher = SequenceMatcher(b=request.subject, autojunk=False)
    found = []
    for other in others:
        matcher.set_seq1(other.subject)
        if matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
            found.append(other)
    return found


def soon(work: Work, agency: Organisation) -> date:
    """Return the last day on which a limit counts as one that ends soon."""
    days = settings.read(work.session, "inbox.soon", on=work.today, organisation=agency)
    calendar = calendar_of(work, agency)
    return calendar.add_working_days(work.today - timedelta(days=1), days + 1).date


def _query(work: Work, wanted: Wanted) -> Any:
    agencies = [agency.id for agency in agencies_of(work)]
    query = (
        select(InformationRequest)
        .where(InformationRequest.agency_id.in_(agencies), *_standing(work, wanted))
        .options(selectinload(InformationRequest.case))
        .order_by(InformationRequest.id.desc())
    )
    if wanted.code:
        query = query.where(InformationRequest.decision_code == wanted.code)
    if wanted.channel:
        query = query.where(InformationRequest.channel == wanted.channel)
    if wanted.year:
        first = date(wanted.year, 1, 1)
        last = date(wanted.year, 12, 31)
        query = query.where(InformationRequest.submitted_on.between(first, last))
    return query


def _standing(work: Work, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    is_open = and_(
        InformationRequest.closed_on.is_(None), InformationRequest.voided_on.is_(None)
    )
    irregular = exists().where(
        ClockEvent.request_id == InformationRequest.id, ClockEvent.irregular != ""
    )
    match wanted.standing:
        case "open":
            return [is_open]
        case "closed":
            return [InformationRequest.closed_on.is_not(None)]
        case "void":
            return [InformationRequest.voided_on.is_not(None)]
        case "overdue":
            late = _deadline(
                Deadline.state == DeadlineState.RUNNING, Deadline.due_on < work.today
            )
            return [is_open, late]
        case "soon":
            last = soon(work, agencies_of(work)[0])
            near = _deadline(
                Deadline.state == DeadlineState.RUNNING,
                Deadline.due_on.between(work.today, last),
            )
            return [is_open, near]
        case "paused":
            rests = _deadline(Deadline.state == DeadlineState.PAUSED)
            return [is_open, or_(rests, InformationRequest.received_on.is_(None))]
        case "irregular":
            return [irregular]
        case _:
            return []


def _deadline(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        and_(
            Deadline.case_id == InformationRequest.case_id,
            Deadline.process_key == PROCESS,
            Deadline.name == ANSWER,
            *conditions,
        )
    )


def _lines(work: Work, requests: Sequence[InformationRequest]) -> list[Line]:
    limits = {
        deadline.case_id: deadline
        for deadline in work.session.scalars(
            select(Deadline)
            .where(
                Deadline.case_id.in_([request.case_id for request in requests]),
                Deadline.process_key == PROCESS,
                Deadline.name == ANSWER,
            )
            .order_by(Deadline.round)
        )
    }
    marked = set(
        work.session.scalars(
            select(ClockEvent.request_id).where(
                ClockEvent.request_id.in_([request.id for request in requests]),
                ClockEvent.irregular != "",
            )
        )
    )
    return [
        Line(request, limits.get(request.case_id), request.id in marked)
        for request in requests
    ]
