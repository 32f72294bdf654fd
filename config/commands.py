"""Puts the parts together: every command of run.py, and the engine they run on."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.settings import ROOT, Settings
from engine.clock import system_clock
from engine.commands.output import JsonGroup

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from engine.check import HouseRules
    from engine.work import Engine

# Every import below stands in the command that needs it: `check`, `workdays` and `due`
# are asked by other programs, which wait for them, and need neither pages nor database.


class Commands(JsonGroup):
    """The commands by name; each is put together only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names for --help."""
        return [*super().list_commands(ctx), *_LATER]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name."""
        later = _LATER.get(cmd_name)
        return later() if later else super().get_command(ctx, cmd_name)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    help="公开：政务公开工作平台。不带命令时启动服务；没有数据库时先建演示单位。",
)
@click.pass_context
def group(context: click.Context) -> None:
    """Serve when nothing else is asked for."""
    if context.invoked_subcommand is None:
        context.invoke(serve)


@group.command(help="启动服务。没有数据库时先建演示单位。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。")
@click.option("--port", default=8000, show_default=True, help="端口，0 为任选。")
@click.option("--database", metavar="URL", help="数据库；不写则用配置的那一个。")
@click.option(
    "--pages",
    type=click.Choice(["all", "office", "public"]),
    default="all",
    show_default=True,
    help="办公页面和公众页面可以分开服务。",
)
@click.option(
    "--test-clock",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="测试用：文件里的秒数加到现在时间上。真实单位拒绝使用。",
)
def serve(
    host: str, port: int, database: str | None, pages: str, test_clock: Path | None
) -> None:
    """Serve pages and background jobs until stopped."""
    from config.serving import run  # noqa: PLC0415

    # The libraries speak of every step at INFO; what they warn of is for people.
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(name)s %(message)s"
    )
    chosen = ("office", "public") if pages == "all" else (pages,)
    run(Settings.read(database), host, port, chosen, test_clock)


def _init() -> click.Command:
    from engine.commands.init import init  # noqa: PLC0415

    return init(_open_engine)


def _migrate() -> click.Command:
    from engine.commands.deploy import migrate  # noqa: PLC0415

    return migrate(_open_engine)


def _deploy() -> click.Command:
    from engine.commands.deploy import deploy  # noqa: PLC0415

    return deploy(_open_engine)


def _user() -> click.Command:
    from engine.commands.user import user  # noqa: PLC0415

    return user(_open_engine)


def _import() -> click.Command:
    from processes.document_review.import_command import import_files  # noqa: PLC0415

    return import_files(_open_engine)


def _annual_report() -> click.Command:
    from processes.registers.annual_command import annual_report  # noqa: PLC0415

    return annual_report(_open_engine)


def _replay_year() -> click.Command:
    from processes.information_request.replay_command import (  # noqa: PLC0415
        replay_year,
    )

    return replay_year(_open_engine)


def _check() -> click.Command:
    from engine.commands.check import check  # noqa: PLC0415

    return check(house_for)


def _workdays() -> click.Command:
    from engine.commands.workdays import workdays  # noqa: PLC0415

    return workdays(_reading, _writing)


def _due() -> click.Command:
    from processes.registers.due_command import due  # noqa: PLC0415

    return due(_reading, _clarification_days)


def _test() -> click.Command:
    from config.checks import test  # noqa: PLC0415

    return test


_LATER: dict[str, Callable[[], click.Command]] = {
    "init": _init,
    "migrate": _migrate,
    "deploy": _deploy,
    "user": _user,
    "import": _import,
    "annual-report": _annual_report,
    "replay-year": _replay_year,
    "check": _check,
    "workdays": _workdays,
    "due": _due,
    "test": _test,
}


def _open_engine(database: str | None) -> "Engine":
    """Put an engine together on the configured database, or on the one named."""
    from config.assembly import assemble  # noqa: PLC0415

    return assemble(Settings.read(database), system_clock)


@contextmanager
def _reading(url: str) -> "Iterator[Session]":
    from engine.database import Database  # noqa: PLC0415

    with Database(url).reading() as session:
        yield session


@contextmanager
def _writing(url: str) -> "Iterator[Session]":
    from engine.database import Database  # noqa: PLC0415

    with Database(url).writing() as session:
        yield session


def _clarification_days(session: "Session", on: "date") -> int:
    """Return what the office set; an installation of several is asked for none."""
    from sqlalchemy import select  # noqa: PLC0415

    from engine import settings  # noqa: PLC0415
    from models.people import Root  # noqa: PLC0415

    roots = session.scalars(select(Root.id).limit(2)).all()
    root_id = roots[0] if len(roots) == 1 else None
    days = settings.read(session, "request.clarification_days", on=on, root_id=root_id)
    return int(days)


@cache
def _house_rules(folder: str) -> "HouseRules | None":
    from config.assembly import house_rules_of  # noqa: PLC0415

    return house_rules_of(folder)


def house_for(path: Path) -> "HouseRules | None":
    """Return the rules of our house for a file inside of processes/."""
    home = (ROOT / "processes").resolve()
    path = path.resolve()
    if home not in path.parents or path.parent == home:
        return None
    return _house_rules(path.relative_to(home).parts[0])


def main() -> None:
    """Run the command that was typed."""
    group(prog_name="run.py")
