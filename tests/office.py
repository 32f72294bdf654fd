"""A small office for tests, and people who do things in it, in the office's words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from engine import files, instances, people, tasks
from engine.clock import OFFICE_ZONE
from engine.history import case_stream, entries
from engine.timers import fire_due
from engine.work import Engine, Work
from models.people import (
    Level,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    Root,
)
from models.workflow import Case, Task, TaskStatus

#: A short document of our own.
NOTICE = (
    "云川区人民政府办公室关于做好2026年政务公开培训工作的通知\n\n"
    "各镇人民政府、街道办事处，区政府各部门：\n"
    "为提高政务公开工作水平，现就2026年培训工作通知如下。\n"
)


class SetClock:
    """A clock that stands where it was put."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def __call__(self) -> datetime:
        return self.instant

    def set(self, day: str, hour: str = "10:00") -> None:
        """Put the clock on an hour of a day in the office."""
        local = datetime.fromisoformat(f"{day}T{hour}:00").replace(tzinfo=OFFICE_ZONE)
        self.instant = local.astimezone(UTC)


@dataclass
class Actor:
    """One person in a test, who claims, decides and sees."""

    office: "Office"
    id: int
    name: str

    def work(self) -> Any:
        """Open an act of this person."""
        return self.office.engine.work(self.id)

    def begins(self) -> "Matter":
        """起办: open a case for a new document."""
        begin = self.office.engine.definitions.process("document_review").begin
        assert begin is not None
        with self.work() as work:
            return Matter(self.office, begin(work).id)

    def uploads(self, data: bytes | str = NOTICE, name: str = "正文.txt") -> str:
        """Upload a file; returns its public id."""
        content = data.encode() if isinstance(data, str) else data
        with self.work() as work:
            root = work.actor.root_id
            assert root is not None
            return files.store(work, name, content, root_id=root).public_id

    def drafts(self, *, text: bytes | str = NOTICE, **answers: Any) -> "Matter":
        """拟稿: begin a document and submit it."""
        matter = self.begins()
        self.submits(matter, text=text, **answers)
        return matter

    def submits(
        self, matter: "Matter", *, text: bytes | str = NOTICE, **answers: Any
    ) -> None:
        """Submit the draft of a matter."""
        filled = {
            "title": "关于做好2026年政务公开培训工作的通知",
            "formed_on": "2026-03-02",
            "attribute": "public",
            "file": self.uploads(text),
            **answers,
        }
        self.does(matter, "draft", outcome="submitted", **filled)

    def does(self, matter: "Matter", element: str, **answers: Any) -> None:
        """Claim and complete the open task of an element."""
        with self.work() as work:
            task = matter.open_task(work, element)
            tasks.require_task(work, task.public_id)
            tasks.claim(work, task)
            tasks.complete(work, task, revision=task.revision, answers=answers)

    def claims(self, matter: "Matter", element: str) -> None:
        """领取."""
        with self.work() as work:
            tasks.claim(work, matter.open_task(work, element))

    def agrees(self, matter: "Matter", element: str, opinion: str = "") -> None:
        """同意."""
        self.does(matter, element, outcome="agreed", opinion=opinion)

    def returns(self, matter: "Matter", element: str, reason: str = "content") -> None:
        """退回."""
        self.does(
            matter, element, outcome="returned", reason=reason, opinion="第二段要改。"
        )

    def approves(self, matter: "Matter", publish_on: str) -> None:
        """批准公开."""
        self.does(
            matter,
            "approve_publication",
            outcome="approved",
            channel="website",
            publish_on=publish_on,
        )


@dataclass
class Matter:
    """One case in a test."""

    office: "Office"
    id: int

    def case(self, work: Work) -> Case:
        """Return the case's row."""
        return work.session.get_one(Case, self.id)

    def open_task(self, work: Work, element: str) -> Task:
        """Return the open task of an element, or the last one that was."""
        return work.session.scalars(
            select(Task)
            .where(Task.case_id == self.id, Task.element == element)
            .where(Task.kind == "work")
            .order_by(Task.id.desc())
        ).all()[0]

    @property
    def waits_at(self) -> list[str]:
        """The names of the steps that people have to take now."""
        with self.office.engine.read() as work:
            return [t.name for t in instances.open_tasks(work, self.case(work))]

    @property
    def history(self) -> list[str]:
        """The sentences of the history, oldest first."""
        with self.office.engine.read() as work:
            found = entries(work.session, case_stream(self.id))
            return [entry.sentence for entry in reversed(found)]

    @property
    def notices(self) -> list[tuple[str, str]]:
        """The open notices: role of the recipients, and what they are told."""
        with self.office.engine.read() as work:
            rows = work.session.scalars(
                select(Task)
                .where(Task.case_id == self.id, Task.kind == "notice")
                .where(Task.status.in_((TaskStatus.READY, TaskStatus.CLAIMED)))
                .order_by(Task.id)
            )
            return [(row.role, row.message) for row in rows]


