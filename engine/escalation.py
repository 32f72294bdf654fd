"""Telling the next one that time runs out: the ladder of a limit, one rung at a time.

A notice to the superior's office names the agency, the step and the lateness, and
nothing of the case: nobody outside of the agency reads it.
"""

from datetime import datetime

from sqlalchemy import select

from engine import candidates, deadlines, execution
from engine.clock import OFFICE_ZONE
from engine.process import Step
from engine.time_limits import Recipient, Unit
from engine.work import Work
from models.people import Organisation, Role
from models.workflow import Deadline, Task, TaskKind, TaskStatus, Timer

#: Who is told, in this order: the first role that somebody holds.
_ROLES = {
    Recipient.SECTION_HEAD: (Role.SECTION_HEAD, Role.UNIT_HEAD),
    Recipient.UNIT_HEAD: (Role.UNIT_HEAD,),
    Recipient.DISCLOSURE_HEAD: (Role.DISCLOSURE_HEAD, Role.UNIT_HEAD),
    Recipient.SUPERIOR_OFFICE: (Role.DISCLOSURE_HEAD, Role.UNIT_HEAD),
}


def escalate(step: Step) -> bool:
    """Tell whom the rung that fired names, and say so in the history.

    The entry is stamped with when the rung was due, not with when it was noticed.
    Returns whether the ladder goes on.
    """
    _climb(step)
    return step.timer is not None and _has_further_rung(step, step.timer)


def _has_further_rung(step: Step, timer: Timer) -> bool:
    deadline = step.work.session.get_one(Deadline, timer.deadline_id)
    limit = step.process.limits[deadline.name]
    plan = deadlines.ladder(step.work, step.case, limit, deadline)
    return any(planned.number > timer.rung for planned in plan)


def _climb(step: Step) -> None:
    work, timer = step.work, step.timer
    if timer is None or timer.due_at is None:
        return
    deadline = work.session.get_one(Deadline, timer.deadline_id)
    task = work.session.get(Task, deadline.task_id) if deadline.task_id else None
    what = task.name if task else step.process.limits[deadline.name].title
    recipient = Recipient(timer.plan["to"])
    if recipient == Recipient.HANDLER and task is not None:
        task.reminders += 1
        told = task.assignee.name if task.assignee else "待领的人"
    else:
        place = _place(work, step, recipient, task)
        if place is None:
            return
        role, unit = _recipients(work, recipient, place)
        _notify(step, timer, task, role, unit, what)
        holders = candidates.holders(work, role, unit.id)
        told = "、".join(person.name for person in holders) or unit.short_name
    work.record(
        step.case,
        "deadline_escalated",
        f"系统提醒{told}：“{what}”{_standing(deadline, timer.due_at)}。",
        at=timer.due_at,
        data={"deadline": deadline.name, "rung": timer.rung, "to": recipient},
    )


def _recipients(
    work: Work, recipient: Recipient, place: Organisation
) -> tuple[Role, Organisation]:
    roles = _ROLES.get(recipient, (Role.UNIT_HEAD,))
    for role in roles:
        unit = candidates.nearest_with_holder(work, role, place)
        if unit is not None:
            return role, unit
    # Nobody at all: the notice waits for whoever is appointed.
    return roles[0], place


def _place(
    work: Work, step: Step, recipient: Recipient, task: Task | None
) -> Organisation | None:
    """Return where a recipient is looked for: where the work lies that is late."""
    late = task.place if task else candidates.party(work, step.case, "drafting")
    agency = work.session.get_one(Organisation, late.agency)
    if recipient == Recipient.SUPERIOR_OFFICE:
        if agency.superior_id is None:
            return None
        return work.session.get(Organisation, agency.superior_id)
    return late if recipient == Recipient.SECTION_HEAD else agency


def _notify(
    step: Step,
    timer: Timer,
    task: Task | None,
    role: Role,
    unit: Organisation,
    what: str,
) -> None:
    work = step.work
    message = _message(step, timer, task, what)
    told = _told_already(step, role, unit, message)
    if told is not None:
        # Not read yet, or not done with: told again, and still found once.
        told.reminders = max(told.reminders, 1) + 1
        told.opened_at = None
        return
    notice = Task(
        case_id=step.case.id,
        kind=TaskKind.NOTICE,
        process_key=step.process.key,
        element=task.element if task else timer.element,
        about_id=task.id if task else None,
        # The step or the limit, never the title: a superior's notice is one of these.
        name=what,
        message=message,
        role=role,
        place_id=unit.id,
        organisation_id=unit.id,
        created_at=work.now,
    )
    work.session.add(notice)
    work.session.flush()
    execution.list_task(work, notice)


def _told_already(
    step: Step, role: Role, unit: Organisation, message: str
) -> Task | None:
    """Return the notice in the same words that still lies in the same list."""
    return step.work.session.scalars(
        select(Task)
        .where(
            Task.case_id == step.case.id,
            Task.kind == TaskKind.NOTICE,
            Task.status == TaskStatus.READY,
            Task.role == role,
            Task.place_id == unit.id,
            Task.message == message,
        )
        .limit(1)
    ).one_or_none()


def _message(step: Step, timer: Timer, task: Task | None, what: str) -> str:
    deadline = step.work.session.get_one(Deadline, timer.deadline_id)
    standing = _standing(deadline, timer.due_at or step.work.now)
    agency = step.case.agency
    elsewhere = task is not None and task.place.agency != agency.id
    of_whom = f"（{task.place.short_name}）" if task and elsewhere else ""
    return f"{agency.short_name} {step.case.number} 的“{what}”{of_whom}{standing}。"


def _standing(deadline: Deadline, at: datetime) -> str:
    if deadline.due_on is None or deadline.due_at is None:
        return "已暂停"
    day = f"{deadline.due_on.month}月{deadline.due_on.day}日"
    if deadline.unit == Unit.HOURS:
        day += f" {deadline.due_at.astimezone(OFFICE_ZONE):%H:%M} "
    if at < deadline.due_at:
        return f"{day}到期"
    # How late it is by now is shown beside the notice; a number here would age.
    return f"应于{day}办结，已经逾期"
