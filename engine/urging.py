"""催办: asking for a step to be done; counted, and not more often than is fair.

Who may: who began the case, who did the step before and waits for this one, the owner
of a delegated task, and the heads of the section and agency that the case comes from or
that the step lies in. It reaches who has the task, else its candidate group; a delegate
is urged by the owner only, because the owner is responsible to all others.

Within so many working days (`inbox.urge_again_days`) a step is urged once, by whomever.
What has not been read yet is told once, in the newest words, and says how often.
"""

from collections.abc import Collection

from sqlalchemy import func, select

from engine import candidates, deadlines, execution, handovers, settings, tasks
from engine.clock import OFFICE_ZONE, office_date
from engine.errors import InvalidAnswers, NotAllowed, NotFound, UrgedAlready
from engine.visibility import may_read
from engine.work import Work
from models.handing import Urging
from models.people import Person
from models.workflow import Task, TaskKind, TaskStatus

#: What is said with it, at most so many characters.
LONGEST_WORDS = 200

_OPEN = (TaskStatus.READY, TaskStatus.CLAIMED)


def require_urgeable(work: Work, public_id: str) -> Task:
    """Return the work of a case that the actor may read.

    Raises:
        NotFound: there is none, or it is not the actor's to see.
    """
    task = work.session.scalars(
        select(Task).where(Task.public_id == public_id, Task.kind == TaskKind.WORK)
    ).one_or_none()
    if task is None or not may_read(work, task.case):
        raise NotFound("这一步")
    return task


def may_urge(work: Work, task: Task) -> bool:
    """Tell whether the actor may ask for a step to be done; not when it is the
    actor's own to do."""
    return _waits(work, task) and not _is_own(work, task)


def urge(work: Work, task: Task, words: str = "") -> Task:
    """催办: tell who has a task, or may claim it, that it is waited for.

    Raises:
        TaskAlreadyDone: it is over by now.
        NotAllowed: the actor does not wait for it, or can do it.
        UrgedAlready: somebody has asked for it, too short a time ago.
        InvalidAnswers: the words are too long.
    """
    tasks.hold_open(work, task)
    refuse(work, task)
    words = words.strip()
    if len(words) > LONGEST_WORDS:
        msg = f"最多写{LONGEST_WORDS}个字，现在太长了。"
        raise InvalidAnswers({"words": [msg]})
    person = _whom(work, task)
    notice = _notice(work, task, person, words)
    work.session.add(
        Urging(
            task_id=task.id,
            notice_id=notice.id,
            by_id=work.actor.required_person,
            words=words,
            at=work.now,
        )
    )
    work.session.flush()
    group = f"{task.organisation.short_name}的{candidates.role_name(task)}"
    told = person.name if person else group
    work.record(
        task.case,
        "task_urged",
        f"{work.actor.name}催办“{task.name}”，提醒{told}。",
        quotation=words,
        data={"task": task.public_id, "notice": notice.public_id},
    )
    return notice


def refuse(work: Work, task: Task) -> None:
    """Refuse who may not ask for a step now, with what can be done instead.

    Raises:
        NotAllowed, UrgedAlready: as `urge`.
    """
    if _is_own(work, task):
        msg = f"“{task.name}”您自己就可以办，不用催办。"
        raise NotAllowed(msg)
    if not _waits(work, task):
        msg = f"“{task.name}”由起办人、上一步办理人和负责人催办。有疑问可以直接联系。"
        raise NotAllowed(msg)
    last = work.session.scalars(
        select(Urging)
        .where(Urging.task_id == task.id)
        .order_by(Urging.id.desc())
        .limit(1)
    ).first()
    if last is None:
        return
    agency = task.case.agency
    days = settings.read(
        work.session, "inbox.urge_again_days", on=work.today, organisation=agency
    )
    calendar = deadlines.calendar_of(work, agency)
    again = calendar.add_working_days(office_date(last.at), days).date
    if work.today < again:
        at = last.at.astimezone(OFFICE_ZONE)
        raise UrgedAlready(last.by.name, at, again)


def counts(work: Work, found: Collection[Task]) -> dict[int, int]:
    """Return how often each of these tasks was urged."""
    rows = work.session.execute(
        select(Urging.task_id, func.count())
        .where(Urging.task_id.in_({task.id for task in found}))
        .group_by(Urging.task_id)
    )
    return {row[0]: row[1] for row in rows}


def _waits(work: Work, task: Task) -> bool:
    person = work.actor.person_id
    if person is None or task.status not in _OPEN:
        return False
    lent = handovers.delegation(work, task)
    begun = candidates.party(work, task.case, "drafting")
    return (
        person in (task.case.started_by, task.sender_id, lent and lent.giver_id)
        or candidates.leads(work, begun)
        or candidates.leads(work, task.organisation)
    )


def _is_own(work: Work, task: Task) -> bool:
    """Tell whether the actor could simply do it."""
    person = work.actor.person_id
    if person is None:
        return False
    lent = handovers.delegation(work, task)
    if lent is not None:
        return person == lent.receiver_id
    if task.assignee_id is not None:
        return person == task.assignee_id
    made = candidates.makers(work, task.case, execution.separated_from(work, task))
    return candidates.is_candidate(work, task, person) and person not in made


def _whom(work: Work, task: Task) -> Person | None:
    lent = handovers.delegation(work, task)
    if lent is not None and lent.giver_id == work.actor.person_id:
        return lent.receiver
    return task.assignee


def _notice(work: Work, task: Task, person: Person | None, words: str) -> Task:
    notice = _unread(work, task, person)
    if notice is not None:
        notice.reminders = max(notice.reminders, 1) + 1
    else:
        notice = Task(
            case_id=task.case_id,
            kind=TaskKind.NOTICE,
            process_key=task.process_key,
            element=task.element,
            about_id=task.id,
            name=task.name,
            role=task.role,
            place_id=task.place_id,
            organisation_id=task.organisation_id,
            status=TaskStatus.CLAIMED if person else TaskStatus.READY,
            assignee_id=person.id if person else None,
            claimed_at=work.now if person else None,
            created_at=work.now,
        )
        work.session.add(notice)
    said = f"：{words}" if words else "。"
    number = task.case.number
    notice.message = f"{work.actor.name}催办 {number} 的“{task.name}”{said}"
    notice.sender_id, notice.opened_at = work.actor.person_id, None
    work.session.flush()
    execution.list_task(work, notice)
    return notice


def _unread(work: Work, task: Task, person: Person | None) -> Task | None:
    """Return the notice that already lies in the same list, to tell it anew."""
    return work.session.scalars(
        select(Task)
        .where(
            Task.about_id == task.id,
            Task.kind == TaskKind.NOTICE,
            Task.sender_id.is_not(None),
            Task.status.in_(_OPEN),
            Task.assignee_id == person.id if person else Task.assignee_id.is_(None),
        )
        .limit(1)
    ).first()
