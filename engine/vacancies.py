"""Nobody left to take a task: the parent organisation's administrator appoints one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select

from engine import candidates, execution, handovers, instances
from engine.actors import in_force
from engine.work import Work
from models.people import ROLE_NAMES, Organisation, Role, RoleHolding
from models.workflow import Case, CaseParty, CaseStatus, Task, TaskKind, TaskStatus

#: The process that asks an administrator to appoint somebody.
PROCESS = "role_appointment"


def waiting_in_vain(work: Work) -> Sequence[int]:
    """Return the keys of tasks that nobody can go on with, as things stand today.

    They are in the hands of somebody who holds the role no more, or their candidate
    group has no holder, or had none but the makers of the document when they arose.
    """
    abandoned = (Task.status == TaskStatus.CLAIMED) & ~_held(work, by_assignee=True)
    nobody = ~_held(work, by_assignee=False) | Task.without_candidate
    return work.session.scalars(
        select(Task.id)
        .join(Case, Task.case_id == Case.id)
        .where(
            Task.kind == TaskKind.WORK,
            Case.process_key != PROCESS,
            abandoned | ((Task.status == TaskStatus.READY) & nobody),
        )
        .order_by(Task.id)
    ).all()


def report_all(work: Work) -> int:
    """Find each task that waits in vain a candidate group, or ask for an appointment.

    A role that ended with its holder's term is noticed as well. One open request per
    role and agency; returns how many were made.
    """
    asked = 0
    for task_id in waiting_in_vain(work):
        task = work.session.get_one(Task, task_id)
        execution.hold(work, task.case)
        work.session.refresh(task)
        if task.status == TaskStatus.CLAIMED:
            _release(work, task)
        asked += not _find_group(work, task) and _ask_for(work, task)
    return asked


def _held(work: Work, *, by_assignee: bool) -> ColumnElement[bool]:
    conditions = [
        RoleHolding.role == Task.role,
        RoleHolding.organisation_id == Task.organisation_id,
        *in_force(RoleHolding, work.today),
    ]
    if by_assignee:
        conditions.append(RoleHolding.person_id == Task.assignee_id)
    return exists().where(*conditions)


def _release(work: Work, task: Task) -> None:
    """Take a task out of the hands of somebody who may not do it any more."""
    left = task.assignee.name if task.assignee else ""
    handovers.end_delegation(work, task)
    task.status, task.assignee_id, task.claimed_at = TaskStatus.READY, None, None
    task.revision += 1
    execution.list_task(work, task)
    work.record(
        task.case,
        "task_released",
        f"{left}不再担任{ROLE_NAMES[Role(task.role)]}，“{task.name}”回到待领。",
        data={"task": task.public_id},
    )


def _find_group(work: Work, task: Task) -> bool:
    """Put a task before the nearest holders that there are by now, if there are."""
    run = execution.load(work, task.case)
    separated = run.parsed.separated(run.element(task.element))
    makers = frozenset(candidates.makers(work, task.case, separated))
    unit = candidates.nearest_with_holder(work, task.role, task.place, makers)
    task.without_candidate = unit is None
    if unit is not None and unit.id != task.organisation_id:
        task.organisation_id = unit.id
        task.revision += 1
        execution.list_task(work, task)
    work.session.flush()
    return unit is not None


def _ask_for(work: Work, task: Task) -> bool:
    place = work.session.get_one(Organisation, task.organisation_id)
    return _ask(work, Role(task.role), place)


def _ask(work: Work, role: Role, place: Organisation) -> bool:
    appointer = _appointer(work, place)
    if appointer is None or _is_asked(work, role, place):
        return False
    instances.start(
        work,
        PROCESS,
        title=f"补任{place.short_name}的{ROLE_NAMES[role]}",
        place=appointer,
        number_prefix="补任",
        parties={"office": [appointer], "answering": [place]},
        facts={"role": role.value, "organisation": place.id},
    )
    return True


def _appointer(work: Work, place: Organisation) -> Organisation | None:
    """Return the nearest organisation above the agency with an administrator."""
    agency = work.session.get_one(Organisation, place.agency)
    above = agency.parent_id
    while above is not None:
        parent = work.session.get_one(Organisation, above)
        if candidates.holders(work, Role.SYSTEM_ADMINISTRATOR, parent.id):
            return parent
        above = parent.parent_id
    # The top of a tree has no parent: its own administrator is asked.
    own = candidates.holders(work, Role.SYSTEM_ADMINISTRATOR, agency.id)
    return agency if own else None


def _is_asked(work: Work, role: Role, place: Organisation) -> bool:
    title = f"补任{place.short_name}的{ROLE_NAMES[role]}"
    return (
        work.session.scalars(
            select(Case.id)
            .join(CaseParty, CaseParty.case_id == Case.id)
            .where(
                Case.process_key == PROCESS,
                Case.status == CaseStatus.OPEN,
                Case.title == title,
                CaseParty.part == "answering",
                CaseParty.organisation_id == place.id,
            )
            .limit(1)
        ).first()
        is not None
    )
