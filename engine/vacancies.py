"""Nobody left to take a task: the parent organisation's administrator appoints one."""

from sqlalchemy import select

from engine import candidates, execution, instances
from engine.work import Work
from models.people import ROLE_NAMES, Organisation, Role
from models.workflow import Case, CaseParty, CaseStatus, Task, TaskKind, TaskStatus

#: The process that asks an administrator to appoint somebody.
PROCESS = "role_appointment"


def report_all(work: Work) -> int:
    """Ask for an appointment for each role that open tasks wait for in vain.

    Looks at the groups of unclaimed tasks, so that a role that ended with its
    holder's term is noticed as well; one open request per role and agency.
    """
    waiting = (
        select(Task)
        .join(Case, Task.case_id == Case.id)
        .where(
            Task.status == TaskStatus.READY,
            Task.kind == TaskKind.WORK,
            Case.process_key != PROCESS,
        )
    )
    for task in work.session.scalars(waiting.where(Task.without_candidate)).all():
        task.without_candidate = not _somebody_may_take(work, task)
    work.session.flush()
    groups = work.session.execute(
        waiting.with_only_columns(
            Task.role, Task.organisation_id, Task.without_candidate
        ).distinct()
    ).all()
    asked = 0
    for role, organisation_id, known_vacant in groups:
        if known_vacant or not candidates.holders(work, role, organisation_id):
            place = work.session.get_one(Organisation, organisation_id)
            asked += _ask(work, Role(role), place)
    return asked


def _somebody_may_take(work: Work, task: Task) -> bool:
    """Tell whether somebody was appointed since, who made nothing of this case."""
    run = execution.load(work, task.case)
    makers = candidates.makers(work, task.case, run.element(task.element))
    holders = candidates.holders(work, task.role, task.organisation_id)
    return any(person.id not in makers for person in holders)


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
        parties={"office": appointer, "answering": place},
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
