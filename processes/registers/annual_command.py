"""The command `annual-report`: the tables of a year's report, and its checks."""

import click
from rich.console import Console
from rich.table import Table as Printed
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.commands.deploy import OpenEngine, database_option
from engine.commands.output import JsonCommand, WholeNumber, json_option, write_json
from models.people import Organisation
from processes.registers.annual_checks import BLOCK_NAMES, Check, Report, checks
from processes.registers.annual_figures import as_numbers
from processes.registers.annual_report import COLUMNS, RESULT_COLUMNS, ROWS, Table
from processes.registers.annual_reports import (
    Scope,
    everybody,
    one_agency,
    report_of,
)

#: The Regulations are in force since 2008 (国令492).
_YEARS = range(2008, 2200)


def annual_report(open_engine: OpenEngine) -> click.Command:
    """Return the command that tells the tables of a year."""

    @click.command(
        "annual-report",
        cls=JsonCommand,
        help="统计一年的年度报告：表二、表三、表四和勾稽检查。",
    )
    @click.option(
        "--year", metavar="Y", type=WholeNumber(), required=True, help="报告的年份。"
    )
    @click.option(
        "--organisation", metavar="CODE", help="机关代码；不写则为全部机关的合计。"
    )
    @database_option
    @json_option
    def command(
        year: int, organisation: str | None, database: str | None, as_json: bool
    ) -> None:
        if year not in _YEARS:
            raise click.UsageError(f"年份从{_YEARS[0]}到{_YEARS[-1]}。")
        engine = open_engine(database)
        with engine.read() as work:
            scope = _scope(work.session, organisation)
            report = report_of(work.session, scope, year)
            name = scope.name
        if as_json:
            write_json(
                {
                    "year": year,
                    "organisation": organisation,
                    "table2": as_numbers(report.figures),
                    "table3": report.table3,
                    "table4": report.table4,
                    "checks": [
                        {"id": each.id, "ok": each.ok, "message": each.message}
                        for each in checks(report)
                    ],
                }
            )
            return
        _tell(Console(), f"{name}{year}年度报告", report)

    return command


def _scope(session: Session, code: str | None) -> Scope:
    if code is None:
        return everybody(session)
    agency = session.scalars(
        select(Organisation).where(
            Organisation.code == code, Organisation.acts_in_own_name
        )
    ).one_or_none()
    if agency is None:
        raise click.UsageError(f"没有代码为“{code}”的机关。")
    return one_agency(agency)


def _tell(console: Console, title: str, report: Report) -> None:
    console.print(title)
    console.print(_printed("表三", COLUMNS, [r.in_words for r in ROWS], report.table3))
    console.print(_printed("表四", RESULT_COLUMNS, BLOCK_NAMES, report.table4))
    for each in checks(report):
        console.print(_line(each), markup=False)


def _printed(
    title: str, columns: tuple[str, ...], names: list[str] | tuple[str, ...], of: Table
) -> Printed:
    printed = Printed("", *columns, title=title)
    for name, numbers in zip(names, of, strict=True):
        printed.add_row(name, *(str(number) for number in numbers))
    return printed


def _line(check: Check) -> str:
    return f"{'通过' if check.ok else '不通过'}　{check.id}　{check.message}"
