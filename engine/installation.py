"""What a database is: empty, a demonstration, or a real office; and how one begins."""

from dataclasses import dataclass

from sqlalchemy import select

from engine import people
from engine.errors import Refusal
from engine.work import Work
from models.people import Level, Organisation, OrganisationKind, Person, Role, Root
from models.records import Installation


@dataclass(frozen=True)
class FirstOffice:
    """What `run.py init` asks for: one agency and its first administrator."""

    name: str
    short_name: str
    region: str
    code: str
    level: Level
    administrator: str
    login: str


def kind_of(work: Work) -> str | None:
    """Return "office" or "demonstration"; None for a database with nothing in it."""
    row = work.session.get(Installation, 1)
    return row.kind if row else None


def has_offices(work: Work) -> bool:
    """Tell whether there is anything in the database already."""
    return work.session.scalar(select(Root.id).limit(1)) is not None


def mark(work: Work, kind: str, name: str) -> None:
    """Say once what this database is.

    Raises:
        Refusal: it is something already.
    """
    if kind_of(work) is not None:
        msg = "这个数据库里已经有单位，不能再初始化。请换一个 --database。"
        raise Refusal(msg)
    work.session.add(Installation(id=1, kind=kind, name=name, created_at=work.now))
    work.session.flush()


def found_office(work: Work, office: FirstOffice, password: str) -> Person:
    """Make an empty real office: one agency, its administrator, nothing else."""
    mark(work, "office", office.name)
    root = people.make_root(work, office.name)
    agency: Organisation = people.make_organisation(
        work,
        root,
        name=office.name,
        short_name=office.short_name,
        kind=OrganisationKind.OFFICE,
        level=office.level,
        region=office.region,
        code=office.code,
    )
    return people.make_person(
        work,
        agency,
        name=office.administrator,
        login=office.login,
        title="系统管理员",
        password=password,
        roles=[(Role.SYSTEM_ADMINISTRATOR, agency)],
    )
