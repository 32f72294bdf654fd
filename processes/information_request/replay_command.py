"""The command `replay-year`: a published year, one request per counted piece."""

import time
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeGuard

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
from models.applications import ApplicantKind
from models.challenges import Challenge, ChallengeKind
from models.migrations import upgrade
from models.people import Organisation, Root
from models.records import HistoryEntry
from models.requests import InformationRequest
from processes.information_request.replay_challenges import Challenges
from processes.information_request.replay_days import Days
from processes.information_request.replay_plan import Piece, expected, plan
from processes.information_request.replay_table4 import (
    expected_challenges,
    plan_challenges,
)
from processes.information_request.replaying import Requests, working_days
from processes.registers.annual_report import BLOCKS, KINDS, Table, table3, table4

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
        help="把公布的一年表三、表四逐件办理一遍：空库，或者只有用本命令办过的上一年。",
    )
    @click.argument("file", metavar="FILE[#REPORT]")
    @click.option("--year", metavar="Y", type=WholeNumber(), required=True)
    @click.option("--database", metavar="URL", required=True, help="存入的数据库。")
    @click.option(
        "--sample",
        metavar="N",
        type=WholeNumber(),
        default=1,
        help="只办第1、N+1……件，表三、表四各自从头数。",
    )
    @json_option
    def command(
        file: str, year: int, database: str, sample: int, as_json: bool
    ) -> None:
        if year not in _YEARS or sample < 1:
            raise click.UsageError("年份要在2009年以后，--sample 不小于1。")
        tables = _read(file)
        began = time.perf_counter()
        engine = open_engine(database)
        upgrade(engine.database.engine)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            shown = bar.add_task(f"{year}年", total=None)
            pieces = replay(
                engine,
                tables,
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


@dataclass(frozen=True)
class Tables:
    """What a report says of a year; table 4 may be missing."""

    table3: Table
    table4: Table | None = None


def replay(
    engine: Engine,
    given: Tables,
    year: int,
    sample: int = 1,
    progress: Any = lambda _done, _of: None,
) -> list[Piece]:
    """Live through a year; the registers then count exactly its pieces.

    Raises:
        NotForReplay: the database holds something else.
        BadTable: a table does not hold together.
        Differs: the registers do not count what was replayed.
    """
    opened_at = datetime(year - 1, 12, 1, 1, tzinfo=UTC)
    with engine.read() as work:
        before = _year_before(work, year, sample)
    if not before:
        _found(replace(engine, clock=lambda: opened_at))
    with engine.read() as work:
        agency = _agency(work)
        agency_id = agency.id
        left, pending = _left_open(work, agency), _left_pending(work, agency)
        days = {each: working_days(work, agency, each) for each in (year - 1, year)}
    pieces = plan(
        *(given.table3, days, year),
        sample=sample,
        left_open=[len(left[kind]) for kind in KINDS] if before else None,
    )
    challenges = plan_challenges(
        *(given.table4, pieces, days[year]),
        sample=sample,
        pending={kind: len(pending[kind]) for kind in BLOCKS},
    )
    begins = datetime(year, 1, 1, tzinfo=UTC) if before else opened_at
    lived = Days(Demonstration(engine, begins), agency_id, progress)
    matters = Requests(lived).plan(pieces, left)
    Challenges(lived, days[year], matters).plan(challenges, pending)
    lived.live()
    lived.office.on(date(year, 12, 31), "23:30")
    with engine.work() as work:
        _keep(
            *(work, _agency(work), year, sample),
            Tables(expected(pieces), expected_challenges(challenges)),
        )
    return pieces


def _read(file: str) -> Tables:
    """Read tables 3 and 4 of a file, or of one of its reports.

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
    found = content if isinstance(content, dict) else {}
    table3, table4 = found.get("table3"), found.get("table4")
    if not _is_table(table3):
        raise click.UsageError(f"“{file}”里没有表三（table3）。")
    if table4 is not None and not _is_table(table4):
        raise click.UsageError(f"“{file}”里的表四（table4）不是几行整数。")
    return Tables(table3, table4)


def _is_table(table: object) -> TypeGuard[Table]:
    return isinstance(table, list) and all(map(_is_row, table))


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
    if last is None or last.data != {
        "year": year - 1,
        "sample": sample,
        **_held(work),
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


def _left_open(work: Work, agency: Organisation) -> dict[ApplicantKind, list[int]]:
    """Return the cases that the year before left open, by the applicants' kind."""
    found: dict[ApplicantKind, list[int]] = defaultdict(list)
    rows = work.session.execute(
        select(InformationRequest.applicant_kind, InformationRequest.case_id)
        .where(
            InformationRequest.agency_id == agency.id,
            InformationRequest.closed_on.is_(None),
        )
        .order_by(InformationRequest.id)
    )
    for kind, case_id in rows:
        found[ApplicantKind(kind)].append(case_id)
    return found


def _left_pending(work: Work, agency: Organisation) -> dict[ChallengeKind, list[int]]:
    """Return the cases of 复议 and 诉讼 that the year before left pending, by kind."""
    found: dict[ChallengeKind, list[int]] = defaultdict(list)
    rows = work.session.execute(
        select(Challenge.kind, Challenge.case_id)
        .where(Challenge.agency_id == agency.id, Challenge.result_on.is_(None))
        .order_by(Challenge.id)
    )
    for kind, case_id in rows:
        found[ChallengeKind(kind)].append(case_id)
    return found


def _held(work: Work) -> dict[str, int | None]:
    """Return how much the registers hold: nothing is to be added between two years."""
    return {
        "requests": work.session.scalar(select(func.count(InformationRequest.id))),
        "challenges": work.session.scalar(select(func.count(Challenge.id))),
    }


def _keep(
    work: Work, agency: Organisation, year: int, sample: int, given: Tables
) -> None:
    """Say in the history that the year was lived through, and that it counts so."""
    of = year, [agency.id]
    counted = Tables(table3(work.session, *of), table4(work.session, *of))
    if counted != given:
        msg = "办理之后登记里统计的数字与应有的表不一致，这次回放不能用。"
        raise Differs(msg)
    work.record_outside(
        _STREAM,
        agency.root_id,
        _EVENT,
        f"回放了{year}年的公开申请和复议、诉讼。",
        year=year,
        sample=sample,
        **_held(work),
    )