@dataclass(frozen=True)
class OfficeKeys:
    """Where the test office's rows are in a copied database."""

    root_id: int
    organisations: dict[str, int]
    people: dict[str, tuple[int, str]]


@dataclass
class Office:
    """A district government with an office and a finance bureau, and their people."""

    engine: Engine
    clock: SetClock
    root_id: int = 0
    organisations: dict[str, int] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)

    @classmethod
    def over(cls, engine: Engine, clock: SetClock, keys: OfficeKeys) -> "Office":
        """Return the office that a copied database holds."""
        office = cls(engine, clock, keys.root_id, dict(keys.organisations))
        office.people = {
            login: Actor(office, key, name)
            for login, (key, name) in keys.people.items()
        }
        return office

    @property
    def keys(self) -> OfficeKeys:
        """Where this office's rows are."""
        known = {login: (actor.id, actor.name) for login, actor in self.people.items()}
        return OfficeKeys(self.root_id, dict(self.organisations), known)

    def __getattr__(self, login: str) -> Actor:
        try:
            return self.__dict__["people"][login]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(login) from None

    def organisation(self, work: Work, key: str) -> Organisation:
        """Return an organisation by its short name."""
        return work.session.get_one(Organisation, self.organisations[key])

    def fires(self) -> int:
        """Let the background runner fire what is due now."""
        return fire_due(self.engine)

    def add_person(
        self, login: str, name: str, place: str, *roles: tuple[Role, str]
    ) -> Actor:
        """Add somebody with roles in organisations."""
        with self.engine.work() as work:
            person = people.make_person(
                work,
                self.organisation(work, place),
                name=name,
                login=login,
                title="干部",
                password=PASSWORD,
                roles=[(role, self.organisation(work, at)) for role, at in roles],
            )
            actor = Actor(self, person.id, name)
        self.people[login] = actor
        return actor


PASSWORD = "correct horse battery"


def build_office(engine: Engine, clock: SetClock) -> Office:
    """Fill an empty database with the test office."""
    office = Office(engine, clock)
    with engine.work() as work:
        engine.definitions.deploy(work)
        root = people.make_root(work, "云川区")
        office.root_id = root.id
        make = _maker(work, office, root)
        district = make("区政府", OrganisationKind.GOVERNMENT, "500199001", None)
        gov_office = make("区政府办", OrganisationKind.OFFICE, "500199002", district)
        finance = make("区财政局", OrganisationKind.DEPARTMENT, "500199003", district)
        # A department's superior in disclosure work is the government's office (Art 3).
        finance.superior_id = gov_office.id
        make("信息公开科", OrganisationKind.SECTION, "1", gov_office)
        make("预算科", OrganisationKind.SECTION, "2", finance)
        make("办公室", OrganisationKind.SECTION, "3", finance)
    add = office.add_person
    add("admin", "区管理员", "区政府", (Role.SYSTEM_ADMINISTRATOR, "区政府"))
    add("lin", "林晓雯", "信息公开科", (Role.HANDLER, "信息公开科"))
    add("zhou", "周砚", "信息公开科", (Role.SECTION_HEAD, "信息公开科"))
    add("gao", "高远航", "区政府办", (Role.SECRECY_REVIEWER, "区政府办"))
    add("liang", "梁敬之", "区政府办", (Role.DISCLOSURE_HEAD, "区政府办"))
    add("qin", "秦主任", "区政府办", (Role.UNIT_HEAD, "区政府办"))
    add("shen", "沈清", "预算科", (Role.HANDLER, "预算科"))
    add("ma", "马科长", "预算科", (Role.SECTION_HEAD, "预算科"))
    add("he", "何敏", "办公室", (Role.SECRECY_REVIEWER, "区财政局"))
    add("tang", "唐晓", "办公室", (Role.DISCLOSURE_HEAD, "区财政局"))
    add("luo", "罗局长", "区财政局", (Role.UNIT_HEAD, "区财政局"))
    return office


def _maker(work: Work, office: Office, root: Root) -> Callable[..., Organisation]:
    def make(
        name: str, kind: OrganisationKind, code: str, parent: Organisation | None
    ) -> Organisation:
        made = people.make_organisation(
            work,
            root,
            name=f"云川{name}",
            short_name=name,
            kind=kind,
            level=Level.COUNTY,
            region="500199",
            code=code,
            parent=parent,
            valid_from=date(2020, 1, 1),
        )
        office.organisations[name] = made.id
        return made

    return make


def person_row(work: Work, actor: Actor) -> Person:
    """Return a person's row."""
    return work.session.get_one(Person, actor.id)
