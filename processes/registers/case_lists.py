"""更正台账, 复议诉讼台账: an agency's cases by how they stand, page by page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from engine.authoring import NotAllowed, Work
from models.challenges import (
    CHALLENGE_RESULT_NAMES,
    CORRECTION_OUTCOME_NAMES,
    Challenge,
    RecordCorrection,
)
from models.people import Organisation, Role
from models.workflow import Deadline, DeadlineState
from processes.registers import challenges, record_corrections, request_list

#: How a case stands; every list names one.
STANDINGS: dict[str, str] = {
    "open": "在办",
    "overdue": "逾期",
    "soon": "快到期",
    "closed": "已办结",
    "all": "全部",
}

PAGE = 50

Row = TypeVar("Row", Challenge, RecordCorrection)


@dataclass(frozen=True, eq=False)
class Register(Generic[Row]):
    """What a list of one kind of cases is made of."""

    name: str
    table: type[Row]
    #: The limits that are watched, of the process whose cases these are.
    process: str
    limits: tuple[str, ...]
    #: The day that a year is taken from, the day it ended, and how.
    begun: InstrumentedAttribute[date]
    ended: InstrumentedAttribute[date | None]
    result: InstrumentedAttribute[str | None]
    result_names: Mapping[Any, str]
    readers: tuple[Role, ...] = field(default=request_list.READERS)


CORRECTIONS = Register(
    "更正台账",
    RecordCorrection,
    record_corrections.PROCESS,
    ("correct_record",),
    RecordCorrection.received_on,
    RecordCorrection.closed_on,
    RecordCorrection.outcome,
    CORRECTION_OUTCOME_NAMES,
)
#: A challenge is over once it is archived: what is lost has to be decided anew first.
CHALLENGES = Register(
    "复议诉讼台账",
    Challenge,
    challenges.PROCESS,
    ("ordinary_answer", "summary_answer", "lawsuit_answer", "redo"),
    Challenge.notified_on,
    Challenge.archived_on,
    Challenge.result,
    CHALLENGE_RESULT_NAMES,
    (*request_list.READERS, Role.LEGAL_REVIEWER),
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which cases are listed."""

    standing: str = "open"
    result: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Line(Generic[Row]):
    """One case, and the limit that runs in it."""

    row: Row
    deadline: Deadline | None


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Lines, and after which row the next page begins."""

    lines: list[Line[Row]]
    next: int | None


def reads(work: Work, register: Register[Any]) -> bool:
    """Tell whether the actor reads the register of some agency."""
    return any(held.role in register.readers for held in work.actor.roles)


def agencies_of(work: Work, register: Register[Any]) -> list[Organisation]:
    """Return the agencies whose register the actor reads.

    Raises:
        NotAllowed: there is none.
    """
    if not reads(work, register):
        msg = (
            f"{register.name}由政务公开经办人、政务公开机构负责人、单位负责人等查看，"
            "您不担任这些角色。"
        )
        raise NotAllowed(msg)
    ids = {held.agency_id for held in work.actor.roles if held.role in register.readers}
    found = select(Organisation).where(Organisation.id.in_(ids))
    return list(work.session.scalars(found.order_by(Organisation.code)))


def listed(
    work: Work, register: Register[Row], wanted: Wanted, after: int | None = None
) -> Page[Row]:
    """Return a page of a register, the newest first."""
    table = register.table
    agencies = [agency.id for agency in agencies_of(work, register)]
    query = (
        select(table)
        .where(table.agency_id.in_(agencies), *_conditions(work, register, wanted))
        .order_by(table.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(table.id < after)
    rows = work.session.scalars(query).all()
    limits = _limits(work, register, [row.case_id for row in rows])
    lines = [Line(row, limits.get(row.case_id)) for row in rows[:PAGE]]
    return Page(lines, rows[PAGE - 1].id if len(rows) > PAGE else None)


def everything(
    work: Work, register: Register[Row], wanted: Wanted
) -> Iterator[Line[Row]]:
    """Return the whole list, for a table."""
    after = None
    while True:
        page = listed(work, register, wanted, after)
        yield from page.lines
        if page.next is None:
            return
        after = page.next


def _conditions(
    work: Work, register: Register[Any], wanted: Wanted
) -> list[ColumnElement[bool]]:
    found = _standing(work, register, wanted.standing)
    if wanted.result:
        found.append(register.result == wanted.result)
    if wanted.year:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        found.append(register.begun.between(first, last))
    return found


def _standing(
    work: Work, register: Register[Any], standing: str
) -> list[ColumnElement[bool]]:
    match standing:
        case "open":
            return [register.ended.is_(None)]
        case "closed":
            return [register.ended.is_not(None)]
        case "overdue":
            return [_runs(register, Deadline.due_on < work.today)]
        case "soon":
            last = request_list.soon(work, agencies_of(work, register)[0])
            return [_runs(register, Deadline.due_on.between(work.today, last))]
        case _:
            return []


def _runs(register: Register[Any], due: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Deadline.case_id == register.table.case_id, *_running(register), due
    )


def _running(register: Register[Any]) -> tuple[ColumnElement[bool], ...]:
    return (
        Deadline.process_key == register.process,
        Deadline.name.in_(register.limits),
        Deadline.state == DeadlineState.RUNNING,
    )


def _limits(
    work: Work, register: Register[Any], case_ids: list[int]
) -> dict[int, Deadline]:
    rows = work.session.scalars(
        select(Deadline)
        .where(Deadline.case_id.in_(case_ids), *_running(register))
        .order_by(Deadline.due_on.desc())
    )
    # Where several run, the one that is due first stays.
    return {deadline.case_id: deadline for deadline in rows}
