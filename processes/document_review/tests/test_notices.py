"""Five real notices, each published by its own issuer (Art 10), where they are."""

from pathlib import Path

import pytest
from sqlalchemy import select

from engine.office_plans import OfficePlan, RootPlan, read_office
from engine.offices import fill
from engine.work import Engine
from models.documents import Document, VersionKind
from models.people import Person, Role
from tests.office import Actor, Matter, Office, SetClock

OFFICE = Path(__file__).resolve().parents[3] / "config/demonstration/office.toml"

#: Number of the notice, its issuer's tree, and the day the office took it as formed:
#: the second and the fourth name none, so the clerk's own finding is entered.
NOTICES = [
    ("000", "重庆市江津区", "2019-09-20"),
    ("001", "吴忠市利通区", "2020-09-21"),
    ("002", "济南市天桥区", "2019-06-28"),
    ("003", "重庆市", "2016-06-28"),
    ("004", "重庆市南岸区", "2017-06-30"),
]

STEPS = (
    (Role.SECTION_HEAD, "section_review"),
    (Role.SECRECY_REVIEWER, "secrecy_review"),
)


@pytest.mark.parametrize(("number", "issuer", "formed_on"), NOTICES)
def test_a_real_notice_is_published_by_its_issuer(
    notices: Path,
    engine: Engine,
    clock: SetClock,
    number: str,
    issuer: str,
    formed_on: str,
) -> None:
    (file,) = notices.glob(f"{number}_*.txt")
    plan = next(root for root in read_office(OFFICE).roots if root.name == issuer)
    office = Office(engine, clock)
    people = people_of(office, plan)
    title = f"{issuer}政务公开工作要点"
    matter = people[Role.HANDLER].drafts(
        text=file.read_bytes(), title=title, formed_on=formed_on
    )
    for role, step in STEPS:
        people[role].agrees(matter, step)
    people[Role.DISCLOSURE_HEAD].approves(matter, "2026-03-02")
    office.fires()
    assert published_bytes(engine, matter) == file.read_bytes()
    assert issuer in published_by(engine, matter)


def people_of(office: Office, plan: RootPlan) -> dict[Role, Actor]:
    """Fill the issuer's tree; return somebody for each role."""
    with office.engine.work() as work:
        office.engine.definitions.deploy(work)
        fill(work, OfficePlan((plan,)), lambda login: f"password of {login}")
        keys = {
            person.login: person.id for person in work.session.scalars(select(Person))
        }
    return {
        role.role: Actor(office, keys[person.login], person.name)
        for person in plan.people
        for role in person.roles
    }


def published_bytes(engine: Engine, matter: Matter) -> bytes:
    """Return the bytes of the public copy."""
    with engine.read() as work:
        query = select(Document).where(Document.case_id == matter.id)
        copy = work.session.scalars(query).one().papers[0].newest(VersionKind.PUBLIC)
        assert copy is not None
        return engine.files.get(copy.file)


def published_by(engine: Engine, matter: Matter) -> str:
    """Return the name of the agency that publishes."""
    with engine.read() as work:
        query = select(Document).where(Document.case_id == matter.id)
        return work.session.scalars(query).one().agency.name
