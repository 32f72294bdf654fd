"""Starting cases."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select

from engine import candidates, execution, numbers
from engine.actors import group_subject, person_subject
from engine.errors import NotAllowed
from engine.process import Facts
from engine.visibility import allow_reading, visible_to
from engine.work import Work
from models.people import Organisation, Role
from models.workflow import Case, Label, ProcessInstance, Task

#: Who reads every case of an agency, besides those whom it reaches.
AGENCY_READERS = (Role.UNIT_HEAD, Role.DISCLOSURE_HEAD)


def start(
    work: Work,
    key: str,
    *,
    title: str,
    place: Organisation,
    number_prefix: str,
    parties: Mapping[str, Sequence[Organisation]] | None = None,
    facts: Facts | None = None,
    label: Label = Label.INTERNAL,
    cause: Case | None = None,
    about: Callable[[Case], object] | None = None,
) -> Case:
    """Open a case in an organisation and run its process to the first people.

    `place` is the section or agency that the case begins in; the case belongs to
    its agency. `parties` says who plays the other parts that lanes name; `cause` is
    the case that this one comes out of; `about` keeps what it is about before its
    first step runs.

    Raises:
        NotAllowed: a person would open a case in an agency without any part in it.
    """
    agency = work.session.get_one(Organisation, place.agency)
    if work.actor.person_id is not None and not work.actor.acts_for(agency.id):
        msg = "只能在本单位起办事项。"
        raise NotAllowed(msg)
    if cause is not None and cause.root_id != agency.root_id:
        msg = f"{cause.number} is not of the same tree as {agency.name}"
        raise ValueError(msg)
    definition = work.engine.definitions.current(work.session, key)
    number = numbers.issue(
        work, f"case.{key}", agency, numbers.case_number(number_prefix)
    )
    case = Case(
        root_id=agency.root_id,
        agency_id=agency.id,
        process_key=key,
        number=number,
        title=title,
        label=label,
        parent_id=cause.id if cause else None,
        started_by=work.actor.person_id,
        started_at=work.now,
    )
    work.session.add(case)
    work.session.flush()
    for part, organisations in {"drafting": [place], **(parties or {})}.items():
        for organisation in organisations:
            candidates.add_party(work, case, part, organisation)
    readers = [group_subject(role, agency.id) for role in AGENCY_READERS]
    if work.actor.person_id is not None:
        readers.append(person_subject(work.actor.person_id))
    allow_reading(work, case, *readers)
    if about is not None:
        about(case)
    instance = ProcessInstance(case_id=case.id, definition_id=definition.id, state=b"")
    work.session.add(instance)
    work.session.flush()
    work.record(
        case,
        "case_started",
        f"{work.actor.name}起办，编号{number}。",
        data={"definition": definition.id, "version": definition.version},
    )
    parsed = work.engine.definitions.parsed(definition)
    execution.advance(execution.begin(work, case, instance, parsed, facts or {}))
    return case


def related(work: Work, case: Case) -> Sequence[Case]:
    """Return the case that this one comes out of and those that came out of it, as
    far as the actor may read them."""
    return work.session.scalars(
        select(Case)
        .where(
            (Case.parent_id == case.id) | (Case.id == case.parent_id),
            visible_to(work.actor),
        )
        .order_by(Case.id)
    ).all()


def open_tasks(work: Work, case: Case) -> list[Task]:
    """Return a case's open tasks, notices left out."""
    return list(
        work.session.scalars(
            select(Task)
            .where(
                Task.case_id == case.id,
                Task.kind == "work",
                Task.status.in_(("ready", "claimed")),
            )
            .order_by(Task.id)
        )
    )
