"""The demonstration office: filled once, and told on the terminal at each start."""

from collections.abc import Callable
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
from engine.offices import OfficePlan, read_office, set_up_demonstration
from models.migrations import upgrade
from models.people import ROLE_NAMES

#: A login to its password.
PasswordOf = Callable[[str], str]

#: Whose people are listed first: the district in which a newcomer looks around.
_SHOWN = 12


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
    for left in partial.parent.glob(f"{partial.name}*"):
        left.unlink()
    _fill(replace(settings, database_url=f"sqlite:///{partial}"), clock, password_of)
    for left in target.parent.glob(f"{target.name}-*"):
        left.unlink()
    partial.rename(target)


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
    table = Table(title="演示人员（密码随机，只属于这次安装）", title_justify="left")
    for heading in ("账号", "密码", "姓名", "单位", "角色"):
        table.add_column(heading)
    first, *others = plan().roots
    for person in first.people[:_SHOWN]:
        roles = "、".join(ROLE_NAMES[role.role] for role in person.roles)
        table.add_row(
            person.login, password_of(person.login), person.name, person.place, roles
        )
    console = Console()
    console.print(table)
    rest = len(first.people) - _SHOWN + sum(len(root.people) for root in others)
    console.print(f"另有 {rest} 人：python3 run.py user list；密码：user password 账号")
