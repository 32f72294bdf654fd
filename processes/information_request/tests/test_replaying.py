"""A published year lived through piece by piece: the registers count what it says."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from engine.history import case_stream
from engine.work import Engine
from models.challenges import Challenge, ChallengeKind
from models.people import Organisation
from models.records import HistoryEntry
from models.requests import InformationRequest
from processes.information_request.replay_command import (
    NotForReplay,
    Tables,
    replay,
    replay_year,
)
from processes.information_request.replay_plan import BadTable, expected, plan
from processes.information_request.replay_table4 import (
    expected_challenges,
    plan_challenges,
)
from processes.registers.annual_checks import checks
from processes.registers.annual_report import Table
from processes.registers.annual_reports import one_agency, report_of
from tests.office import refused

_NOBODY = [0, 0, 0, 0, 0, 0, 0]
#: Every result once, asked for by a person; one came the year before, two stay open.
FIRST: Table = [
    [21, 1, 0, 0, 0, 0, 22],
    [1, 0, 0, 0, 0, 0, 1],
    *([[1, 0, 0, 0, 0, 0, 1]] * 21),
    [21, 0, 0, 0, 0, 0, 21],
    [1, 1, 0, 0, 0, 0, 2],
]
#: Those two are answered, and one that is new.
SECOND: Table = [
    [0, 0, 0, 1, 0, 0, 1],
    [1, 1, 0, 0, 0, 0, 2],
    [1, 0, 0, 1, 0, 0, 2],
    *([_NOBODY] * 9),
    [0, 1, 0, 0, 0, 0, 1],
    *([_NOBODY] * 10),
    [1, 1, 0, 1, 0, 0, 3],
    _NOBODY,
]
#: Every way to challenge, with every result; some are pending when the year ends.
DISPUTED: Table = [[1, 2, 1, 1, 5], [0, 0, 1, 1, 2], [1, 0, 0, 1, 2]]
#: Those end, but one; what is new ends as well.
SETTLED: Table = [[1, 0, 0, 1, 2], [1, 0, 0, 0, 1], [0, 1, 0, 0, 1]]


def counted(engine: Engine, year: int) -> tuple[Tables, dict[str, bool]]:
    """Return the tables of the one agency, and which checks of them hold."""
    with engine.read() as work:
        agency = work.session.scalars(
            select(Organisation).where(Organisation.acts_in_own_name)
        ).one()
        report = report_of(work.session, one_agency(agency), year)
        holds = {each.id: each.ok for each in checks(report)}
        fine = {name: holds[name] for name in ("C1", "C2", "C3", "C4", "C5")}
        return Tables(report.table3, report.table4), fine


def closed_by(engine: Engine, code: str) -> list[int | None]:
    """Return who recorded the end of the requests with a result; None is a timer."""
    with engine.read() as work:
        cases = work.session.scalars(
            select(InformationRequest.case_id).where(
                InformationRequest.decision_code == code
            )
        ).all()
        return list(
            work.session.scalars(
                select(HistoryEntry.actor_id).where(
                    HistoryEntry.stream.in_([case_stream(case) for case in cases]),
                    HistoryEntry.event == "request_decided",
                )
            )
        )


def challenged(engine: Engine) -> list[tuple[str, str | None, str | None]]:
    """Return the challenges by coming: kind, result, and its request's decision."""
    with engine.read() as work:
        return [
            (
                each.kind,
                each.result,
                each.request.decision_code if each.request else None,
            )
            for each in work.session.scalars(
                select(Challenge).order_by(Challenge.notified_on, Challenge.id)
            )
        ]


def test_two_years_are_lived_through_and_counted_cell_by_cell(engine: Engine) -> None:
    replay(engine, Tables(FIRST, DISPUTED), 2024)
    replay(engine, Tables(SECOND, SETTLED), 2025)
    fine = {"C1": True, "C2": True, "C3": True, "C4": True, "C5": True}
    assert counted(engine, 2024) == (Tables(FIRST, DISPUTED), fine)
    assert counted(engine, 2025) == (Tables(SECOND, SETTLED), fine)
    # What an applicant lets pass ends by its limit, and by nobody's hand.
    assert closed_by(engine, "D51") == [None]
    assert closed_by(engine, "D52") == [None]


