"""The command `replay-year`: a published year, one request per counted piece."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import orjson
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import func, select

from engine.authoring import Demonstration, Engine, Refusal, Work, people, settings
from engine.commands.deploy import OpenEngine
from engine.commands.output import JsonCommand, WholeNumber, json_option, write_json
from engine.office_plans import read_office
from engine.offices import fill
from models.migrations import upgrade
from models.people import Organisation, Root
from models.records import HistoryEntry
from models.requests import InformationRequest
from processes.information_request.replay_plan import Piece, expected, plan
from processes.information_request.replaying import Replay, working_days
from processes.registers.annual_report import KINDS, Table, table3

_OFFICE = Path(__file__).with_name("replay_office.toml")
#: The history outside of cases in which each replayed year is kept.
_STREAM, _EVENT = "replay", "year_replayed"
_YEARS = range(2009, 2200)


class NotForReplay(Refusal):
    """The database holds something else than the year before."""


class Differs(Refusal):
    """What the registers count is not what was replayed."""


def replay_year(open_engine: OpenEngine) -> click.Command:
    """Return the command that lives through a published year."""

    @click.command(
        "replay-year",
        cls=JsonCommand,
        help="把公布的一年表三逐件办理一遍：空库，或者只有用本命令办过的上一年。",
    )
    @click.argument("file", metavar="FILE[#REPORT]")
    @click.option("--year", metavar="Y", type=WholeNumber(), required=True)
    @click.option("--database", metavar="URL", required=True, help="存入的数据库。")
    @click.option(
        "--sample",
        metavar="N",
        type=WholeNumber(),
        default=1,
        help="只办表内第1、N+1……件。",
    )
    @json_option
    def command(
        file: str, year: int, database: str, sample: int, as_json: bool
    ) -> None:
        if year not in _YEARS or sample < 1:
            raise click.UsageError("年份要在2009年以后，--sample 不小于1。")
        table = _read(file)
        began = time.perf_counter()
        engine = open_engine(database)
        upgrade(engine.database.engine)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            shown = bar.add_task(f"{year}年", total=None)
            pieces = replay(
                engine,
                table,
                year,
                sample,
                lambda done, of: bar.update(shown, completed=done, total=of),
            )
        told = {
            "requests": len(pieces),
            "closed": sum(bool(piece.code) for piece in pieces),
            "carried_over": sum(not piece.code for piece in pieces),
            "seconds": round(time.perf_counter() - began, 1),
            "table3": expected(pieces),
        }
        if as_json:
            write_json(told)
        else:
            click.echo(
                f"{year}年办理{told['requests']}件，办结{told['closed']}件，"
                f"结转下年度{told['carried_over']}件，{told['seconds']}秒。"
            )

    return command


def replay(
    engine: Engine,
    table: Table,
    year: int,
    sample: int = 1,
    progress: Any = lambda _done, _of: None,
) -> list[Piece]:
    """Live through a year; the registers then count exactly its pieces.

    Raises:
        NotForReplay: the database holds something else.
        BadTable: the table does not hold together.
        Differs: the registers do not count what was replayed.
    """
    opened_at = datetime(year - 1, 12, 1, 1, tzinfo=UTC)
    with engine.read() as work:
        before = _year_before(work, year, sample)
    if not before:
        _found(replace(engine, clock=lambda: opened_at))
    with engine.read() as work:
        agency = _agency(work)
        left = _left_open(work, agency) if before else None
        pieces = plan(
            table,
            {each: working_days(work, agency, each) for each in (year - 1, year)},
            year,
            sample=sample,
            left_open=[len(left[kind]) for kind in KINDS] if left else None,
        )
        agency_id = agency.id
    begins = datetime(year, 1, 1, tzinfo=UTC) if before else opened_at
    office = Demonstration(engine, begins)
    Replay(office, agency_id, progress).live(pieces, left or {})
    office.on(date(year, 12, 31), "23:30")
    with engine.work() as work:
        _keep(work, _agency(work), year, sample, expected(pieces))
    return pieces


def _read(file: str) -> Table:
    """Read table 3 of a file, or of one of its reports.

    Raises:
        UsageError: there is no such file, report or table.
    """
    path, _, report = file.partition("#")
    try:
        content = orjson.loads(Path(path).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        raise click.UsageError(f"读不出 JSON 文件“{path}”。") from None
    if report:
        content = content.get("reports", {}).get(report, {})
    table = content.get("table3") if isinstance(content, dict) else None
    if not isinstance(table, list) or not all(map(_is_row, table)):
        raise click.UsageError(f"“{file}”里没有表三（table3）。")
    return table


def _is_row(row: object) -> bool:
    return isinstance(row, list) and all(type(number) is int for number in row)


def _year_before(work: Work, year: int, sample: int) -> bool:
    """Tell whether the year before is there; else the database is empty."""
    if work.session.scalar(select(func.count(Root.id))) == 0:
        return False
    last = work.session.scalars(
        select(HistoryEntry)
        .where(HistoryEntry.event == _EVENT)
        .order_by(HistoryEntry.id.desc())
        .limit(1)
    ).one_or_none()
    requests = work.session.scalar(select(func.count(InformationRequest.id)))
    if last is None or last.data != {
        "year": year - 1,
        "sample": sample,
        "requests": requests,
    }:
        msg = (
            "数据库里有别的内容：回放要空库，"
            f"或者只有用同样的 --sample 回放过{year - 1}年的库。"
        )
        raise NotForReplay(msg)
    return True


def _found(engine: Engine) -> None:
    """Make the one agency with its people, a month before the year begins."""
    with engine.work() as work:
        engine.definitions.deploy(work)
        fill(work, read_office(_OFFICE), lambda _login: people.random_password())
    with engine.work() as work:
        agency = _agency(work)
        own = {
            "letters.contact": "回放市政府信息公开科，电话12345",
            "letters.reconsideration_body": "回放省人民政府",
        }
        for key, value in own.items():
            settings.write(
                work,
                key,
                value,
                valid_from=work.today,
                reason="回放",
                root_id=agency.root_id,
                organisation_id=agency.id,
            )


def _agency(work: Work) -> Organisation:
    return work.session.scalars(
        select(Organisation).where(Organisation.acts_in_own_name)
    ).one()


def _left_open(work: Work, agency: Organisation) -> dict[str, list[int]]:
    """Return the cases that the year before left open, by the applicants' kind."""
    found: dict[str, list[int]] = defaultdict(list)
    rows: Sequence[Any] = work.session.execute(
        select(InformationRequest.applicant_kind, InformationRequest.case_id)
        .where(
            InformationRequest.agency_id == agency.id,
            InformationRequest.closed_on.is_(None),
        )
        .order_by(InformationRequest.id)
    ).all()
    for kind, case_id in rows:
        found[kind].append(case_id)
    return found


def _keep(
    work: Work, agency: Organisation, year: int, sample: int, given: Table
) -> None:
    """Say in the history that the year was lived through, and that it counts so."""
    counted = table3(work.session, year, [agency.id])
    if counted != given:
        msg = "办理之后登记里统计的数字与应有的表不一致，这次回放不能用。"
        raise Differs(msg)
    requests = work.session.scalar(select(func.count(InformationRequest.id)))
    work.record_outside(
        _STREAM,
        agency.root_id,
        _EVENT,
        f"回放了{year}年的公开申请。",
        year=year,
        sample=sample,
        requests=requests,
    )
