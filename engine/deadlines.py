"""By when: deadlines of cases and tasks; when one moves, its timers move with it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update

from engine import settings
from engine.calendar import Calendar
from engine.calendars import load_calendar
from engine.clock import start_of
from engine.time_limits import (
    UNIT_NAMES,
    DueDate,
    Rung,
    TimeLimit,
    Unit,
    due_date,
    rung_instant,
    rungs_from,
)
from engine.work import Work
from models.people import Organisation
from models.workflow import (
    Case,
    Deadline,
    DeadlineState,
    InboxEntry,
    Task,
    TaskKind,
    TaskStatus,
    Timer,
)

#: Where a task without any limit stands in a list sorted by date.
NEVER = date(9999, 12, 31)

RUNNING = (DeadlineState.RUNNING, DeadlineState.PAUSED)


def start(
    work: Work,
    case: Case,
    limit: TimeLimit,
    *,
    process: str,
    task: Task | None = None,
    starts_on: date | None = None,
    length: int | None = None,
) -> Deadline:
    """Begin a limit of a case or of one task, with the length in force today.

    `process` is the key of the process that declares the limit. A task is listed
    after its limits have begun, a case's tasks are listed anew here. `starts_on` is the
    day of the triggering event, today if not given; for a fixed date it is the last
    day itself. `length` is given where people set it for this one case.
    """
    length, unit, rule = _length(work, case, process, limit, length)
    calendar = calendar_of(work, case.agency)
    begins = starts_on or work.today
    due = due_date(
        calendar,
        started_at=work.now,
        starts_on=begins,
        length=length,
        unit=unit,
    )
    earlier = work.session.scalars(
        select(Deadline).where(
            Deadline.case_id == case.id,
            Deadline.process_key == process,
            Deadline.name == limit.name,
        )
    ).all()
    deadline = Deadline(
        case_id=case.id,
        task_id=task.id if task else None,
        process_key=process,
        name=limit.name,
        round=len(earlier) + 1,
        length=length,
        unit=unit,
        starts_on=begins,
        started_at=work.now,
        due_on=due.due_on,
        due_at=due.due_at,
        provisional=due.provisional,
        calendar_code=calendar.code,
        calendar_version=calendar.version,
        rule_version=rule,
    )
    work.session.add(deadline)
    work.session.flush()
    if task is None:
        refresh_inbox(work, case)
    return deadline


def move(work: Work, case: Case, deadline: Deadline, due_on: date, why: str) -> None:
    """Put a deadline on another day; its unfired timers follow in this transaction."""
    calendar = calendar_of(work, case.agency)
    old = deadline.due_on
    due = due_date(
        calendar, started_at=work.now, starts_on=due_on, length=0, unit=Unit.DATE
    )
    deadline.due_on, deadline.due_at = due.due_on, due.due_at
    deadline.provisional = due.provisional
    deadline.calendar_version = calendar.version
    for timer in _open_timers(work, deadline):
        at = rung_instant(calendar, due, int(timer.plan["offset"]))
        timer.due_at = timer.next_attempt_at = at
        timer.attempts = 0
    work.session.flush()
    refresh_inbox(work, case)
    work.record(
        case,
        "deadline_moved",
        f"期限从{_day(old)}改为{_day(due_on)}。{why}",
        data={"deadline": deadline.name, "old": str(old), "new": str(due_on)},
    )


def end(work: Work, deadline: Deadline, state: DeadlineState) -> None:
    """Close a deadline as met or void; what has not fired never will."""
    deadline.state = state
    deadline.ended_at = work.now
    for timer in _open_timers(work, deadline):
        timer.cancelled_at = work.now
    work.session.flush()


def end_of_task(
    work: Work, task: Task, state: DeadlineState, *, name: str | None = None
) -> None:
    """Close the limits of a task that is over, or the one of a name."""
    for deadline in work.session.scalars(
        select(Deadline).where(Deadline.task_id == task.id, Deadline.state.in_(RUNNING))
    ).all():
        if name in (None, deadline.name):
            end(work, deadline, state)


def running(
    work: Work, case: Case, process: str, name: str, task: Task | None = None
) -> Deadline | None:
    """Return the newest running deadline of a process's limit, of the task or of the
    case."""
    return work.session.scalars(
        select(Deadline)
        .where(
            Deadline.case_id == case.id,
            Deadline.process_key == process,
            Deadline.name == name,
            Deadline.state.in_(RUNNING),
            Deadline.task_id == task.id if task else Deadline.task_id.is_(None),
        )
        .order_by(Deadline.round.desc())
        .limit(1)
    ).first()


def of_case(work: Work, case: Case) -> Sequence[Deadline]:
    """Return all limits that a case has had, in the order they began."""
    return work.session.scalars(
        select(Deadline).where(Deadline.case_id == case.id).order_by(Deadline.id)
    ).all()


def ladder(
    work: Work, case: Case, limit: TimeLimit, deadline: Deadline
) -> list[tuple[Rung, datetime]]:
    """Return the rungs in force for a deadline and when each is reached.

    Rungs that lie before the limit began (a one-day limit reminding a day before)
    are reached at once only if they are the expiry or later.
    """
    content = settings.read(
        work.session,
        f"ladder.{deadline.process_key}.{limit.name}",
        on=work.today,
        organisation=case.agency,
    )
    rungs = rungs_from(content) if content is not None else limit.rungs
    if deadline.due_on is None or deadline.due_at is None:
        return []
    due = DueDate(deadline.due_on, deadline.due_at, deadline.provisional)
    calendar = calendar_of(work, case.agency)
    planned = [(rung, rung_instant(calendar, due, rung.offset)) for rung in rungs]
    return [
        (rung, instant)
        for rung, instant in planned
        if rung.offset >= 0 or instant > start_of(deadline.starts_on)
    ]


def refresh_inbox(work: Work, case: Case) -> None:
    """Put the open tasks of a case under their nearest date in every list."""
    for task in work.session.scalars(
        select(Task).where(
            Task.case_id == case.id,
            Task.status.in_((TaskStatus.READY, TaskStatus.CLAIMED)),
        )
    ):
        work.session.execute(
            update(InboxEntry)
            .where(InboxEntry.task_id == task.id)
            .values(due_on=nearest(work, task))
        )


def nearest(work: Work, task: Task) -> date:
    """Return the nearest last day among a task's limit and its case's limits.

    A notice stands under the limit of the step that it tells of.
    """
    concerned = task.about_id if task.kind == TaskKind.NOTICE else task.id
    days = work.session.scalars(
        select(Deadline.due_on).where(
            Deadline.case_id == task.case_id,
            Deadline.state == DeadlineState.RUNNING,
            Deadline.due_on.is_not(None),
            Deadline.task_id.is_(None) | (Deadline.task_id == concerned),
        )
    ).all()
    return min((day for day in days if day), default=NEVER)


def calendar_of(work: Work, organisation: Organisation) -> Calendar:
    """Return the calendar whose working days count for an organisation."""
    return load_calendar(work.session, organisation.calendar_code)


def is_statutory(work: Work, deadline: Deadline) -> bool:
    """Tell whether a statute sets a limit, or the office itself."""
    limits = work.engine.definitions.process(deadline.process_key).limits
    return deadline.name in limits and limits[deadline.name].statutory


def in_words(length: int, unit: str) -> str:
    """Return a length as people say it, e.g. 3个工作日."""
    return f"{length}{UNIT_NAMES[Unit(unit)]}"


def _length(
    work: Work, case: Case, process: str, limit: TimeLimit, own: int | None
) -> tuple[int, Unit, str]:
    key = f"limit.{process}.{limit.name}"
    if own is not None:
        return own, limit.unit, f"{key}#case"
    row = settings.row_in_force(
        work.session, key, on=work.today, organisation=case.agency
    )
    if row is None:
        return limit.length, limit.unit, f"{key}#default"
    value = row.content["value"]
    length, unit = int(value["length"]), Unit(value["unit"])
    limit.refuse_length(length, unit)
    return length, unit, f"{key}#{row.id}"


def _open_timers(work: Work, deadline: Deadline) -> Sequence[Timer]:
    return work.session.scalars(
        select(Timer).where(
            Timer.deadline_id == deadline.id,
            Timer.fired_at.is_(None),
            Timer.cancelled_at.is_(None),
        )
    ).all()


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else "未定"
