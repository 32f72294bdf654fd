"""Firing what is due: one rung at a time, each in its own transaction, once."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from engine import deadlines, execution, incidents, settings
from engine.clock import OFFICE_ZONE
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
    day = f"{deadline.due_on.month}月{deadline.due_on.day}日" if deadline.due_on else ""
    work.record(
        case,
        "limit_expired",
        f"“{what}”的期限{day}届满{missed}，转入下一步。",
        at=timer.due_at,
        data={"deadline": deadline.name, "element": timer.element},
    )


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
