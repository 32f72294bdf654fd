"""By when: deadlines of cases and tasks; when one moves, its timers move with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update

from engine import settings
from engine.calendar import Calendar
from engine.calendars import load_calendar
from engine.clock import end_of, start_of
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
    length, unit, rule = length_in_force(work, case, process, limit, length)
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


def put(
    work: Work,
    case: Case,
    deadline: Deadline,
    due_on: date | None,
    *,
    why: str,
    provisional: bool | None = None,
) -> None:
    """Put a running limit on a day, or let it rest without one.

    Its unfired timers and the lists follow in this transaction; a rung whose instant
    has passed by then fires once, stamped with that instant. A day that somebody sets
    is certain unless told otherwise.
    """
    due = None
    if due_on is not None:
        due = DueDate(due_on, end_of(due_on), provisional=bool(provisional))
    put_exactly(work, case, deadline, due, why=why)
    deadline.fixed = True


def put_exactly(
    work: Work, case: Case, deadline: Deadline, due: DueDate | None, *, why: str
) -> None:
    """Put a running limit on an instant, as `put` does on a day."""
    if deadline.state not in RUNNING:
        msg = f"deadline {deadline.id} has ended: {deadline.state}"
        raise ValueError(msg)
    calendar = calendar_of(work, case.agency)
    old, old_at = due_in_words(work, deadline), deadline.due_at
    before = deadline.due_on
    deadline.state = DeadlineState.RUNNING if due else DeadlineState.PAUSED
    deadline.due_on = due.due_on if due else None
    deadline.due_at = due.due_at if due else None
    deadline.provisional = due.provisional if due else False
    deadline.calendar_code = calendar.code
    deadline.calendar_version = calendar.version
    for timer in _open_timers(work, deadline):
        _put_timer(work, calendar, timer, due)
    work.session.flush()
    refresh_inbox(work, case)
    new = due_in_words(work, deadline)
    if (old, old_at) == (new, deadline.due_at):
        return
    work.record(
        case,
        "deadline_moved" if due else "deadline_paused",
        f"“{title_of(work, deadline)}”的期限从{old}改为{new}。{why}"
        if due
        else f"“{title_of(work, deadline)}”的期限暂停，原为{old}。{why}",
        data={
            "deadline": deadline.name,
            "old": str(before) if before else None,
            "new": str(due.due_on) if due else None,
        },
    )


def _put_timer(
    work: Work, calendar: Calendar, timer: Timer, due: DueDate | None
) -> None:
    at = rung_instant(calendar, due, int(timer.plan["offset"])) if due else None
    if at == timer.due_at:
        return
    timer.due_at = timer.next_attempt_at = at
    timer.attempts = 0
    if at is not None and at <= work.now:
        work.after_commit.append(work.engine.wake)


def due_in_words(work: Work, deadline: Deadline) -> str:
    """Return the last day of a limit as a sentence names it."""
    day = deadline.due_on
    if day is None:
        return "暂停"
    year = f"{day.year}年" if day.year != work.today.year else ""
    return f"{year}{day.month}月{day.day}日{'（暂定）' if deadline.provisional else ''}"


def title_of(work: Work, deadline: Deadline) -> str:
    """Return what a limit is called."""
    limits = work.engine.definitions.process(deadline.process_key).limits
    return limits[deadline.name].title if deadline.name in limits else deadline.name


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


@dataclass(frozen=True)
class PlannedRung:
    """A rung of the ladder in force for a deadline."""

    #: Its place in the ladder, from 0.
    number: int
    rung: Rung
    #: When it is reached; None while the deadline is paused.
    at: datetime | None


def ladder(
    work: Work, case: Case, limit: TimeLimit, deadline: Deadline
) -> list[PlannedRung]:
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
        return [PlannedRung(number, rung, None) for number, rung in enumerate(rungs)]
    due = DueDate(deadline.due_on, deadline.due_at, deadline.provisional)
    calendar = calendar_of(work, case.agency)
    # A fixed day has no day before it on which it began.
    fixed = deadline.unit == Unit.DATE
    begins = deadline.started_at if fixed else start_of(deadline.starts_on)
    planned = [
        PlannedRung(number, rung, rung_instant(calendar, due, rung.offset))
        for number, rung in enumerate(rungs)
    ]
    return [
        each
        for each in planned
        if each.rung.offset >= 0 or (each.at is not None and each.at > begins)
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


def nearest_of(open_deadlines: Iterable[Deadline]) -> Deadline | None:
    """Return the deadline to show first: the nearest; a paused one after all days."""
    return min(
        open_deadlines, key=lambda each: (each.due_on or NEVER, each.id), default=None
    )


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


def length_in_force(
    work: Work, case: Case, process: str, limit: TimeLimit, own: int | None = None
) -> tuple[int, Unit, str]:
    """Return the length of a limit and what gives it: the one case's own, the setting
    in force, or the process."""
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
