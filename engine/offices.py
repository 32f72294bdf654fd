"""Whole offices from a file, and the weeks a demonstration office has behind it."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from sqlalchemy import func, select

from engine import people, personal
from engine.calendars import load_calendar
from engine.clock import OFFICE_ZONE, office_date
from engine.errors import Refusal
from engine.timers import fire_due
from engine.work import Engine, Work
from models.people import (
    ROLE_NAMES,
    Level,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    Root,
)
from models.workflow import Timer

#: Told what is being done, for the person who waits in front of the terminal.
Progress = Callable[[str], None]

#: The password that somebody with this login is to have.
PasswordOf = Callable[[str], str]

#: How long before the present a demonstration office opened: nothing happens in an
#: office before there are people in it.
OPENED_BEFORE = timedelta(days=90)

#: Roles that belong to a section, where the person's post is in one.
_OF_A_SECTION = frozenset({Role.HANDLER, Role.SECTION_HEAD})


class BadOffice(Refusal):
    """A file that does not describe an office; nothing was stored."""


@dataclass(frozen=True)
class RolePlan:
    """A role in an organisation, named by its path."""

    role: Role
    place: str


@dataclass(frozen=True)
class PersonPlan:
    """Somebody who is to work in an organisation, named by its path."""

    name: str
    login: str
    title: str
    place: str
    roles: tuple[RolePlan, ...]
    mobile: str
    email: str

    @property
    def agency(self) -> str:
        """The short name of the agency that the place is, or is a section of."""
        return self.place.partition("/")[0]


@dataclass(frozen=True)
class OrganisationPlan:
    """An organisation; its path is its short name, a section's its agency's as well."""

    path: str
    name: str
    short_name: str
    kind: OrganisationKind
    level: Level
    region: str
    code: str
    symbol: str
    parent: str
    superior: str


@dataclass(frozen=True)
class RootPlan:
    """One tree: organisations from the top down, and their people."""

    name: str
    organisations: tuple[OrganisationPlan, ...]
    people: tuple[PersonPlan, ...]


@dataclass(frozen=True)
class OfficePlan:
    """All trees of an installation."""

    roots: tuple[RootPlan, ...]


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


def read_office(path: Path) -> OfficePlan:
    """Read an office from a TOML file.

    Raises:
        BadOffice: with the entry that is to be changed.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path.name}不是 UTF-8 编码的 TOML：{error}。"
        raise BadOffice(msg) from error
    except OSError as error:
        msg = f"{path}打不开：{error.strerror}。"
        raise BadOffice(msg) from error
    reader = _Reader()
    entry = _Entry(path.name, content)
    plan = OfficePlan(tuple(reader.root(root) for root in entry.tables("root")))
    entry.refuse_unknown()
    return plan


def fill(
    work: Work,
    plan: OfficePlan,
    password_of: PasswordOf,
    progress: Progress = lambda _: None,
) -> list[Account]:
    """Make all organisations and people of a plan; return how they log in.

    Raises:
        AlreadyExists: a login is taken.
        Refusal: somebody would mix administration with the office's business.
    """
    accounts = []
    for root in plan.roots:
        accounts += _fill_root(work, root, password_of, progress)
    return accounts


def set_up_demonstration(
    engine: Engine,
    plan: OfficePlan,
    password_of: PasswordOf,
    progress: Progress = lambda _: None,
) -> list[Account]:
    """Fill an empty database with an office that has been at work until now."""
    opened_at = engine.clock() - OPENED_BEFORE
    with replace(engine, clock=lambda: opened_at).work() as work:
        engine.definitions.deploy(work)
        accounts = fill(work, plan, password_of, progress)
    for process in engine.definitions:
        if process.demonstrate is not None:
            progress(f"办理演示事项：{process.texts.title}")
            office = Demonstration(engine)
            process.demonstrate(office)
            office.until_now()
    return accounts


