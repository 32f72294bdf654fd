"""What people do with tasks: open, claim, unclaim, save a draft, complete."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from engine import candidates, execution, handovers, timers
from engine.actors import group_subject, person_subject
from engine.clock import OFFICE_ZONE
from engine.errors import (
    NotAllowed,
    NotFound,
    TaskAlreadyClaimed,
    TaskAlreadyDone,
    TaskCancelled,
    TaskChanged,
)
from engine.forms import check_answers, name_in, stopped_by
from engine.process import Step
from engine.visibility import may_read
from engine.work import Work
from models.people import Person
from models.workflow import Case, Draft, Task, TaskKind, TaskStatus


def require_task(work: Work, public_id: str) -> Task:
    """Return a task that the actor has, may claim, or has completed.

    Raises:
        NotFound: there is none, or it is not the actor's to see.
    """
    task = work.session.scalars(
        select(Task).where(Task.public_id == public_id)
    ).one_or_none()
    if task is None or not _reaches(work, task):
        raise NotFound("这件待办")
    return task


def mark_opened(work: Work, task: Task) -> None:
    """Record that somebody who may take or has the task looked at it first."""
    if task.opened_at is not None or task.status not in _OPEN:
        return
    task.opened_at = work.now
    if task.kind == TaskKind.WORK:
        work.record(
            task.case,
            "task_opened",
            f"{work.actor.name}打开了“{task.name}”。",
            data={"task": task.public_id},
        )


def claim(work: Work, task: Task) -> Task:
    """Take a task into one's own hands; again by the same person changes nothing.

    Raises:
        TaskAlreadyClaimed: somebody else has it.
        TaskAlreadyDone: it is over.
        LimitExpired: the limit that ends it has passed.
        MakerIsChecker: an earlier step of the same document is the actor's own.
        NotAllowed: the actor is not a candidate.
    """
    person = work.actor.required_person
    hold_open(work, task)
    if task.assignee_id == person:
        return task
    if task.assignee_id is not None:
        raise TaskAlreadyClaimed(_name(work, task.assignee_id), _at(task.claimed_at))
    timers.refuse_expired(work, task)
    if not candidates.is_candidate(work, task, person):
        msg = "您不在这一步的办理人之列，不能领取。"
        raise NotAllowed(msg)
    if task.kind == TaskKind.WORK:
        _refuse_maker(work, task)
    task.status, task.assignee_id = TaskStatus.CLAIMED, person
    task.claimed_at = work.now
    task.opened_at = task.opened_at or work.now
    task.without_candidate = False
    task.revision += 1
    execution.list_task(work, task)
    if task.kind == TaskKind.WORK:
        work.record(
            task.case,
            "task_claimed",
            f"{work.actor.name}领取了“{task.name}”。",
            data={"task": task.public_id},
        )
    return task


def unclaim(work: Work, task: Task) -> Task:
    """Give a task back to its candidate group.

    Raises:
        TaskAlreadyDone: it is over.
        NotAllowed: it is not in the actor's hands.
    """
    hold_open(work, task)
    _require_assignee(work, task)
    refuse_delegated(work, task)
    task.status, task.assignee_id, task.claimed_at = TaskStatus.READY, None, None
    task.revision += 1
    execution.list_task(work, task)
    work.record(
        task.case,
        "task_unclaimed",
        f"{work.actor.name}退领了“{task.name}”。",
        data={"task": task.public_id},
    )
    return task


def save_draft(work: Work, task: Task, answers: Mapping[str, Any]) -> Draft:
    """Keep what the actor has typed for a task, on every device.

    Raises:
        TaskAlreadyDone: it is over, and what was typed with it.
        NotAllowed: it is a notice, which asks for no answers.
    """
    person = work.actor.required_person
    _refuse_notice(task)
    # A page saves by itself, and may do so while its own submission is under way.
    hold_open(work, task)
    draft = work.session.get(Draft, (task.id, person))
    if draft is None:
        draft = Draft(task_id=task.id, person_id=person)
        work.session.add(draft)
    draft.answers = dict(answers)
    draft.saved_at = work.now
    _name_case(work, task, answers)
    work.session.flush()
    return draft


def _name_case(work: Work, task: Task, answers: Mapping[str, Any]) -> None:
    """Call a case that has taken no step yet what its first draft calls it."""
    process = work.engine.definitions.process(task.process_key)
    form = process.forms[task.element]
    # What must not be here may stand in its name as well.
    stopped = stopped_by(form, answers)
    name = process.texts.title if stopped else name_in(form, answers)
    first = all(t.status != TaskStatus.DONE for t in of_case(work, task.case))
    if name and first and task.assignee_id == work.actor.person_id:
        task.case.title = name[:300]


def draft_of(work: Work, task: Task) -> Draft | None:
    """Return what the actor has typed for a task."""
    return work.session.get(Draft, (task.id, work.actor.required_person))


def complete(
    work: Work, task: Task, *, revision: int, answers: Mapping[str, Any]
) -> Task:
    """Finish a task with the answers of its form and move the case on.

    `revision` is the task's as the person saw it: a stale page cannot act on a
    changed task.

    Raises:
        TaskAlreadyDone, TaskChanged: somebody was faster.
        LimitExpired: the limit that ends the step has passed.
        NotAllowed: the task is not in the actor's hands, or the role is gone.
        MakerIsChecker: an earlier step of the same document is the actor's own.
        InvalidAnswers: by field.
    """
    _refuse_notice(task)
    hold_open(work, task)
    if task.revision != revision:
        raise TaskChanged
    refuse_delegated(work, task)
    _require_assignee(work, task)
    timers.refuse_expired(work, task)
    if not candidates.is_candidate(work, task, work.actor.required_person):
        msg = f"您已不再担任这一步要求的角色，不能办理“{task.name}”。"
        raise NotAllowed(msg)
    run = execution.load(work, task.case)
    candidates.refuse_maker(work, task, execution.separated_from(work, task))
    return _finish(work, run, task, answers)


def complete_from_outside(
    work: Work, task: Task, *, answers: Mapping[str, Any]
) -> Task:
    """Finish a task whose work somebody outside of the office has done: what a person
    of the office waits for has come by itself.

    Raises:
        TaskAlreadyDone: somebody was faster.
        NotAllowed: a person of the office acts; people complete their own tasks.
        InvalidAnswers: by field.
    """
    if work.actor.person_id is not None:
        msg = "这一步由领取的人办理。"
        raise NotAllowed(msg)
    hold_open(work, task)
    return _finish(work, execution.load(work, task.case), task, answers)


def _finish(
    work: Work, run: execution.Run, task: Task, answers: Mapping[str, Any]
) -> Task:
    process = run.owner(task.element)
    texts = process.texts.step(task.element)
    values = check_answers(process.forms[task.element], texts, answers)
    token = next(
        t for t in run.running.waiting_for_people() if t.id == task.engine_task_id
    )
    step = Step(work, task.case, process, task.element, token.data, task)
    task.outcome = values.get("outcome")
    task.opinion = values.get("opinion") or ""
    facts = process.actions[task.element](step, values) or {}
    _close_done(work, task)
    told = texts.told.get(task.outcome or "", f"办理了“{task.name}”。")
    work.record(
        task.case,
        "task_completed",
        step.told or f"{work.actor.name}{told}",
        quotation=task.opinion,
        data={
            "task": task.public_id,
            "element": task.element,
            "outcome": task.outcome,
            "reason": task.reason,
        },
    )
    run.running.complete(token.id, facts)
    execution.advance(run)
    return task


def acknowledge(work: Work, notice: Task) -> Task:
    """Confirm that one has read a notice; the case is not touched.

    Raises:
        TaskAlreadyDone: it is over.
        NotAllowed: it is work and no notice.
    """
    if notice.kind != TaskKind.NOTICE:
        msg = "这是要办理的任务，不是提醒。"
        raise NotAllowed(msg)
    claim(work, notice)
    _close_done(work, notice)
    work.record(
        notice.case,
        "notice_acknowledged",
        f"{work.actor.name}阅知了对“{notice.name}”的提醒。",
        data={"task": notice.public_id},
    )
    return notice


def of_case(work: Work, case: Case) -> Sequence[Task]:
    """Return the work of a case, in the order it arose; notices left out."""
    return work.session.scalars(
        select(Task)
        .where(Task.case_id == case.id, Task.kind == TaskKind.WORK)
        .order_by(Task.id)
    ).all()


_OPEN = (TaskStatus.READY, TaskStatus.CLAIMED)


def hold_open(work: Work, task: Task) -> None:
    """Wait for other acts on the same case, then see the task as they left it.

    Raises:
        TaskAlreadyDone: it is over by now.
    """
    execution.hold(work, task.case)
    work.session.refresh(task)
    _refuse_closed(work, task)


def refuse_delegated(work: Work, task: Task) -> None:
    """Refuse what only the owner of a task does, and while nobody works on it for him.

    Raises:
        NotAllowed: with the name of whose turn it is.
    """
    lent = handovers.delegation(work, task)
    if lent is None:
        return
    if lent.receiver_id == work.actor.person_id:
        msg = f"“{task.name}”由{lent.giver.name}负责。写好以后交回，不能直接办理。"
    else:
        msg = f"“{task.name}”已委派给{lent.receiver.name}。等交回，或者先收回，再办理。"
    raise NotAllowed(msg)


def _refuse_notice(task: Task) -> None:
    if task.kind != TaskKind.WORK:
        msg = "这是提醒，看过点“知道了”就行，不用办理。"
        raise NotAllowed(msg)


def _close_done(work: Work, task: Task) -> None:
    task.completed_at = work.now
    task.completed_by = work.actor.person_id
    execution.close_task(work, task, TaskStatus.DONE)
    work.session.execute(delete(Draft).where(Draft.task_id == task.id))


def _reaches(work: Work, task: Task) -> bool:
    person = work.actor.person_id
    if person is None or task.case.root_id != work.actor.root_id:
        return False
    if person in (
        task.assignee_id,
        task.completed_by,
        handovers.delegate(work, task),
    ):
        # Work is left behind when one moves to another agency; a notice is not.
        return task.kind == TaskKind.NOTICE or may_read(work, task.case)
    group = group_subject(task.role, task.organisation_id)
    return group in work.actor.subjects or person_subject(person) == group


def _refuse_closed(work: Work, task: Task) -> None:
    if task.status not in _OPEN:
        if task.message and task.kind == TaskKind.WORK:
            raise TaskCancelled(task.name, task.message, _at(task.completed_at))
        by = _name(work, task.completed_by) if task.completed_by else "系统"
        raise TaskAlreadyDone(by, _at(task.completed_at))


def _require_assignee(work: Work, task: Task) -> None:
    if task.assignee_id is None:
        msg = f"“{task.name}”还没有领取，先领取再办理。"
        raise NotAllowed(msg)
    if task.assignee_id != work.actor.required_person:
        raise TaskAlreadyClaimed(_name(work, task.assignee_id), _at(task.claimed_at))


def _refuse_maker(work: Work, task: Task) -> None:
    candidates.refuse_maker(work, task, execution.separated_from(work, task))


def _name(work: Work, person_id: int) -> str:
    return work.session.get_one(Person, person_id).name


def _at(instant: Any) -> Any:
    return instant.astimezone(OFFICE_ZONE)
