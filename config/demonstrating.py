"""The demonstration office: filled once, and told on the terminal at each start."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy.engine import make_url

from config.assembly import assemble
from config.settings import ROOT, Settings
from engine import installation
from engine.clock import Clock
from engine.demonstration import set_up_demonstration
from engine.office_plans import OfficePlan, PersonPlan, RootPlan, read_office
from models.migrations import upgrade
from models.people import ROLE_NAMES, Role

#: A login to its password.
PasswordOf = Callable[[str], str]

#: Through whose hands a plain document goes, in their order: whom a newcomer logs in
#: as first.
_WAY = (
    Role.HANDLER,
    Role.SECTION_HEAD,
    Role.UNIT_HEAD,
    Role.SEAL_KEEPER,
    Role.SECRECY_REVIEWER,
    Role.LEGAL_REVIEWER,
    Role.DISCLOSURE_HEAD,
)


def plan() -> OfficePlan:
    """Return the office's organisations and people."""
    return read_office(ROOT / "config" / "demonstration" / "office.toml")


def fill_demonstration(
    settings: Settings, clock: Clock, password_of: PasswordOf
) -> None:
    """Fill an empty database; killed half-way, SQLite's is begun anew.

    SQLite is filled beside its place and moved there whole when it is complete.
    """
    path = make_url(settings.database_url).database
    if not settings.database_url.startswith("sqlite"):
        _fill(settings, clock, password_of)
        return
    target = Path(path or "")
    partial = target.with_name(f"{target.name}.part")
    _remove(partial)
    _fill(replace(settings, database_url=f"sqlite:///{partial}"), clock, password_of)
    _remove(target)
    partial.rename(target)
    _remove(partial)


def _remove(database: Path) -> None:
    """Take away a database file with what lies beside it."""
    for suffix in ("", "-wal", "-shm", ".gate"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _fill(settings: Settings, clock: Clock, password_of: PasswordOf) -> None:
    engine = assemble(settings, clock)
    upgrade(engine.database.engine)

    def progress(line: str) -> None:
        click.echo(f"  {line}", err=True)

    click.echo("第一次启动，建立演示单位（都是虚构的）……", err=True)
    set_up_demonstration(engine, plan(), password_of, progress)
    with engine.work() as work:
        installation.mark(work, "demonstration", "演示单位")
    if settings.database_url.startswith("sqlite"):
        with engine.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.database.dispose()


def tell_accounts(password_of: PasswordOf) -> None:
    """Print how the demonstration people log in, on the terminal only."""
    roots = plan().roots
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(_table("全部演示人员", _everybody(roots), password_of))
    way = _way_of_a_document(roots[0])
    console.print(_table("从这些人开始：一份公文依次经过他们", way, password_of))


def _everybody(roots: Sequence[RootPlan]) -> list[PersonPlan]:
    return [person for root in roots for person in root.people]


def _way_of_a_document(root: RootPlan) -> list[PersonPlan]:
    """Return people of one agency who can take a document all the way."""
    drafter = next(p for p in root.people if _holds(p, Role.HANDLER))
    agency = drafter.place.split("/")[0]
    people = [p for p in root.people if p.place.split("/")[0] == agency]
    return [next(p for p in people if _holds(p, role)) for role in _WAY]


def _holds(person: PersonPlan, role: Role) -> bool:
    return any(held.role == role for held in person.roles)


def _table(title: str, people: list[PersonPlan], password_of: PasswordOf) -> Table:
    table = Table(title=f"{title}（密码随机，只属于这次安装）", title_justify="left")
    for heading in ("账号", "密码", "姓名", "单位", "角色"):
        table.add_column(heading, overflow="fold")
    for person in people:
        # Somebody may hold one role in two sections.
        roles = "、".join(dict.fromkeys(ROLE_NAMES[each.role] for each in person.roles))
        table.add_row(
            person.login, password_of(person.login), person.name, person.place, roles
        )
    return table
