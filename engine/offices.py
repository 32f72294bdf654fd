"""Whole offices at once: the organisations and people of a plan, and their logins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

from engine import people, personal
from engine.office_plans import OfficePlan, PersonPlan, RootPlan
from engine.work import Work
from models.people import ROLE_NAMES, Organisation, Root

#: Told what is being done, for the person who waits in front of the terminal.
Progress = Callable[[str], None]

#: The password that somebody with this login is to have.
PasswordOf = Callable[[str], str]


@dataclass(frozen=True)
class Account:
    """How somebody logs in, for the one who hands the passwords out."""

    name: str
    login: str
    password: str
    root: str
    organisation: str
    title: str
    roles: tuple[str, ...]


def fill(
    work: Work,
    plan: OfficePlan,
    password_of: PasswordOf,
    progress: Progress = lambda _: None,
    *,
    demonstration: bool = False,
) -> list[Account]:
    """Make all organisations and people of a plan; return how they log in.

    Raises:
        AlreadyExists: a login is taken.
        Refusal: somebody would mix administration with the office's business.
    """
    accounts = []
    for root in plan.roots:
        accounts += _fill_root(work, root, password_of, progress, demonstration)
    return accounts


def _fill_root(
    work: Work,
    plan: RootPlan,
    password_of: PasswordOf,
    progress: Progress,
    demonstration: bool,
) -> list[Account]:
    root = people.make_root(work, plan.name)
    made: dict[str, Organisation] = {}
    for each in plan.organisations:
        made[each.path] = people.make_organisation(
            work,
            root,
            name=each.name,
            short_name=each.short_name,
            kind=each.kind,
            level=each.level,
            region=each.region,
            code=each.code,
            symbol=each.symbol,
            parent=made.get(each.parent),
            superior=made.get(each.superior),
        )
    accounts = []
    for agency, planned in groupby(plan.people, lambda each: each.agency):
        # Hashing passwords is slow on purpose: who waits sees how far it is.
        progress(f"{plan.name}　{agency}")
        accounts += [
            _fill_person(work, root, made, each, password_of(each.login), demonstration)
            for each in planned
        ]
    return accounts


def _fill_person(
    work: Work,
    root: Root,
    made: Mapping[str, Organisation],
    plan: PersonPlan,
    password: str,
    demonstration: bool,
) -> Account:
    person = people.make_person(
        work,
        made[plan.place],
        name=plan.name,
        login=plan.login,
        title=plan.title,
        password=password,
        roles=[(role.role, made[role.place]) for role in plan.roles],
        demonstration=demonstration,
    )
    values = {"mobile": plan.mobile, "email": plan.email}
    personal.store(work, root.id, values, person_id=person.id)
    return Account(
        name=plan.name,
        login=plan.login,
        password=password,
        root=root.name,
        organisation=plan.place.replace("/", ""),
        title=plan.title,
        roles=tuple(ROLE_NAMES[role.role] for role in plan.roles),
    )
