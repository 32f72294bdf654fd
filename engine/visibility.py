"""The one place that decides who sees what."""

from sqlalchemy import ColumnElement, false, func, select

from engine.actors import Actor, group_subject, in_force, person_subject
from engine.errors import NotFound
from engine.work import Work
from models.people import Organisation, RoleHolding
from models.workflow import RESTRICTED, Case, CaseParty, CaseReader, Label


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the clause on Case that holds for the cases an actor may read.

    Used by every list, case page and file. A case's readers are written when the
    case begins (the heads of its agency) and when it reaches somebody (a task's
    candidate group, its assignee). The system reads no case as a reader.
    """
    if actor.root_id is None:
        return false()
    own, *groups = actor.subjects
    reached = select(CaseReader.case_id)
    by_role = Case.id.in_(reached.where(CaseReader.subject.in_(groups)))
    in_person = Case.id.in_(reached.where(CaseReader.subject == own))
    # What one has handled stays behind when one moves to another agency.
    parties = (
        select(CaseParty.case_id)
        .join(Organisation, Organisation.id == CaseParty.organisation_id)
        .where(
            func.coalesce(Organisation.agency_id, Organisation.id) == actor.agency_id
        )
    )
    at_home = (Case.agency_id == actor.agency_id) | Case.id.in_(parties)
    return (Case.root_id == actor.root_id) & (by_role | (in_person & at_home))


def require_case(work: Work, public_id: str) -> Case:
    """Return a case that the actor may read.

    Raises:
        NotFound: there is none, or not for this actor.
    """
    case = work.session.scalars(
        select(Case).where(Case.public_id == public_id, visible_to(work.actor))
    ).one_or_none()
    if case is None:
        raise NotFound("这个事项")
    return case


def may_read(work: Work, case: Case) -> bool:
    """Tell whether the actor may read a case."""
    clause = select(Case.id).where(Case.id == case.id, visible_to(work.actor))
    return work.session.scalar(clause) is not None


def people_who_read(work: Work, case: Case) -> set[int]:
    """Return who may read a case today, in person or by a role."""
    subjects = set(
        work.session.scalars(
            select(CaseReader.subject).where(CaseReader.case_id == case.id)
        )
    )
    own = person_subject(0).removesuffix("0")
    found = {int(each.removeprefix(own)) for each in subjects if each.startswith(own)}
    held = select(RoleHolding).where(*in_force(RoleHolding, work.today))
    for row in work.session.scalars(held.where(RoleHolding.root_id == case.root_id)):
        if group_subject(row.role, row.organisation_id) in subjects:
            found.add(row.person_id)
    return found


def allow_reading(work: Work, case: Case, *subjects: str) -> None:
    """Let persons or candidate groups read a case from now on."""
    for subject in subjects:
        if work.session.get(CaseReader, (subject, case.id)) is None:
            work.session.add(CaseReader(subject=subject, case_id=case.id))
    work.session.flush()


def is_restricted(label: str) -> bool:
    """Tell whether reading something under this label is a recorded event."""
    return Label(label) in RESTRICTED


def record_reading(work: Work, case: Case, name: str = "") -> None:
    """Record that the actor read something restricted of a case."""
    what = f"“{name}”" if name else "这个事项"
    work.record(case, "restricted_read", f"{work.actor.name}查看了{what}。")
