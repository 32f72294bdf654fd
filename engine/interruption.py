"""What ends steps before anybody has done them: an event, or the end of the case.

A diagram says by an interrupting message event on the border of an activity what
such an event ends, and how the case goes on. Who may report it is not decided here.
"""

from collections.abc import Sequence

from sqlalchemy import select

from engine import execution, timers
from engine.errors import Conflict
from engine.work import Work
from models.workflow import Case, CaseStatus, Task, TaskKind, TaskStatus, Timer

_OPEN = (TaskStatus.READY, TaskStatus.CLAIMED)


def interrupt(work: Work, case: Case, event: str, why: str) -> None:
    """Let what a message event waits for have happened: what it guards ends at once.

    `why` is told in the history, and to whoever still has one of the steps open.

    Raises:
        Conflict: nothing waits for it any more.
    """
    execution.hold(work, case)
    _let_expire(work, case)
    before = _open_work(work, case)
    run = execution.load(work, case)
    if case.status != CaseStatus.OPEN or not run.running.interrupt(event):
        msg = "没有办理：这一事项已经办到后面的步骤，看一下现在办到哪里。"
        raise Conflict(msg)
    _say(work, case, before, why)
    execution.advance(run)


def close(work: Work, case: Case, why: str) -> None:
    """End a case that nobody needs any more, wherever it stands."""
    execution.hold(work, case)
    if case.status != CaseStatus.OPEN:
        return
    before = _open_work(work, case)
    run = execution.load(work, case)
    run.running.cancel()
    _say(work, case, before, why)
    execution.end(run, CaseStatus.CANCELLED)
    execution.advance(run)


def _let_expire(work: Work, case: Case) -> None:
    """Fire what has ended a step already, though the job has not come to it yet."""
    due = select(Timer.id).where(
        Timer.case_id == case.id,
        Timer.rung == execution.EXPIRY,
        Timer.fired_at.is_(None),
        Timer.cancelled_at.is_(None),
        Timer.due_at <= work.now,
    )
    for timer_id in work.session.scalars(due.order_by(Timer.due_at)).all():
        timers.fire(work, timer_id)


def _open_work(work: Work, case: Case) -> Sequence[Task]:
    return work.session.scalars(
        select(Task)
        .where(
            Task.case_id == case.id,
            Task.kind == TaskKind.WORK,
            Task.status.in_(_OPEN),
        )
        .order_by(Task.id)
    ).all()


def _say(work: Work, case: Case, ended: Sequence[Task], why: str) -> None:
    for task in ended:
        task.message = f"{why}。"
    names = "、".join(dict.fromkeys(f"“{task.name}”" for task in ended))
    steps = f"，{names}不再办理" if names else ""
    work.record(
        case,
        "steps_ended",
        f"{why}{steps}。",
        data={"tasks": [task.public_id for task in ended]},
    )
