"""The commands `migrate` and `deploy`."""

from collections.abc import Callable

import click

from engine.commands.output import JsonCommand, json_option, write_json
from engine.definitions import Deployment
from engine.work import Engine
from models.migrations import revisions, upgrade

#: Opens the engine on the database of an option; None means the configured one.
OpenEngine = Callable[[str | None], Engine]

database_option = click.option(
    "--database", metavar="URL", help="数据库；不写则用配置的那一个。"
)


def migrate(open_engine: OpenEngine) -> click.Command:
    """Return the command that brings the database to the newest shape."""

    @click.command("migrate", cls=JsonCommand, help="把数据库升级到最新结构。")
    @database_option
    @json_option
    def command(database: str | None, as_json: bool) -> None:
        engine = open_engine(database)
        with engine.database.engine.connect() as connection:
            before, _newest = revisions(connection)
        upgrade(engine.database.engine)
        with engine.database.engine.connect() as connection:
            after, _newest = revisions(connection)
        if as_json:
            write_json({"before": before, "after": after})
        elif before == after:
            click.echo(f"数据库已是最新结构（{after}）。")
        else:
            click.echo(f"数据库从 {before or '空'} 升级到 {after}。")

    return command


def deploy(open_engine: OpenEngine) -> click.Command:
    """Return the command that stores changed process folders as new versions."""

    @click.command(
        "deploy", cls=JsonCommand, help="把改动过的流程存为新版本，并说明差别。"
    )
    @database_option
    @json_option
    def command(database: str | None, as_json: bool) -> None:
        engine = open_engine(database)
        with engine.work() as work:
            stored = engine.definitions.deploy(work)
            lines = [(each.definition.key, each.definition.version) for each in stored]
        if as_json:
            write_json(
                [
                    {"key": key, "version": version, "differences": each.differences}
                    for (key, version), each in zip(lines, stored, strict=True)
                ]
            )
            return
        if not stored:
            click.echo("流程没有变化。")
        for (key, version), each in zip(lines, stored, strict=True):
            click.echo(f"{key} 存为第 {version} 版。")
            for line in each.differences:
                click.echo(f"  {line}")

    return command


def in_words(stored: list[Deployment]) -> list[str]:
    """Return one line per stored version, for a server that starts."""
    return [
        f"流程 {each.definition.key} 存为第 {each.definition.version} 版，"
        f"{len(each.differences)} 处不同。"
        for each in stored
    ]