def test_each_challenge_is_of_a_request_that_one_goes_against(engine: Engine) -> None:
    replay(engine, Tables(FIRST, DISPUTED), 2024)
    found = challenged(engine)
    assert len(found) == 9
    # Neither what was given whole nor what the applicant himself let end.
    assert not {code for *_, code in found} & {"D01", "D02", "D03", "D51", "D52", "D53"}
    # 法院 hears at once only what need not go to 复议 first (行政复议法 Art 23).
    direct = {code for kind, _, code in found if kind == "litigation"}
    assert direct <= {"D31a", "D31b", "D32", "D33", "D41", "D42", "D43", "D44", "D45"}
    with engine.read() as work:
        rows = work.session.scalars(select(Challenge)).all()
        after = [each for each in rows if each.kind.endswith("after_reconsideration")]
        for suit in after:
            (before,) = [
                each
                for each in rows
                if each.kind == "reconsideration" and each.request_id == suit.request_id
            ]
            assert before.result in ("upheld", "other")
            assert before.result_on is not None
            assert before.result_on < suit.notified_on
        for each in rows:
            assert each.request is not None
            assert each.request.closed_on is not None
            assert each.request.closed_on < each.notified_on
            assert each.replied_on is not None
        redone = {each.result for each in rows if each.redo_by is not None}
        assert redone == {"corrected"}


def test_what_is_pending_goes_on_in_the_year_after(engine: Engine) -> None:
    replay(engine, Tables(FIRST, DISPUTED), 2024)
    replay(engine, Tables(SECOND), 2025)
    # Without a table 4 nothing ends and nothing comes.
    assert counted(engine, 2025)[0].table4 == [
        [0, 0, 0, 1, 1],
        [0, 0, 0, 1, 1],
        [0, 0, 0, 1, 1],
    ]


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_every_fiftieth_piece_of_a_citys_two_years(
    engine: Engine, city_reports: dict[str, Any]
) -> None:
    # Of 553 and 247 challenges; two of the first year are carried into the second.
    table4 = {
        2023: [[7, 0, 2, 0, 9], [0, 0, 1, 0, 1], [0, 0, 1, 1, 2]],
        2024: [[2, 1, 0, 1, 4], [0, 0, 0, 0, 0], [1, 0, 0, 0, 1]],
    }
    for name, year in (("宿迁2023", 2023), ("宿迁2024", 2024)):
        report = city_reports[name]
        given = Tables(report["table3"], report["table4"])
        pieces = replay(engine, given, year, 50)
        tables, holds = counted(engine, year)
        assert tables == Tables(expected(pieces), table4[year])
        assert all(holds.values())
        assert len(pieces) == 73


def days(year: int) -> list[date]:
    """Return days enough for a plan."""
    return [date(year, month, day) for month in range(1, 13) for day in range(1, 22)]


def test_a_whole_city_is_planned_as_it_was_published(
    city_reports: dict[str, Any],
) -> None:
    for name, year in (("宿迁2023", 2023), ("宿迁2024", 2024)):
        table = city_reports[name]["table3"]
        pieces = plan(table, {each: days(each) for each in (year - 1, year)}, year)
        assert expected(pieces) == table


def test_a_whole_citys_challenges_are_planned_as_they_were_published(
    city_reports: dict[str, Any],
) -> None:
    pending = None
    for name, year in (("宿迁2023", 2023), ("宿迁2024", 2024)):
        report = city_reports[name]
        known = {each: days(each) for each in (year - 1, year)}
        pieces = plan(report["table3"], known, year)
        planned = plan_challenges(
            report["table4"], pieces, known[year], pending=pending
        )
        assert expected_challenges(planned) == report["table4"]
        new = [each for each in planned if not each.carried_in]
        about = [each.request for each in new if each.after is None]
        # Each is of a request of its own, or of the one that went to 复议 before.
        assert None not in about
        assert len(set(about)) == len(about)
        sued = [each for each in new if each.kind == "litigation_after_reconsideration"]
        assert all(each.after is not None for each in sued)
        assert all(each.ends > each.comes for each in new if each.ends is not None)
        pending = {
            block: row[3]
            for block, row in zip(ChallengeKind, report["table4"], strict=True)
        }