class Demonstration:
    """An office in the days before the present, and people who act in it.

    Its clock only goes forward; what becomes due on the way fires at its own instant,
    as it would have with the server running.
    """

    def __init__(self, engine: Engine) -> None:
        self._present = engine.clock()
        self._instant = self._present - OPENED_BEFORE
        self._engine = replace(engine, clock=lambda: self._instant, wake=lambda: None)
        self._people: dict[str, int] = {}
        self._today = office_date(self._present)
        with engine.read() as work:
            self._calendar = load_calendar(work.session)

    def day(self, days_ago: int) -> date:
        """Return the n-th working day before today; after today if n is negative."""
        return self._calendar.add_working_days(self._today, -days_ago).date

    def at(self, days_ago: int, hour: str) -> None:
        """Let time pass until an hour (09:30) of a working day before today."""
        local = datetime.combine(
            self.day(days_ago), time.fromisoformat(hour), OFFICE_ZONE
        )
        if not self._instant <= local <= self._present:
            msg = f"the demonstration's clock cannot be put on {local}"
            raise ValueError(msg)
        self._pass(local.astimezone(UTC))

    def until_now(self) -> None:
        """Let time pass until the present."""
        self._pass(self._present)

    @contextmanager
    def act(self, login: str) -> Iterator[Work]:
        """Open an act of a person; what it makes due at once fires after it."""
        if login not in self._people:
            with self._engine.read() as work:
                self._people[login] = work.session.scalars(
                    select(Person.id).where(Person.login == login)
                ).one()
        with self._engine.work(self._people[login]) as work:
            yield work
        self._pass(self._instant)

    def _pass(self, until: datetime) -> None:
        fire_due(self._engine)
        while (due_at := self._next_due()) is not None and due_at <= until:
            self._instant = due_at
            fire_due(self._engine)
        self._instant = until

    def _next_due(self) -> datetime | None:
        """Return when the next timer is due, later than now in the demonstration."""
        with self._engine.read() as work:
            return work.session.scalar(
                select(func.min(Timer.next_attempt_at)).where(
                    Timer.fired_at.is_(None),
                    Timer.cancelled_at.is_(None),
                    Timer.next_attempt_at > self._instant,
                )
            )


def _fill_root(
    work: Work, plan: RootPlan, password_of: PasswordOf, progress: Progress
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
            _fill_person(work, root, made, each, password_of(each.login))
            for each in planned
        ]
    return accounts


