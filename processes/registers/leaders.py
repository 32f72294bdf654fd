"""Each leader interprets at least once a year: who has, who has not, who is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from engine.authoring import Engine, Work, settings, start, start_of
from models.interpretations import (
    Interpretation,
    InterpretationState,
    LeaderReminder,
)
from models.people import Organisation, Person, Role, RoleHolding, Root

#: The case that tells a leader.
REMINDER = "interpretation_reminder"


@dataclass(frozen=True)
class LeaderCount:
    """A head, and what was published in a year with them as first interpreter."""

    person: Person
    organisation: Organisation
    published: Sequence[Interpretation]
    #: Whether they were told in that year that nothing is published yet.
    reminded: bool


def yearly_counts(work: Work, year: int, root_id: int) -> list[LeaderCount]:
    """Return what each head of a root's agencies has interpreted in a year.

    主要负责人年内解读不少于1次. Heads are who holds the role today, or held it when the
    year ended.
    """
    by_person: dict[int, list[Interpretation]] = {}
    for each in _published_in(work, year):
        by_person.setdefault(each.first_interpreter_id or 0, []).append(each)
    reminded = set(
        work.session.scalars(
            select(LeaderReminder.person_id).where(LeaderReminder.year == year)
        )
    )
    return [
        LeaderCount(person, place, by_person.get(person.id, []), person.id in reminded)
        for person, place in _heads(work, min(work.today, date(year, 12, 31)), root_id)
    ]


def published_by(work: Work, person_id: int, year: int) -> list[Interpretation]:
    """Return what was published in a year with a person as first interpreter."""
    found = _published_in(work, year)
    return [each for each in found if each.first_interpreter_id == person_id]


def _published_in(work: Work, year: int) -> Sequence[Interpretation]:
    return work.session.scalars(
        select(Interpretation)
        .where(
            Interpretation.state == InterpretationState.PUBLISHED,
            Interpretation.published_at >= start_of(date(year, 1, 1)),
            Interpretation.published_at < start_of(date(year + 1, 1, 1)),
        )
        .order_by(Interpretation.published_at, Interpretation.id)
    ).all()


def _heads(work: Work, day: date, root_id: int) -> list[tuple[Person, Organisation]]:
    rows = work.session.execute(
        select(Person, Organisation)
        .join(RoleHolding, RoleHolding.person_id == Person.id)
        .join(Organisation, Organisation.id == RoleHolding.organisation_id)
        .where(
            RoleHolding.role == Role.UNIT_HEAD,
            RoleHolding.valid_from <= day,
            or_(RoleHolding.valid_to.is_(None), RoleHolding.valid_to >= day),
            Organisation.root_id == root_id,
            Organisation.acts_in_own_name,
        )
        .order_by(Organisation.id, Person.id)
    ).all()
    # Who heads two agencies is one leader, counted where they stand first.
    found = {person.id: (person, place) for person, place in reversed(rows)}
    return sorted(found.values(), key=lambda each: (each[1].id, each[0].id))


def to_remind(work: Work) -> list[LeaderCount]:
    """Return the heads who are to be told today that nothing is published yet."""
    found = []
    for root in work.session.scalars(select(Root).order_by(Root.id)):
        wanted = settings.read(
            work.session, "interpretation.remind_on", on=work.today, root_id=root.id
        )
        if work.today >= date.fromisoformat(f"{work.today.year}-{wanted}"):
            found += [
                each
                for each in yearly_counts(work, work.today.year, root.id)
                if not each.published and not each.reminded
            ]
    return found


def remind(engine: Engine) -> None:
    """Tell each head once a year, in the last quarter, that an interpretation is due.

    Looks as a reader first: a round that finds nothing makes no writer wait.
    """
    with engine.read() as work:
        due = to_remind(work)
    if not due:
        return
    with engine.work() as work:
        for each in to_remind(work):
            _tell(work, each)


def _tell(work: Work, count: LeaderCount) -> None:
    year = work.today.year
    case = start(
        work,
        REMINDER,
        title=f"{year}年还没有作为第一解读人解读政策：{count.person.name}",
        place=count.organisation,
        number_prefix="解读提醒",
    )
    work.session.add(
        LeaderReminder(person_id=count.person.id, year=year, case_id=case.id)
    )
    work.session.flush()
