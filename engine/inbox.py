"""A person's lists: in hand, to claim, done; one index range per subject, merged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from engine import deadlines, handovers, urging
from engine.actors import person_subject
from engine.work import Work
from models.handing import Handover
from models.people import Organisation
from models.workflow import (
    Case,
    Deadline,
    InboxEntry,
    Task,
    TaskKind,
)

#: Rows of one page.
PAGE = 50

#: Counts stop here: "1000+" is honest and costs nothing.
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Place:
    """Where a page of a list begins: after this date and task (keyset paging)."""

    due_on: date
    task_id: int


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    task: Task
    #: The nearest running deadline of the task or its case, else a paused one.
    deadline: Deadline | None
    #: How it came to whom it is with now, if a person handed it over.
    handover: Handover | None
    #: How often somebody asked for it.
    urged: int = 0


@dataclass(frozen=True)
class Page:
    """One page of a list and where the next one begins."""

    rows: list[Row]
    next: Place | None


def in_hand(work: Work, after: Place | None = None) -> Page:
    """待办: what the actor has claimed, nearest date first."""
    return _page(work, [person_subject(work.actor.required_person)], after)


def to_claim(work: Work, after: Place | None = None) -> Page:
    """待领: what the actor's candidate groups may claim, nearest date first."""
    return _page(work, _groups(work), after)


def count_in_hand(work: Work) -> int:
    """Return how many tasks the actor has, at most `MOST_COUNTED`."""
    return _count(work, [person_subject(work.actor.required_person)])


def count_to_claim(work: Work) -> int:
    """Return how many tasks the actor may claim, at most `MOST_COUNTED`."""
    return _count(work, _groups(work))


def done(work: Work, before: datetime | None = None) -> Sequence[Task]:
    """已办: what the actor has completed, newest first, before an instant."""
    query = (
        select(Task)
        .where(Task.completed_by == work.actor.required_person)
        .options(joinedload(Task.case), joinedload(Task.sender))
        .order_by(Task.completed_at.desc(), Task.id.desc())
        .limit(PAGE)
    )
    if before is not None:
        query = query.where(Task.completed_at < before)
    return work.session.scalars(query).all()


def neighbours(work: Work, task: Task) -> tuple[int, int, str | None, str | None]:
    """Return a task's place in 待办: its position, the total, and who stands
    before and after it (public ids), so that J and K keep the list's order.
    """
    rows = in_hand(work).rows
    ids = [row.task.public_id for row in rows]
    if task.public_id not in ids:
        return 0, len(ids), None, None
    at = ids.index(task.public_id)
    before = ids[at - 1] if at > 0 else None
    after = ids[at + 1] if at + 1 < len(ids) else None
    return at + 1, len(ids), before, after


def _groups(work: Work) -> list[str]:
    own = person_subject(work.actor.required_person)
    return [subject for subject in work.actor.subjects if subject != own]


def _page(work: Work, subjects: Iterable[str], after: Place | None) -> Page:
    branches = []
    for subject in subjects:
        branch = (
            select(InboxEntry.due_on, InboxEntry.task_id)
            .where(InboxEntry.subject == subject)
            .order_by(InboxEntry.due_on, InboxEntry.task_id)
            .limit(PAGE + 1)
        )
        if after is not None:
            branch = branch.where(
                tuple_(InboxEntry.due_on, InboxEntry.task_id)
                > (after.due_on, after.task_id)
            )
        inner = branch.subquery()
        branches.append(select(inner.c.due_on, inner.c.task_id))
    if not branches:
        return Page([], None)
    merged = union_all(*branches).subquery()
    keys = work.session.execute(
        select(merged.c.due_on, merged.c.task_id)
        .distinct()
        .order_by(merged.c.due_on, merged.c.task_id)
        .limit(PAGE + 1)
    ).all()
    following = Place(*keys[PAGE - 1]) if len(keys) > PAGE else None
    return Page(_rows(work, [key.task_id for key in keys[:PAGE]]), following)


def _rows(work: Work, task_ids: Sequence[int]) -> list[Row]:
    tasks = {
        task.id: task
        for task in work.session.scalars(
            select(Task)
            .where(Task.id.in_(task_ids))
            .options(
                joinedload(Task.case).joinedload(Case.agency),
                joinedload(Task.sender),
                joinedload(Task.organisation),
            )
        )
    }
    open_deadlines = work.session.scalars(
        select(Deadline).where(
            Deadline.case_id.in_({task.case_id for task in tasks.values()}),
            Deadline.state.in_(deadlines.RUNNING),
        )
    ).all()
    handed = handovers.newest(work, tasks.values())
    urged = urging.counts(work, tasks.values())
    return [
        Row(
            task,
            _nearest(task, open_deadlines),
            handed.get(task.id),
            urged.get(task.id, 0),
        )
        for task in (tasks[task_id] for task_id in task_ids)
    ]


def _nearest(task: Task, open_deadlines: Iterable[Deadline]) -> Deadline | None:
    step = task.about_id if task.kind == TaskKind.NOTICE else task.id
    own = [
        deadline
        for deadline in open_deadlines
        if deadline.case_id == task.case_id and deadline.task_id in (None, step)
    ]
    return deadlines.nearest_of(own)


def _count(work: Work, subjects: Sequence[str]) -> int:
    counted = 0
    for subject in subjects:
        capped = (
            select(InboxEntry.task_id)
            .where(InboxEntry.subject == subject)
            .limit(MOST_COUNTED)
            .subquery()
        )
        counted += work.session.scalar(select(func.count()).select_from(capped)) or 0
    return min(counted, MOST_COUNTED)


def organisation_name(work: Work) -> str:
    """Return the name of the actor's agency and section for the page's head."""
    if work.actor.organisation_id is None:
        return ""
    place = work.session.get_one(Organisation, work.actor.organisation_id)
    if place.agency_id is None:
        return place.short_name
    agency = work.session.get_one(Organisation, place.agency_id)
    return f"{agency.short_name}{place.short_name}"
