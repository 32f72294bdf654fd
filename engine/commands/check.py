"""The command `check`: whether diagrams and decision tables may be deployed."""

from collections.abc import Callable
from pathlib import Path

import click

from engine.check import HouseRules, Report, check_files
from engine.commands.output import JsonCommand, json_option, write_json


def check(house_for: Callable[[Path], HouseRules | None]) -> click.Command:
    """Return the command; `house_for` answers the rules for a file of our house."""

    @click.command("check", cls=JsonCommand, help="检查流程图和决策表能否部署。")
    @click.argument("files", metavar="FILE...", nargs=-1, required=True)
    @json_option
    @click.pass_context
    def command(context: click.Context, files: tuple[str, ...], as_json: bool) -> None:
        reports = check_files(files, house_for=house_for)
        if as_json:
            write_json([_document(report) for report in reports])
        else:
            for report in reports:
                _tell(report)
        context.exit(0 if all(report.accepted for report in reports) else 1)

    return command


def _document(report: Report) -> dict[str, object]:
    return {
        # A file name may hold bytes that are no text.
        "file": report.file.encode(errors="surrogateescape").decode(errors="replace"),
        "accepted": report.accepted,
        "defects": [
            {"element": each.element, "rule": each.rule, "message": each.message}
            for each in report.defects
        ],
    }


def _tell(report: Report) -> None:
    click.echo(f"{report.file}：{'可以部署' if report.accepted else '不能部署'}")
    for each in report.defects:
        click.echo(f"  {each.element or '整个文件'}：{each.message}（{each.rule}）")
