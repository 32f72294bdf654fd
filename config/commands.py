"""Puts the parts together: every command of run.py, and the engine they run on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from config import checks
from config.settings import ROOT, Settings
from engine.check import HouseRules
from engine.clock import system_clock
from engine.commands.check import check
from engine.commands.deploy import deploy, migrate
from engine.commands.init import init
from engine.commands.output import JsonGroup
from engine.commands.user import user
from engine.commands.workdays import workdays
from engine.database import Database

if TYPE_CHECKING:
    from engine.work import Engine


@click.group(
    cls=JsonGroup,
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
    # Imported here, because `check` and `workdays` need neither and answer at once.
    from config.serving import run  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    chosen = ("office", "public") if pages == "all" else (pages,)
    run(Settings.read(database), host, port, chosen, test_clock)


def open_engine(database: str | None) -> "Engine":
    """Put an engine together on the configured database, or on the one named."""
    from config.assembly import assemble  # noqa: PLC0415

    return assemble(Settings.read(database), system_clock)


@contextmanager
def _reading(url: str) -> Iterator[Session]:
    with Database(url).reading() as session:
        yield session


@contextmanager
def _writing(url: str) -> Iterator[Session]:
    with Database(url).writing() as session:
        yield session


@cache
def _house_rules(folder: str) -> HouseRules | None:
    from config.assembly import house_rules_of  # noqa: PLC0415

    return house_rules_of(folder)


def house_for(path: Path) -> HouseRules | None:
    """Return the rules of our house for a file inside of processes/."""
    home = (ROOT / "processes").resolve()
    path = path.resolve()
    if home not in path.parents or path.parent == home:
        return None
    return _house_rules(path.relative_to(home).parts[0])


for command in (
    init(open_engine),
    migrate(open_engine),
    deploy(open_engine),
    user(open_engine),
    check(house_for),
    workdays(_reading, _writing),
    checks.test,
):
    group.add_command(command)


def main() -> None:
    """Run the command that was typed."""
    group(prog_name="run.py")
