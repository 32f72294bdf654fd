"""An office as it stands in a file: organisations, people and roles, not yet made."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from engine.errors import Refusal
from models.people import Level, OrganisationKind, Role

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
