"""转办, 委派 and 交回: a task goes from person to person; its limits stay as they are.

转办 moves the task. Who has it may give it to another holder of the same role in the
same organisation; so may the head of that section or of the agency, also while nobody
has claimed it. 委派 lends it: the owner stays responsible, keeps it in 待办 and is the
only one who completes it; the delegate fills in the form and gives it back. A delegate
needs no role but a post in the same agency. In a case that is a 工作秘密 or holds
personal data only somebody who may read it already can be the delegate; elsewhere the
delegate becomes a reader.

Neither goes to somebody who has done what this step checks. Who gave back what was
delegated has worked on the step: for all later checks it is the deed of both.
"""

from typing import Any

from sqlalchemy import delete as remove
from sqlalchemy import select

from engine import candidates, execution, handovers, tasks, timers, visibility
from engine.actors import in_force, person_subject
from engine.errors import (
    InvalidAnswers,
    MakerIsChecker,
    NotAllowed,
    NotFound,
    TaskChanged,
)
from engine.work import Work
from models.handing import Handover, HandoverKind
from models.people import Organisation, Person
from models.workflow import Draft, InboxEntry, Task, TaskKind, TaskStatus

#: Why a person hands something over, at most so many characters.
LONGEST_REASON = 300


def require_handable(work: Work, public_id: str) -> Task:
    """Return a task that the actor may open, or leads the organisation of.

    Raises:
        NotFound: there is none, or it is not the actor's to see.
    """
    task = work.session.scalars(
        select(Task).where(Task.public_id == public_id, Task.kind == TaskKind.WORK)
    ).one_or_none()
    led = (
        task is not None
        and candidates.leads(work, task.organisation)
        and visibility.may_read(work, task.case)
    )
    if task is None or not led:
        return tasks.require_task(work, public_id)
    return task


def may_reassign(work: Work, task: Task) -> bool:
    """Tell whether the actor may give a task to somebody else of its group."""
    return task.kind == TaskKind.WORK and (
        task.assignee_id == work.actor.person_id
        or candidates.leads(work, task.organisation)
    )


def receivers(work: Work, task: Task) -> list[Person]:
    """Return to whom a task may be given: its group, without who has it and who made
    what it checks."""
    made = _makers(work, task)
    return [
        person
        for person in candidates.holders(work, task.role, task.organisation_id)
        if person.id not in made and person.id != task.assignee_id
    ]


def delegates(work: Work, task: Task) -> list[Person]:
    """Return who could work on a task for its owner: the people of the agency, and of
    those only who may read it already where the case is restricted."""
    made = _makers(work, task)
    known = (
        visibility.people_who_read(work, task.case)
        if visibility.is_restricted(task.case.label)
        else None
    )
    return [
        person
        for person in candidates.colleagues(work, {task.place.agency})
        if person.id not in made
        and person.id != task.assignee_id
        and (known is None or person.id in known)
    ]


def reassign(work: Work, task: Task, to: str, *, revision: int, reason: str) -> Task:
    """转办: give a task to somebody else of its group, by public id.

    Raises:
        TaskAlreadyDone, TaskChanged: somebody was faster.
        LimitExpired: the limit that ends the step has passed.
        NotAllowed: it is not the actor's to give.
        MakerIsChecker: the receiver has done what this step checks.
        InvalidAnswers: the receiver is not of the group, or no reason is given.
    """
    _hold(work, task, revision)
    if not may_reassign(work, task):
        msg = (
            f"“{task.name}”不在您手上，不能转办。要换人办，请现在的办理人"
            "或者本科室、本单位负责人转办。"
        )
        raise NotAllowed(msg)
    receiver = _receiver(work, task, to, reason)
    if receiver.id == task.assignee_id:
        raise InvalidAnswers({"to": [f"这件已经在{receiver.name}手上，另选一个人。"]})
    if not candidates.is_candidate(work, task, receiver.id):
        role = candidates.role_name(task)
        msg = (
            f"{receiver.name}不是{task.organisation.short_name}的{role}，不能办这一步。"
        )
        raise InvalidAnswers({"to": [msg]})
    told = _told_of_reassigning(work, task, receiver)
    lent = handovers.end_delegation(work, task)
    _withdraw_reminders(work, task, lent.receiver_id if lent else None)
    _withdraw_reminders(work, task, task.assignee_id)
    _keep(work, task, HandoverKind.REASSIGNED, receiver, reason)
    task.status, task.assignee_id = TaskStatus.CLAIMED, receiver.id
    task.claimed_at, task.opened_at = work.now, None
    task.without_candidate = False
    task.revision += 1
    execution.list_task(work, task)
    _record(work, task, "task_reassigned", told, reason, receiver)
    return task


