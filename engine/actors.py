"""Who acts: a person with the roles held today, or the system itself."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.errors import NotAllowed
from models.people import Organisation, Person, Post, PostHolding, Role, RoleHolding


def person_subject(person_id: int) -> str:
    """Return the key under which a person's own rows stand in inbox and sight."""
    return f"person:{person_id}"


def group_subject(role: str, organisation_id: int) -> str:
    """Return the key of a candidate group: those who hold a role in an organisation."""
    return f"group:{role}@{organisation_id}"


@dataclass(frozen=True)
class Held:
    """A role that the actor holds today, and the agency it belongs to."""

    role: Role
    organisation_id: int
    agency_id: int


@dataclass(frozen=True)
class Actor:
    """Who does an act. The system has no person and no root, and sees nothing."""

    person_id: int | None
    root_id: int | None
    name: str
    #: The organisation (section or agency) of the person's post; None without one.
    organisation_id: int | None
    agency_id: int | None
    roles: tuple[Held, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The keys under which this actor's work and sight are found."""
        if self.person_id is None:
            return ()
        groups = (group_subject(held.role, held.organisation_id) for held in self.roles)
        return (person_subject(self.person_id), *groups)

    def holds(self, role: Role, organisation_id: int) -> bool:
        """Tell whether the actor holds a role in exactly this organisation."""
        return any(
            held.role == role and held.organisation_id == organisation_id
            for held in self.roles
        )

    def acts_for(self, agency_id: int) -> bool:
        """Tell whether the actor has a post or a role in an agency.

        A government's business is done by people of its office.
        """
        return agency_id in {self.agency_id, *(held.agency_id for held in self.roles)}

    def has_role(self, role: Role) -> bool:
        """Tell whether the actor holds a role anywhere."""
        return any(held.role == role for held in self.roles)

    @property
    def required_person(self) -> int:
        """The acting person's key.

        Raises:
            NotAllowed: the system would do what only a person may.
        """
        if self.person_id is None:
            msg = "这一步要由人来办。"
            raise NotAllowed(msg)
        return self.person_id


SYSTEM = Actor(None, None, "系统", None, None, ())


def outsider(name: str) -> Actor:
    """Return somebody without a login, whom the history calls by a part in a matter."""
    return Actor(None, None, name, None, None, ())


def in_force(model: type[RoleHolding | PostHolding | Person], today: date) -> list:  # type: ignore[type-arg] # SQLAlchemy clauses of mixed type
    """Return the conditions under which a row's period covers a day."""
    return [
        model.valid_from <= today,
        or_(model.valid_to.is_(None), model.valid_to >= today),
    ]


def load_actor(session: Session, person_id: int, today: date) -> Actor:
    """Return a person as an actor with the roles held on a day.

    Raises:
        NotAllowed: the person has left.
    """
    person = session.get(Person, person_id)
    if person is None or (person.valid_to is not None and person.valid_to < today):
        msg = "这个账号已经停用，请找本单位系统管理员。"
        raise NotAllowed(msg)
    rows = session.execute(
        select(RoleHolding.role, Organisation.id, Organisation.agency_id)
        .join(Organisation, RoleHolding.organisation_id == Organisation.id)
        .where(RoleHolding.person_id == person_id, *in_force(RoleHolding, today))
        .order_by(RoleHolding.id)
    ).all()
    place = session.execute(
        select(Organisation)
        .join(Post, Post.organisation_id == Organisation.id)
        .join(PostHolding, PostHolding.post_id == Post.id)
        .where(PostHolding.person_id == person_id, *in_force(PostHolding, today))
        .order_by(PostHolding.id)
        .limit(1)
    ).scalar_one_or_none()
    return Actor(
        person_id=person.id,
        root_id=person.root_id,
        name=person.name,
        organisation_id=place.id if place else None,
        agency_id=place.agency if place else None,
        roles=tuple(
            Held(Role(role), organisation, agency or organisation)
            for role, organisation, agency in rows
        ),
    )
