"""Five real notices, each published by its own issuer (Art 10), where they are."""

from pathlib import Path

import pytest
from sqlalchemy import select

from engine.office_plans import OfficePlan, RootPlan, read_office
from engine.offices import fill
from engine.work import Engine, Work
from models.documents import Document, Paper, PaperRole
from models.people import Organisation, Person
from models.workflow import Task
from tests.office import Actor, Matter, Office, SetClock

OFFICE = Path(__file__).resolve().parents[3] / "config/demonstration/office.toml"

#: Number of the notice, its issuer's tree, the 文号 it brings, and the day the office
#: took it as formed: the second and the fourth name none, so the clerk's own finding is
#: entered.
NOTICES = [
    ("000", "重庆市江津区", "", "2019-09-20"),
    ("001", "吴忠市利通区", "吴利政办发〔2020〕60号", "2020-09-21"),
    ("002", "济南市天桥区", "", "2019-06-28"),
    ("003", "重庆市", "", "2016-06-28"),
    ("004", "重庆市南岸区", "", "2017-06-30"),
]


@pytest.mark.parametrize(("number", "issuer", "document_number", "formed_on"), NOTICES)
def test_a_real_notice_is_published_by_its_issuer(
    notices: Path,
    engine: Engine,
    clock: SetClock,
    number: str,
    issuer: str,
    document_number: str,
    formed_on: str,
) -> None:
    (file,) = notices.glob(f"{number}_*.txt")
    plan = next(root for root in read_office(OFFICE).roots if root.name == issuer)
    office = office_of(engine, clock, plan)
    matter = office.people["jia"].drafts(
        text=file.read_bytes(),
        title=f"{issuer}政务公开工作要点",
        kind="policy",
        formed_on=formed_on,
        document_number=document_number,
    )
    office.brings(matter, "approve_publication")
    office.people["ding"].lets_out(matter, "2026-03-02")
    office.fires()
    with engine.read() as work:
        document = work.session.query(Document).filter_by(case_id=matter.id).one()
        assert document.document_number == document_number
        assert issuer in document.issuer.name
        assert [paper.role for paper in published(document)] == [
            PaperRole.TEXT,
            PaperRole.INTERPRETATION,
        ]
        # 003 came mangled, and was repaired.
        as_it_came = number != "003"
        assert (last_sentence(file) in text_of(work, document)) is as_it_came
        assert people_who_acted(work, matter) == 7


def office_of(engine: Engine, clock: SetClock, plan: RootPlan) -> Office:
    """Fill the issuer's tree, with everybody in it."""
    office = Office(engine, clock)
    with engine.work() as work:
        engine.definitions.deploy(work)
        fill(work, OfficePlan((plan,)), lambda login: f"password of {login}")
        for person in work.session.scalars(select(Person).order_by(Person.id)):
            actor = Actor(office, person.id, person.name)
            office.people[person.login.partition(".")[2]] = actor
        for place in work.session.scalars(select(Organisation)):
            office.organisations[place.short_name] = place.id
    return office


def published(document: Document) -> list[Paper]:
    """Return the papers that left the house."""
    return [paper for paper in document.papers if paper.public_copy is not None]


def text_of(work: Work, document: Document) -> str:
    """Return the published text."""
    assert document.published_at is not None
    copy = document.text.public_copy if document.text else None
    assert copy is not None
    return work.engine.files.get(copy.file).decode()


def last_sentence(file: Path) -> str:
    """Return the last long sentence of a notice, before what a website adds to it."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    return next(
        line for line in reversed(lines) if len(line) > 30 and line.endswith("。")
    )


def people_who_acted(work: Work, matter: Matter) -> int:
    """Return how many different people took a step."""
    done = work.session.query(Task).filter_by(case_id=matter.id, status="done")
    return len({task.completed_by for task in done})
