"""Who may take a task: a role in an organisation that depends on the case."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from engine.actors import in_force
from engine.definitions import PARTS
from engine.errors import MakerIsChecker
from engine.work import Work
from models.handing import Handover, HandoverKind
from models.people import (
    ADMINISTRATION,
    ROLE_NAMES,
    Organisation,
    Person,
    Post,
    PostHolding,
    Role,
    RoleHolding,
)
from models.workflow import Case, CaseParty, Task, TaskKind, TaskStatus


def party(work: Work, case: Case, part: str) -> Organisation:
    """Return the organisation that plays a part in a case; its agency by default."""
    found = work.session.scalars(
        select(Organisation)
        .join(CaseParty, CaseParty.organisation_id == Organisation.id)
        .where(CaseParty.case_id == case.id, CaseParty.part == part)
        .order_by(CaseParty.organisation_id)
        .limit(1)
    ).one_or_none()
    return found or case.agency


def add_party(work: Work, case: Case, part: str, organisation: Organisation) -> None:
    """Let an organisation play a part in a case from now on."""
    if part not in PARTS or organisation.root_id != case.root_id:
        msg = f"{organisation.name} cannot play {part} in {case.number}"
        raise ValueError(msg)
    key = (case.id, part, organisation.id)
    if work.session.get(CaseParty, key) is None:
        work.session.add(
            CaseParty(case_id=case.id, part=part, organisation_id=organisation.id)
        )
        work.session.flush()


def set_parties(
    work: Work, case: Case, part: str, organisations: Collection[Organisation]
) -> None:
    """Let exactly these organisations play a part in a case from now on.

    Who has had work in the case may read it on as far as the role allows.
    """
    kept = {organisation.id for organisation in organisations}
    for party_row in work.session.scalars(
        select(CaseParty).where(CaseParty.case_id == case.id, CaseParty.part == part)
    ).all():
        if party_row.organisation_id not in kept:
            work.session.delete(party_row)
    work.session.flush()
    for organisation in organisations:
        add_party(work, case, part, organisation)


def holders(work: Work, role: str, organisation_id: int) -> Sequence[Person]:
    """Return who holds a role in exactly this organisation today."""
    return work.session.scalars(
        select(Person)
        .join(RoleHolding, RoleHolding.person_id == Person.id)
        .where(
            RoleHolding.role == role,
            RoleHolding.organisation_id == organisation_id,
            *in_force(RoleHolding, work.today),
            *in_force(Person, work.today),
        )
        .order_by(Person.id)
    ).all()


def nearest_with_holder(
    work: Work, role: str, place: Organisation, without: frozenset[int] = frozenset()
) -> Organisation | None:
    """Return the nearest organisation, from a section up to its agency, where
    somebody holds a role; never beyond the agency, because nobody outside of it
    decides, reviews or reads its cases.
    """
    current: Organisation | None = place
    while current is not None:
        if any(person.id not in without for person in holders(work, role, current.id)):
            return current
        if current.agency_id is None:
            return None
        current = work.session.get(Organisation, current.parent_id)
    return None


def makers(work: Work, case: Case, steps: Collection[str]) -> dict[int, str]:
    """Return who has done steps that another one must not share a person with.

    Person's key to the step's name. Maker is never checker: 拟稿, 审查 and 批准 of
    one document are three people's work.
    """
    if not steps:
        return {}
    of_steps = (
        Task.case_id == case.id,
        Task.kind == TaskKind.WORK,
        Task.status == TaskStatus.DONE,
        Task.element.in_(steps),
    )
    done = select(Task.completed_by, Task.name).where(*of_steps)
    # Who worked on it by 委派 and gave it back has done it as well.
    helped = (
        select(Handover.receiver_id, Task.name)
        .join(Task, Handover.task_id == Task.id)
        .where(
            *of_steps,
            Handover.kind == HandoverKind.DELEGATED,
            Handover.ended_by == Handover.receiver_id,
        )
    )
    rows = [*work.session.execute(done), *work.session.execute(helped)]
    return {person: name for person, name in rows if person is not None}


def refuse_maker(work: Work, task: Task, steps: Collection[str]) -> None:
    """Refuse the actor if an earlier step of the same document is the actor's own.

    Raises:
        MakerIsChecker: with both steps' names.
    """
    own = makers(work, task.case, steps).get(work.actor.required_person)
    if own is not None:
        raise MakerIsChecker(own, task.name)


def last_handler(
    work: Work, case: Case, element: str, place: Organisation
) -> int | None:
    """Return who did this step last for this organisation: it goes back there."""
    return work.session.scalars(
        select(Task.completed_by)
        .where(
            Task.case_id == case.id,
            Task.element == element,
            Task.place_id == place.id,
            Task.kind == TaskKind.WORK,
            Task.status == TaskStatus.DONE,
        )
        .order_by(Task.id.desc())
        .limit(1)
    ).one_or_none()


def is_candidate(work: Work, task: Task, person_id: int) -> bool:
    """Tell whether a person holds the task's role in its organisation today."""
    people = holders(work, Role(task.role), task.organisation_id)
    return any(person.id == person_id for person in people)


def leads(work: Work, place: Organisation) -> bool:
    """Tell whether the actor leads a section, or the agency it belongs to."""
    of_section = place.agency_id is not None
    return work.actor.holds(Role.UNIT_HEAD, place.agency) or (
        of_section and work.actor.holds(Role.SECTION_HEAD, place.id)
    )


def role_name(task: Task) -> str:
    """Return what the role that a task asks for is called."""
    return ROLE_NAMES[Role(task.role)]


def colleagues(work: Work, agencies: Collection[int]) -> list[Person]:
    """Return who has a post in these agencies today, without their administrators:
    these have no part in the business.
    """
    administers = select(RoleHolding.person_id).where(
        RoleHolding.role.in_(ADMINISTRATION), *in_force(RoleHolding, work.today)
    )
    here = func.coalesce(Organisation.agency_id, Organisation.id)
    people = work.session.scalars(
        select(Person)
        .join(PostHolding, PostHolding.person_id == Person.id)
        .join(Post, PostHolding.post_id == Post.id)
        .join(Organisation, Post.organisation_id == Organisation.id)
        .where(
            here.in_(agencies),
            Person.id.not_in(administers),
            *in_force(PostHolding, work.today),
            *in_force(Person, work.today),
        )
        .order_by(Person.id)
    )
    return list(people.unique())