def _fill_person(
    work: Work,
    root: Root,
    made: Mapping[str, Organisation],
    plan: PersonPlan,
    password: str,
) -> Account:
    person = people.make_person(
        work,
        made[plan.place],
        name=plan.name,
        login=plan.login,
        title=plan.title,
        password=password,
        roles=[(role.role, made[role.place]) for role in plan.roles],
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


_Known = TypeVar("_Known", bound=StrEnum)


class _Reader:
    """Reads roots one after another; logins and names are unique over all of them."""

    def __init__(self) -> None:
        self._roots: set[str] = set()
        self._logins: set[str] = set()
        self._region = ""
        self._mail = ""
        self._organisations: dict[str, OrganisationPlan] = {}

    def root(self, entry: "_Entry") -> RootPlan:
        name = entry.text("name")
        entry.called(f"组织树“{name}”")
        entry.unique("name", name, self._roots)
        self._region, self._mail = entry.text("region"), entry.text("mail")
        self._organisations = {}
        agencies = entry.tables("organisation")
        entry.refuse_unknown()
        # All organisations come first: a role may be in one further down.
        inside = [(agency, self._agency(agency)) for agency in agencies]
        found = [
            self._person(person, path)
            for agency, path in inside
            for person in agency.tables("people", empty=True)
        ]
        for agency, _ in inside:
            agency.refuse_unknown()
        return RootPlan(name, tuple(self._organisations.values()), tuple(found))

    def _agency(self, entry: "_Entry") -> str:
        short_name = entry.text("short_name")
        entry.called(f"单位“{short_name}”")
        entry.unique("short_name", short_name, set(self._organisations))
        codes = {each.code for each in self._organisations.values()}
        agency = OrganisationPlan(
            path=short_name,
            name=entry.text("name"),
            short_name=short_name,
            kind=entry.one_of("kind", OrganisationKind),
            level=entry.one_of("level", Level),
            region=self._region,
            code=entry.unique("code", entry.text("code"), codes),
            symbol=entry.text("symbol"),
            parent=self._above(entry, "parent"),
            superior=self._above(entry, "superior"),
        )
        if agency.kind == OrganisationKind.SECTION:
            entry.refuse("内设机构写在所属单位的“sections”里")
        self._organisations[short_name] = agency
        for number, name in enumerate(entry.texts("sections"), start=1):
            path = f"{short_name}/{name}"
            entry.unique("sections", path, set(self._organisations))
            self._organisations[path] = replace(
                agency,
                path=path,
                name=f"{agency.name}{name}",
                short_name=name,
                kind=OrganisationKind.SECTION,
                code=f"{agency.code}{number:02d}",
                symbol="",
                parent=short_name,
                superior="",
            )
        return short_name

    def _above(self, entry: "_Entry", key: str) -> str:
        path = entry.text(key, default="")
        if path and path not in self._organisations:
            entry.refuse(f"“{key}”写的“{path}”不在它前面的单位里")
        return path

    def _person(self, entry: "_Entry", agency: str) -> PersonPlan:
        name = entry.text("name")
        entry.called(f"人员“{name}”")
        login = entry.unique("login", entry.text("login"), self._logins)
        section = entry.text("section", default="")
        place = f"{agency}/{section}" if section else agency
        if place not in self._organisations:
            entry.refuse(f"“{agency}”没有内设机构“{section}”")
        roles = [
            self._role(entry, text, agency, place) for text in entry.texts("roles")
        ]
        person = PersonPlan(
            name=name,
            login=login,
            title=entry.text("title"),
            place=place,
            roles=tuple(roles),
            # 000 is no number range: nobody is called or written to by mistake.
            mobile=f"000-0000 {len(self._logins):04d}",
            email=f"{login}@{self._mail}",
        )
        entry.refuse_unknown()
        return person

    def _role(self, entry: "_Entry", text: str, agency: str, place: str) -> RolePlan:
        value, _, elsewhere = text.partition("@")
        role = entry.known("roles", value, Role)
        if elsewhere and elsewhere not in self._organisations:
            entry.refuse(f"“{text}”里的单位“{elsewhere}”不在这个组织树里")
        own = place if role in _OF_A_SECTION else agency
        return RolePlan(role, elsewhere or own)


class _Entry:
    """One table of the file; every refusal names it."""

    def __init__(self, name: str, content: Mapping[str, Any]) -> None:
        self._name = name
        self._content = content
        self._read: set[str] = set()

    def called(self, name: str) -> None:
        """Name this entry from now on as a person would."""
        self._name = name

    def refuse(self, reason: str) -> NoReturn:
        msg = f"{self._name}：{reason}。"
        raise BadOffice(msg)

    def text(self, key: str, default: str | None = None) -> str:
        self._read.add(key)
        value = self._content.get(key, default)
        if value is None:
            self.refuse(f"没有写“{key}”")
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.refuse(f"“{key}”应是文字")
        return str(value)

    def texts(self, key: str) -> list[str]:
        self._read.add(key)
        values = self._content.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            self.refuse(f"“{key}”应是一列文字")
        return list(values)

    def tables(self, key: str, *, empty: bool = False) -> list["_Entry"]:
        self._read.add(key)
        rows = self._content.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.refuse(f"“{key}”应是一组表")
        if not rows and not empty:
            self.refuse(f"一个“{key}”也没有写")
        return [
            _Entry(f"{self._name}的第{number}个“{key}”", row)
            for number, row in enumerate(rows, start=1)
        ]

    def one_of(self, key: str, values: type[_Known]) -> _Known:
        return self.known(key, self.text(key), values)

    def known(self, key: str, value: str, values: type[_Known]) -> _Known:
        try:
            return values(value)
        except ValueError:
            choices = "、".join(each.value for each in values)
            self.refuse(f"“{key}”写的“{value}”不认识，可以写{choices}")

    def unique(self, key: str, value: str, known: set[str]) -> str:
        if value in known:
            self.refuse(f"“{key}”写的“{value}”前面已经有了")
        known.add(value)
        return value

    def refuse_unknown(self) -> None:
        unknown = sorted(self._content.keys() - self._read)
        if unknown:
            self.refuse(f"不认识“{'”“'.join(unknown)}”")