def delegate(work: Work, task: Task, to: str, *, revision: int, reason: str) -> Task:
    """委派: let somebody else of the agency work on one's own task.

    What the owner has typed so far goes along.

    Raises:
        TaskAlreadyDone, TaskChanged: somebody was faster.
        LimitExpired: the limit that ends the step has passed.
        NotAllowed: it is not in the actor's hands, or delegated already.
        MakerIsChecker: the delegate has done what this step checks.
        InvalidAnswers: the delegate may not read it, or no reason is given.
    """
    _hold(work, task, revision)
    _require_owner(work, task, "委派")
    tasks.refuse_delegated(work, task)
    receiver = _receiver(work, task, to, reason)
    if receiver.id == task.assignee_id:
        raise InvalidAnswers({"to": ["这件在您自己手上，另选一个人。"]})
    if receiver.id not in {person.id for person in delegates(work, task)}:
        agency = work.session.get_one(Organisation, task.place.agency)
        msg = f"{receiver.name}不在{agency.short_name}，不能接受委派。"
        if visibility.is_restricted(task.case.label):
            msg = f"{receiver.name}不能查看这个事项，不能接受委派。"
        raise InvalidAnswers({"to": [msg]})
    _keep(work, task, HandoverKind.DELEGATED, receiver, reason)
    own = tasks.draft_of(work, task)
    _put_draft(work, task, receiver.id, own.answers if own else {})
    task.revision += 1
    _list_for_both(work, task, receiver.id)
    told = f"{work.actor.name}把“{task.name}”委派给{receiver.name}，仍由自己负责。"
    _record(work, task, "task_delegated", told, reason, receiver)
    return task


def give_back(work: Work, task: Task, *, revision: int, answer: str) -> Task:
    """交回: the delegate hands what was typed back to the owner, who completes it.

    Raises:
        TaskAlreadyDone, TaskChanged: somebody was faster.
        NotAllowed: it is not delegated to the actor.
        MakerIsChecker: the delegate has done meanwhile what this step checks.
        InvalidAnswers: what is said is too long.
    """
    _hold(work, task, revision)
    lent = _require_delegate(work, task)
    candidates.refuse_maker(work, task, execution.separated_from(work, task))
    if len(answer) > LONGEST_REASON:
        raise InvalidAnswers({"handover-answer": [_TOO_LONG]})
    typed = tasks.draft_of(work, task)
    if typed is not None:
        _put_draft(work, task, lent.giver_id, typed.answers)
    lent.answer = answer.strip()
    told = f"{work.actor.name}把“{task.name}”交回{lent.giver.name}。"
    _end(work, task, "task_given_back", told, lent.answer)
    return task


def take_back(work: Work, task: Task, *, revision: int) -> Task:
    """收回: the owner ends the delegation; what the delegate typed is dropped.

    Raises:
        TaskAlreadyDone, TaskChanged: somebody was faster.
        NotAllowed: it is not the actor's, or not delegated.
    """
    _hold(work, task, revision)
    _require_owner(work, task, "收回")
    lent = handovers.delegation(work, task)
    if lent is None:
        msg = f"“{task.name}”现在没有委派给别人，直接办理就行。"
        raise NotAllowed(msg)
    told = f"{work.actor.name}收回了委派给{lent.receiver.name}的“{task.name}”。"
    _end(work, task, "task_taken_back", told, "")
    return task


_TOO_LONG = f"最多写{LONGEST_REASON}个字，现在太长了。"


def _hold(work: Work, task: Task, revision: int) -> None:
    tasks.hold_open(work, task)
    if task.revision != revision:
        raise TaskChanged
    timers.refuse_expired(work, task)


def _require_owner(work: Work, task: Task, verb: str) -> None:
    if task.kind != TaskKind.WORK or task.assignee_id != work.actor.required_person:
        msg = f"“{task.name}”不在您手上，不能{verb}。"
        raise NotAllowed(msg)


