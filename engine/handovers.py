"""Who handed a task to whom, for lists and pages; `engine.handing` has the verbs."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine.work import Work
from models.handing import Handover, HandoverKind
from models.workflow import Task, TaskStatus


def delegation(work: Work, task: Task) -> Handover | None:
    """Return the delegation under which a task is with somebody else now."""
    return work.session.scalars(
        select(Handover).where(
            Handover.task_id == task.id,
            Handover.kind == HandoverKind.DELEGATED,
            Handover.ended_at.is_(None),
        )
    ).one_or_none()


def delegate(work: Work, task: Task) -> int | None:
    """Return who works on a task for its owner; nobody while it is not delegated."""
    lent = delegation(work, task) if task.status == TaskStatus.CLAIMED else None
    return lent.receiver_id if lent else None


def end_delegation(work: Work, task: Task) -> Handover | None:
    """End a task's delegation, if it has one: given back, taken back or without
    object."""
    lent = delegation(work, task)
    if lent is not None:
        lent.ended_at, lent.ended_by = work.now, work.actor.person_id
        work.session.flush()
    return lent


def newest(work: Work, tasks: Collection[Task]) -> dict[int, Handover]:
    """Return by task the handing that says how it came to where it is now: the open
    delegation, else how its assignee got it, else what came back to him."""
    found: dict[int, Handover] = {}
    rows = work.session.scalars(
        select(Handover)
        .where(Handover.task_id.in_({task.id for task in tasks}))
        .options(joinedload(Handover.giver), joinedload(Handover.receiver))
        .order_by(Handover.id)
    )
    assignees = {task.id: task.assignee_id for task in tasks}
    for row in rows:
        has_it = assignees[row.task_id]
        lent = row.kind == HandoverKind.DELEGATED
        if has_it == (row.giver_id if lent else row.receiver_id):
            found[row.task_id] = row
    return found
