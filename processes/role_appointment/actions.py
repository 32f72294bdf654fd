"""What the appointment records."""

from typing import Any

from sqlalchemy import select

from engine.authoring import Facts, InvalidAnswers, Refusal, Step, escalate, people
from models.people import ROLE_NAMES, Organisation, Person, Role


def appoint(step: Step, values: dict[str, Any]) -> Facts:
    """任命: the person holds the role from today, and finds the waiting tasks."""
    work = step.work
    place = work.session.get_one(Organisation, step.data["organisation"])
    role = Role(step.data["role"])
    person = work.session.scalars(
        select(Person).where(
            Person.login == values["login"], Person.root_id == step.case.root_id
        )
    ).one_or_none()
    home = people.organisation_of(work, person.id) if person else None
    if person is None or home is None or home.agency != place.agency:
        raise InvalidAnswers(
            {"login": [f"{place.name}没有这个账号；只能任命本单位的人"]}
        )
    try:
        people.give_role(work, person, role, place)
    except Refusal as refusal:
        raise InvalidAnswers({"login": [refusal.message]}) from refusal
    step.tell(f"{work.actor.name}任命{person.name}为{place.name}{ROLE_NAMES[role]}。")
    return {}


def escalate_appointment(step: Step) -> Facts:
    """提醒补任."""
    escalate(step)
    return {}
