"""Firing what is due: one rung at a time, each in its own transaction, once."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from engine import deadlines, execution, incidents, settings
from engine.clock import OFFICE_ZONE
from engine.errors import LimitExpired
from engine.work import Engine, Work
from models.workflow import (
    Case,
    CaseStatus,
    Deadline,
    DeadlineState,
    Task,
    TaskStatus,
    Timer,
)

#: How many due timers one round of the job takes.
BATCH = 50


def due(work: Work, limit: int = BATCH) -> Sequence[int]:
    """Return the keys of timers whose instant has come, oldest first.

    Never a window: a runner that slept for a week finds everything it missed.
    """
    return work.session.scalars(
        select(Timer.id)
        .where(
            Timer.fired_at.is_(None),
            Timer.cancelled_at.is_(None),
            Timer.next_attempt_at <= work.now,
        )
        .order_by(Timer.next_attempt_at, Timer.id)
        .limit(limit)
    ).all()


def fire_due(engine: Engine) -> int:
    """Fire all due timers; return how many fired."""
    fired = 0
    tried: set[int] = set()
    while True:
        with engine.read() as work:
            batch = due(work)
        # What was looked at in this round and is still there waits for the next.
        if tried.issuperset(batch):
            return fired
        for timer_id in batch:
            fired += _try_to_fire(engine, timer_id)
        tried.update(batch)


def _try_to_fire(engine: Engine, timer_id: int) -> bool:
    try:
        with engine.work() as work:
            return fire(work, timer_id)
    except Exception as failure:  # noqa: BLE001 (one broken case must not stop the sweep)
        with engine.work() as work:
            _postpone(work, timer_id, failure)
        return False


def fire(work: Work, timer_id: int) -> bool:
    """Fire one timer if it is still due; looked at again inside the transaction."""
    timer = work.session.get_one(Timer, timer_id)
    case = work.session.get_one(Case, timer.case_id)
    # The case before the timer, in the order in which people's acts take them.
    execution.hold(work, case)
    work.session.refresh(timer)
    if timer.fired_at or timer.cancelled_at or case.status != CaseStatus.OPEN:
        return False
    if timer.due_at is None or timer.due_at > work.now:
        return False
    run = execution.load(work, case)
    timer.fired_at = work.now
    run.timer = timer
    if timer.rung == execution.EXPIRY:
        _expire(work, case, timer)
    run.running.fire(timer.engine_task_id)
    execution.advance(run)
    return True


def refuse_expired(work: Work, task: Task) -> None:
    """Refuse to act on a step whose expiry is due: it ends the step, late or not.

    The case must be held, so that no expiry fires meanwhile. Of a round the expiry of
    any one ends it for all.

    Raises:
        LimitExpired: the job has only not come to it yet.
    """
    own = (
        select(Timer.engine_task_id)
        .join(Deadline, Timer.deadline_id == Deadline.id)
        .where(Deadline.task_id == task.id, Timer.rung == execution.EXPIRY)
    )
    due = work.session.execute(
        select(Timer, Deadline)
        .join(Deadline, Timer.deadline_id == Deadline.id)
        .where(
            Timer.case_id == task.case_id,
            Timer.engine_task_id.in_(own),
            Timer.rung == execution.EXPIRY,
            Timer.fired_at.is_(None),
            Timer.cancelled_at.is_(None),
            Timer.due_at <= work.now,
        )
        .order_by(Timer.due_at, Timer.id)
        .limit(1)
    ).first()
    if due is None:
        return
    timer, deadline = due
    # This act is rolled back, so the job is woken here and not after a commit.
    work.engine.wake()
    definition = execution.instance_of(work, task.case).definition
    event = work.engine.definitions.parsed(definition).elements[timer.element]
    raise LimitExpired(task.name, _last_day(deadline), event.name)


def _expire(work: Work, case: Case, timer: Timer) -> None:
    """Say that a limit has passed, and close it for all who did not keep it."""
    deadline = work.session.get_one(Deadline, timer.deadline_id)
    late = _late(work, timer)
    for task in late:
        deadlines.end_of_task(work, task, DeadlineState.EXPIRED, name=deadline.name)
    if late:
        places = "、".join(task.place.short_name for task in late)
        what, missed = late[0].name, f"，{places}没有办理"
    else:
        process = work.engine.definitions.process(deadline.process_key)
        what, missed = process.limits[deadline.name].title, ""
    work.record(
        case,
        "limit_expired",
        f"“{what}”的期限{_last_day(deadline)}届满{missed}，转入下一步。",
        at=timer.due_at,
        data={"deadline": deadline.name, "element": timer.element},
    )


def _last_day(deadline: Deadline) -> str:
    day = deadline.due_on
    return f"{day.month}月{day.day}日" if day else ""


def _late(work: Work, timer: Timer) -> Sequence[Task]:
    """Return the steps that a timer ends: one person's, or several organisations'."""
    return work.session.scalars(
        select(Task)
        .join(Deadline, Deadline.task_id == Task.id)
        .join(Timer, Timer.deadline_id == Deadline.id)
        .where(
            Timer.engine_task_id == timer.engine_task_id,
            Task.status.in_((TaskStatus.READY, TaskStatus.CLAIMED)),
        )
        .distinct()
        .order_by(Task.id)
    ).all()


def _postpone(work: Work, timer_id: int, failure: Exception) -> None:
    timer = work.session.get_one(Timer, timer_id)
    case = work.session.get_one(Case, timer.case_id)
    waits = settings.read(
        work.session, "jobs.retry_minutes", on=work.today, root_id=case.root_id
    )
    timer.attempts += 1
    if timer.attempts <= len(waits):
        wait = timedelta(minutes=waits[timer.attempts - 1])
        timer.next_attempt_at = work.now + wait
        return
    timer.next_attempt_at = None
    due_at = timer.due_at.astimezone(OFFICE_ZONE) if timer.due_at else None
    incidents.open_incident(
        work,
        case,
        f"{case.number}的定时提醒没有执行，原定{due_at:%Y-%m-%d %H:%M}。",
        failure,
        timer_id=timer.id,
    )