def _require_delegate(work: Work, task: Task) -> Handover:
    lent = handovers.delegation(work, task)
    if lent is None or lent.receiver_id != work.actor.required_person:
        msg = f"“{task.name}”现在没有委派给您，不用交回。"
        raise NotAllowed(msg)
    return lent


def _receiver(work: Work, task: Task, to: str, reason: str) -> Person:
    """Return who is to get a task; refuse who must not, and a missing reason."""
    wrong: dict[str, list[str]] = {}
    if not reason.strip():
        wrong["reason"] = ["写明原因，接手的人看得到。"]
    elif len(reason) > LONGEST_REASON:
        wrong["reason"] = [_TOO_LONG]
    receiver = work.session.scalars(
        select(Person).where(
            Person.public_id == to,
            Person.root_id == work.actor.root_id,
            *in_force(Person, work.today),
        )
    ).one_or_none()
    if receiver is None:
        wrong["to"] = ["从名单里选一个人。"]
    if wrong or receiver is None:
        raise InvalidAnswers(wrong)
    own = _makers(work, task).get(receiver.id)
    if own is not None:
        raise MakerIsChecker(own, task.name, of=receiver.name)
    return receiver


def _makers(work: Work, task: Task) -> dict[int, str]:
    separated = execution.separated_from(work, task)
    return candidates.makers(work, task.case, separated)


def _told_of_reassigning(work: Work, task: Task, receiver: Person) -> str:
    who, what = work.actor.name, f"“{task.name}”"
    if task.assignee_id == work.actor.person_id:
        return f"{who}把{what}转办给{receiver.name}。"
    if task.assignee is None:
        return f"{who}把待领的{what}交给{receiver.name}办理。"
    return f"{who}把{what}由{task.assignee.name}转办给{receiver.name}。"


def _keep(
    work: Work, task: Task, kind: HandoverKind, receiver: Person, reason: str
) -> None:
    work.session.add(
        Handover(
            task_id=task.id,
            kind=kind,
            giver_id=work.actor.required_person,
            receiver_id=receiver.id,
            reason=reason.strip(),
            at=work.now,
        )
    )
    work.session.flush()


def _withdraw_reminders(work: Work, task: Task, person: int | None) -> None:
    """Take back what reminded one who had the task: nobody waits for him any more."""
    if person is None:
        return
    mine = select(Task).where(
        Task.about_id == task.id,
        Task.kind == TaskKind.NOTICE,
        Task.status == TaskStatus.CLAIMED,
        Task.assignee_id == person,
    )
    for notice in work.session.scalars(mine).all():
        execution.close_task(work, notice, TaskStatus.CANCELLED)


def _list_for_both(work: Work, task: Task, receiver: int) -> None:
    """Leave a task in its owner's list and put it into the delegate's as well."""
    execution.list_task(work, task)
    subject = person_subject(receiver)
    entry = select(InboxEntry).where(InboxEntry.task_id == task.id)
    due_on = work.session.scalars(entry).one().due_on
    work.session.add(InboxEntry(subject=subject, due_on=due_on, task_id=task.id))
    visibility.allow_reading(work, task.case, subject)


def _put_draft(work: Work, task: Task, person: int, answers: dict[str, Any]) -> None:
    draft = work.session.get(Draft, (task.id, person))
    if draft is None:
        draft = Draft(task_id=task.id, person_id=person)
        work.session.add(draft)
    draft.answers, draft.saved_at = dict(answers), work.now
    work.session.flush()


def _end(work: Work, task: Task, event: str, told: str, words: str) -> None:
    lent = handovers.end_delegation(work, task)
    if lent is None:
        raise NotFound("这件委派")
    _withdraw_reminders(work, task, lent.receiver_id)
    typed = remove(Draft).where(
        Draft.task_id == task.id, Draft.person_id == lent.receiver_id
    )
    work.session.execute(typed)
    task.revision += 1
    execution.list_task(work, task)
    _record(work, task, event, told, words, lent.receiver)


def _record(
    work: Work, task: Task, event: str, told: str, words: str, other: Person
) -> None:
    work.record(
        task.case,
        event,
        told,
        quotation=words.strip(),
        data={"task": task.public_id, "person": other.id},
    )
