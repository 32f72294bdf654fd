"""Limits that run are computed anew when the calendar or the rule behind them changes.

Each limit keeps the versions it was computed with, so that those left over are found
again after any interruption and none is computed twice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from engine import deadlines, execution, incidents
from engine.calendar import NATIONAL, Calendar
from engine.calendars import load_calendar, newest_source, proposed
from engine.clock import end_of
from engine.time_limits import DueDate, Unit, due_date
from engine.work import Engine, Work
from models.calendar import StoredCalendar
from models.workflow import OPEN_DEADLINE, Case, Deadline, DeadlineState

#: How many limits a preview loads at a time, and how many cases a look into the
#: database finds for the job.
_BATCH = 500
_CASES = 100

_ABOUT = "recomputation:"


@dataclass(frozen=True)
class Change:
    """A limit that runs, and the day that it would come to lie on."""

    case: Case
    deadline: Deadline
    title: str
    old: DueDate
    new: DueDate


def preview(work: Work, calendar: Calendar, *, year: int) -> list[Change]:
    """Return what a calendar with another year would change, of all limits that run.

    Only what ends in that year or later can move. Nothing is written.
    """
    query = _open_limits().where(
        Deadline.calendar_code == calendar.code,
        Deadline.due_on >= date(year, 1, 1),
    )
    with proposed(work.session, calendar):
        return list(_changes(work, query))


def preview_rule(
    work: Work, key: str, value: Any, *, root_id: int, agency_id: int | None = None
) -> list[Change]:
    """Return what another length of a limit would change: of a root, or one agency.

    `key` is the setting's, limit.<process>.<name>; `value` its length and unit. Limits
    that a process computes itself follow their own rules and are left out.
    """
    query = _of_rule(key).where(Case.root_id == root_id)
    if agency_id is not None:
        query = query.where(Case.agency_id == agency_id)
    length, unit = int(value["length"]), Unit(value["unit"])
    return [
        change
        for change in _changes(work, query, (length, unit))
        if not _own_way(work, change.deadline)
    ]


def apply(engine: Engine) -> int:
    """Compute anew every limit that was counted with an earlier calendar.

    One act per case: a run that is killed loses nothing and repeats nothing. Returns
    how many cases were gone through; one that cannot be is put before a person.
    """
    with engine.read() as work:
        stale = [
            (code, old, _why(work, code))
            for code in _codes(work)
            for old in _stale_versions(work, code)
        ]
    done = 0
    for code, old, why in stale:
        query = select(Deadline.case_id).where(
            OPEN_DEADLINE,
            Deadline.calendar_code == code,
            Deadline.calendar_version == old,
        )
        renew = partial(_renew, why=why)
        done += sum(
            _try(engine, case_id, renew) for case_id in _case_ids(engine, query)
        )
    return done


def apply_rule(engine: Engine, key: str) -> int:
    """Compute anew the running limits of a setting whose length has changed since.

    As `apply`; limits whose length was set for their one case keep it.
    """
    process, name = _named(key)
    query = select(Deadline.case_id).where(
        OPEN_DEADLINE, Deadline.process_key == process, Deadline.name == name
    )
    renew = partial(_renew_rule, key=key)
    return sum(_try(engine, case_id, renew) for case_id in _case_ids(engine, query))


def _case_ids(engine: Engine, query: Select[int]) -> Iterator[int]:
    last = 0
    while True:
        with engine.read() as work:
            found = work.session.scalars(
                query.where(Deadline.case_id > last)
                .distinct()
                .order_by(Deadline.case_id)
                .limit(_CASES)
            ).all()
        if not found:
            return
        yield from found
        last = found[-1]


def _try(engine: Engine, case_id: int, act: Callable[[Work, Case], bool]) -> bool:
    try:
        with engine.work() as work:
            case = work.session.get_one(Case, case_id)
            execution.hold(work, case)
            renewed = act(work, case)
            for incident in incidents.open_about(work, f"{_ABOUT}{case_id}"):
                if incident.case_id == case_id:
                    incidents.settle(work, incident)
            return renewed
    except Exception:  # noqa: BLE001 (one broken case must not stop the others)
        with engine.work() as work:
            case = work.session.get_one(Case, case_id)
            message = f"{case.number}的期限没有按新的日历或者规则重算。"
            incidents.report(
                work, case.root_id, message, about=f"{_ABOUT}{case_id}", case=case
            )
        return False


def _renew(work: Work, case: Case, why: str) -> bool:
    """Compute a case's limits over its agency's calendar, those that are behind it."""
    calendar = deadlines.calendar_of(work, case.agency)
    behind = [
        deadline
        for deadline in _open_of(work, case)
        if deadline.calendar_version != calendar.version
    ]
    for deadline in behind:
        due = _computed(work, case, deadline)
        deadlines.put_exactly(work, case, deadline, due, why=why)
    return bool(behind)


def _renew_rule(work: Work, case: Case, key: str) -> bool:
    process_key, name = _named(key)
    limit = work.engine.definitions.process(process_key).limits[name]
    length, unit, rule = deadlines.length_in_force(work, case, process_key, limit)
    behind = [
        deadline
        for deadline in _open_of(work, case)
        if (deadline.process_key, deadline.name) == (process_key, name)
        and deadline.rule_version not in (rule, f"{key}#case")
    ]
    for deadline in behind:
        before = deadlines.in_words(deadline.length, deadline.unit)
        deadline.length, deadline.unit, deadline.rule_version = length, unit, rule
        why = f"时限由{before}改为{deadlines.in_words(length, unit)}，重新计算。"
        due = _computed(work, case, deadline)
        deadlines.put_exactly(work, case, deadline, due, why=why)
    return bool(behind)


def _changes(
    work: Work,
    query: Select[Deadline],
    rule: tuple[int, Unit] | None = None,
) -> Iterator[Change]:
    for deadline in work.session.scalars(query.execution_options(yield_per=_BATCH)):
        old = _standing(deadline)
        new = _computed(work, deadline.case, deadline, rule)
        if old is not None and new is not None and old != new:
            title = deadlines.title_of(work, deadline)
            yield Change(deadline.case, deadline, title, old, new)


def _computed(
    work: Work,
    case: Case,
    deadline: Deadline,
    rule: tuple[int, Unit] | None = None,
) -> DueDate | None:
    """Return when a limit ends over the calendar in force; None while it is paused."""
    process = work.engine.definitions.process(deadline.process_key)
    own_way = process.recompute.get(deadline.name)
    if own_way is not None:
        day = own_way(work, case, deadline)
        return DueDate(day.date, end_of(day.date), day.provisional) if day else None
    if deadline.fixed or deadline.state == DeadlineState.PAUSED:
        return _standing(deadline)
    length, unit = rule or (deadline.length, Unit(deadline.unit))
    return due_date(
        deadlines.calendar_of(work, case.agency),
        started_at=deadline.started_at,
        starts_on=deadline.starts_on,
        length=length,
        unit=unit,
    )


def _own_way(work: Work, deadline: Deadline) -> bool:
    process = work.engine.definitions.process(deadline.process_key)
    return deadline.name in process.recompute


def _standing(deadline: Deadline) -> DueDate | None:
    if deadline.due_on is None or deadline.due_at is None:
        return None
    return DueDate(deadline.due_on, deadline.due_at, deadline.provisional)


def _open_limits() -> Select[Deadline]:
    return (
        select(Deadline)
        .join(Deadline.case)
        .where(OPEN_DEADLINE)
        .options(contains_eager(Deadline.case).joinedload(Case.agency))
        .order_by(Deadline.due_on, Deadline.id)
    )


def _of_rule(key: str) -> Select[Deadline]:
    process, name = _named(key)
    return _open_limits().where(
        Deadline.process_key == process,
        Deadline.name == name,
        Deadline.rule_version != f"{key}#case",
    )


def _named(key: str) -> tuple[str, str]:
    _, process, name = key.split(".", 2)
    return process, name


def _open_of(work: Work, case: Case) -> Sequence[Deadline]:
    return [
        deadline
        for deadline in deadlines.of_case(work, case)
        if deadline.state in deadlines.RUNNING
    ]


def _codes(work: Work) -> list[str]:
    stored = work.session.scalars(select(StoredCalendar.code))
    return sorted({NATIONAL, *stored})


def _stale_versions(work: Work, code: str) -> list[str]:
    """Return the earlier versions that limits still run with; none, as a rule."""
    current = load_calendar(work.session, code).version
    known = select(Deadline.calendar_version).where(
        OPEN_DEADLINE, Deadline.calendar_code == code
    )
    found = [
        work.session.scalars(known.order_by(order).limit(1)).one_or_none()
        for order in (
            Deadline.calendar_version.asc(),
            Deadline.calendar_version.desc(),
        )
    ]
    # The first and the last in the index tell at once that there is nothing to do.
    if {*found} <= {current, None}:
        return []
    versions = work.session.scalars(known.distinct())
    return sorted(version for version in versions if version != current)


def _why(work: Work, code: str) -> str:
    source = newest_source(work.session, code)
    if source:
        return f"按“{source}”重新计算。"
    return f"放假日历更新为{load_calendar(work.session, code).version}，重新计算。"
