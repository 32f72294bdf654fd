"""The command `import`: the files of a folder become drafts of one handler."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import track
from sqlalchemy import select

from engine.authoring import BadFile, Refusal, Work
from engine.commands.deploy import OpenEngine, database_option
from engine.commands.output import JsonCommand, json_option, write_json
from models.documents import ATTRIBUTE_NAMES, Attribute
from models.people import Person
from processes.document_review import PROCESS
from processes.document_review.importing import (
    Imported,
    import_file,
    not_taken_in,
    read_file,
)


def import_files(open_engine: OpenEngine) -> click.Command:
    """Return the command that registers the files of a folder as drafts."""

    @click.command(
        "import",
        cls=JsonCommand,
        help="把文件夹里的文件登记为草稿：文件里写明的先填好，没写的留给经办人填。",
    )
    @click.argument(
        "folder", type=click.Path(exists=True, file_okay=False, path_type=Path)
    )
    @click.option("--as", "login", required=True, help="经办人的账号，草稿归他。")
    @database_option
    @json_option
    def command(folder: Path, login: str, database: str | None, as_json: bool) -> None:
        engine = open_engine(database)
        with engine.read() as work:
            person = _person(work, login)
        results = []
        paths = sorted(path for path in folder.iterdir() if path.is_file())
        progress = Console(stderr=True)
        for path in track(paths, "登记文件", console=progress, transient=True):
            try:
                found = read_file(path.name, path.read_bytes())
                # Each file is an act of its own: what was registered stays.
                with engine.work(person) as work:
                    results.append(import_file(work, found))
            except BadFile as bad:
                results.append(not_taken_in(path.name, bad.message))
        if as_json:
            write_json([_row(each) for each in results])
            return
        for each in results:
            click.echo("\n".join(_lines(each)))

    return command


def _person(work: Work, login: str) -> int:
    found = work.session.scalar(select(Person.id).where(Person.login == login))
    if found is None:
        msg = f"没有账号“{login}”。"
        raise Refusal(msg)
    return found


def _row(imported: Imported) -> Mapping[str, Any]:
    return {
        "file": imported.file,
        "case": imported.case or None,
        "entered": dict(imported.entered),
        "sources": dict(imported.sources),
        "asked": list(imported.asked),
        "refused": imported.refused or None,
    }


def _lines(imported: Imported) -> list[str]:
    if imported.refused:
        return [f"{imported.file}　没有登记：{imported.refused}"]
    fields = PROCESS.texts.steps["draft"].fields
    lines = [f"{imported.file}　登记为 {imported.case}"]
    for each, value in imported.entered.items():
        source = imported.sources[each]
        lines.append(f"  {fields[each].label}　{_in_words(each, value)}　（{source}）")
    asked = "、".join(fields[name].label for name in imported.asked)
    return [*lines, f"  要经办人填　{asked}"]


def _in_words(name: str, value: str) -> str:
    return ATTRIBUTE_NAMES[Attribute(value)] if name == "attribute" else value