def test_a_table_4_that_does_not_hold_together_is_not_replayed() -> None:
    known = days(2025)
    with refused(BadTable, match="表四不平：每一行的总计应等于前四个数之和"):
        plan_challenges([[1, 0, 0, 0, 2], [0] * 5, [0] * 5], [], known)
    with refused(BadTable, match="表四应有3行、每行5个不小于0的整数"):
        plan_challenges([[0] * 5, [0] * 5], [], known)
    with refused(BadTable, match="上年尚未审结的复议、诉讼比本年表四的总计还多"):
        left = {ChallengeKind.LITIGATION: 2}
        plan_challenges(SETTLED, [], known, pending=left)


def test_what_was_left_open_must_be_what_is_carried_in() -> None:
    known = {year: days(year) for year in (2024, 2025)}
    with refused(BadTable, match="上年结转与上年留下没有办结的件数不一致"):
        plan(SECOND, known, 2025, left_open=[2, 0, 0, 0, 0, 0])


def test_a_table_that_does_not_balance_is_not_replayed() -> None:
    wrong = [list(row) for row in FIRST]
    wrong[24][0] = 2
    with refused(BadTable, match="表三不平"):
        plan(wrong, {}, 2025)
    with refused(BadTable, match="表三应有25行"):
        plan(FIRST[:24], {}, 2025)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with two reports of one request each, the first of which stays open."""
    open_one = [_NOBODY] * 25
    open_one[0] = open_one[24] = [1, 0, 0, 0, 0, 0, 1]
    answered = [_NOBODY] * 25
    answered[1] = answered[2] = answered[23] = [1, 0, 0, 0, 0, 0, 1]
    path = tmp_path / "years.json"
    reports = {"first": {"table3": open_one}, "second": {"table3": answered}}
    path.write_text(json.dumps({"reports": reports}))
    return path


def run(engine: Engine, file: str, year: int, *words: str) -> tuple[int, Any]:
    """Run the command; return how it ended and what it said."""
    said = CliRunner().invoke(
        replay_year(lambda _: engine),
        [file, "--year", str(year), "--database", "unused", "--json", *words],
    )
    return said.exit_code, json.loads(said.stdout)


def test_the_command_tells_the_table_that_must_come_out(
    engine: Engine, file: Path
) -> None:
    status, told = run(engine, f"{file}#first", 2024)
    assert (status, told["requests"], told["closed"], told["carried_over"]) == (
        *(0, 1, 0),
        1,
    )
    assert told["table3"][24] == [1, 0, 0, 0, 0, 0, 1]
    # Another sample, another year, or the same year again: not on this database.
    for year, words in ((2025, ["--sample", "2"]), (2026, []), (2024, [])):
        status, told = run(engine, f"{file}#second", year, *words)
        assert (status, told["error"]) == (1, "refused")
        assert told["message"].startswith("数据库里有别的内容：回放要空库")
    status, told = run(engine, f"{file}#second", 2025)
    assert (status, told["requests"], told["closed"]) == (0, 1, 1)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.json", "读不出 JSON 文件“none.json”。"),
        ("years.json#third", "里没有表三（table3）。"),
    ],
)
def test_the_command_says_which_file_it_cannot_read(
    engine: Engine, file: Path, name: str, says: str
) -> None:
    named = name.replace("years.json", str(file))
    status, told = run(engine, named, 2025)
    assert (status, told["error"]) == (2, "usage")
    assert says in told["message"]


def test_an_office_at_work_is_not_replayed_into(office: Any) -> None:
    with refused(NotForReplay):
        replay(office.engine, Tables(FIRST), 2025)
