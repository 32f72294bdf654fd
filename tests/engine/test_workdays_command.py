"""The contract of `workdays`: what other programs read."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import orjson
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from engine.commands.output import Failure, Fault, JsonGroup, json_option
from engine.commands.workdays import workdays
from models.base import Base

#: 2027 as a notice might arrange it.
CSV_2027 = "\n".join(
    [
        "date,kind,name",
        "2027-01-01,off,元旦",
        *(f"2027-02-{day:02},off,春节" for day in range(5, 12)),
        "2027-02-20,make_up,",  # Saturday
        "2027-04-05,off,清明节",
        *(f"2027-05-{day:02},off,劳动节" for day in (1, 2, 3)),
        "2027-06-09,off,端午节",
        "2027-09-15,off,中秋节",
        *(f"2027-10-{day:02},off,国庆节" for day in range(1, 8)),
        "2027-10-09,make_up,",  # Saturday
    ]
)

Run = Callable[..., Result]
OpenSession = Callable[[str], AbstractContextManager[Session]]


def no_database(_url: str) -> AbstractContextManager[Session]:
    raise AssertionError("a database was opened")


@contextmanager
def sqlite(url: str) -> Iterator[Session]:
    engine = create_engine(url)
    names = ("calendar", "calendar_version", "calendar_day")
    Base.metadata.create_all(engine, tables=[Base.metadata.tables[n] for n in names])
    with Session(engine) as session, session.begin():
        yield session
    engine.dispose()


def runner(opening: OpenSession) -> Run:
    group = workdays(
        opening, opening, clock=lambda: datetime(2026, 11, 5, 2, 0, tzinfo=UTC)
    )
    return lambda *arguments: CliRunner().invoke(group, arguments)


@pytest.fixture
def run() -> Run:
    return runner(no_database)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'office.db'}"


@pytest.fixture
def notice(tmp_path: Path) -> str:
    path = tmp_path / "2027.csv"
    path.write_text(CSV_2027, encoding="utf-8")
    return str(path)


def document(result: Result) -> Any:
    assert result.stderr == ""
    return orjson.loads(result.stdout)


# add, count, list.


@pytest.mark.parametrize(
    ("start", "n", "answer"),
    [
        # Friday to Thursday over 中秋 and 国庆.
        ("2026-09-18", "20", {"date": "2026-10-22", "provisional": False}),
        # Friday to Monday over a New Year that is not known.
        ("2026-12-04", "20", {"date": "2027-01-04", "provisional": True}),
        # Sunday of 春节 to the Tuesday after it.
        ("2026-02-15", "0", {"date": "2026-02-24", "provisional": False}),
        # Monday back: Saturday the 28th is worked, Tuesday.
        ("2026-03-02", "-5", {"date": "2026-02-24", "provisional": False}),
    ],
)
def test_add_answers_with_a_date(
    run: Run, start: str, n: str, answer: dict[str, Any]
) -> None:
    result = run("add", start, n, "--json")
    assert result.exit_code == 0
    assert document(result) == answer


def test_count_answers_with_a_number(run: Run) -> None:
    result = run("count", "2025-12-31", "2026-12-31", "--json")
    assert document(result) == {"count": 248, "provisional": False}


def test_count_answers_none_where_the_end_is_before_the_start(run: Run) -> None:
    result = run("count", "2026-03-09", "2026-03-02", "--json")
    assert document(result) == {"count": 0, "provisional": False}


def test_list_answers_with_the_days_of_the_notice(run: Run) -> None:
    answer = document(run("list", "2025", "--json"))
    assert answer["year"] == 2025
    assert answer["known"] is True
    assert len(answer["off"]) == 28
    assert answer["make_up"] == [
        "2025-01-26",  # Sunday
        "2025-02-08",  # Saturday
        "2025-04-27",  # Sunday
        "2025-09-28",  # Sunday
        "2025-10-11",  # Saturday
    ]
    assert answer["working_days"] == 248
    assert set(answer) == {"year", "known", "off", "make_up", "working_days"}


def test_list_says_that_a_year_is_not_known(run: Run) -> None:
    answer = document(run("list", "2027", "--json"))
    assert answer["known"] is False
    assert answer["make_up"] == []
    assert "2027-10-04" in answer["off"]  # Monday, for Saturday 2 October


def test_a_person_reads_the_weekday(run: Run) -> None:
    assert run("add", "2026-09-18", "20").stdout == "2026年10月22日 周四\n"


def test_a_person_is_told_that_a_date_is_provisional(run: Run) -> None:
    assert run("add", "2026-12-04", "20").stdout.startswith("2027年1月4日 周一（暂定")
    assert run("count", "2026-12-04", "2027-01-04").stdout.startswith(
        "20 个工作日（暂定"
    )


def test_a_person_reads_the_year_with_its_festivals(run: Run) -> None:
    lines = run("list", "2026").stdout.splitlines()
    assert lines[0] == "2026年（全国）：248 个工作日"
    assert "  2026年10月1日 周四 国庆节" in lines
    assert "  2026年9月20日 周日 调休上班" in lines


# Errors in what was typed.


@pytest.mark.parametrize(
    "arguments",
    [
        ("add",),
        ("add", "2026-03-02"),
        ("add", "2026-02-30", "1"),
        ("add", "20260302", "1"),
        ("add", "明天", "1"),
        ("add", "2026-03-02", "五"),
        ("add", "2026-03-02", "1.5"),
        ("add", "2026-03-02", "-x"),
        ("add", "2026-03-02", "9" * 5000),
        ("add", "2026-03-02", "99999999"),
        ("add", "2026-03-02", "1", "2"),
        ("add", "2026-03-02", "1", "--bogus"),
        ("add", "2026-03-02", "1", "--region"),
        ("add", "2026-03-02", "1", "--region", "640000"),
        ("count", "2026-03-02"),
        ("count", "2026-03-02", "2026-03-32"),
        ("count", "2026-03-02", "2026-03-05", "--bogus"),
        ("list",),
        ("list", "20x6"),
        ("list", "2101"),
        ("import", "absent.csv", "--year", "2027"),
        ("bogus",),
        (),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(run: Run, arguments: list[str]) -> None:
    result = run(*arguments, "--json")
    assert result.exit_code == 2
    answer = document(result)
    assert set(answer) == {"error", "message"}
    assert answer["error"] == "usage"
    assert answer["message"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "2026-03-02"), "缺少参数 N。"),
        (("add", "明天", "1"), "DATE：“明天”不是日期，应写作 2026-03-02 的样式。"),
        (("list", "20x6"), "YEAR：“20x6”不是整数。"),
        (("bogus",), "没有命令 bogus。"),
        (("list", "2026", "--bogus"), "没有选项 --bogus。"),
        (("list", "2026", "--region", "64"), "没有代码为“64”的日历。"),
    ],
)
def test_a_usage_error_says_what_is_wrong(
    run: Run, arguments: list[str], sentence: str
) -> None:
    assert document(run(*arguments, "--json"))["message"] == sentence


def test_without_json_a_usage_error_leaves_standard_output_empty(run: Run) -> None:
    result = run("add", "2026-03-02", "五")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "“五”不是整数" in result.stderr


def test_an_error_is_one_document_under_another_group_as_well() -> None:
    root = JsonGroup("run.py", commands=[workdays(no_database, no_database)])
    result = CliRunner().invoke(root, ["workdays", "add", "x", "1", "--json"])
    assert result.exit_code == 2
    assert document(result)["error"] == "usage"


# A database.


def test_a_notice_is_imported_and_counted_with(url: str, notice: str) -> None:
    run = runner(sqlite)
    result = run(
        *("import", notice, "--year", "2027", "--source", "2027年的通知"),
        *("--database", url, "--json"),
    )
    assert result.exit_code == 0
    assert document(result) == {"region": "CN", "year": 2027, "version": 1}
    # Friday to Monday, as without the notice, and now certain.
    result = run("add", "2026-12-04", "20", "--database", url, "--json")
    assert document(result) == {"date": "2027-01-04", "provisional": False}


def test_a_region_counts_with_its_own_years(url: str, notice: str) -> None:
    run = runner(sqlite)
    region = ("--region", "640000", "--database", url)
    run(
        *("import", notice, "--year", "2027", "--source", "宁夏2027年的通知"),
        *("--name", "宁夏", *region),
    )
    assert run("list", "2027", *region).stdout.startswith("2027年（宁夏）：")
    assert document(run("list", "2027", *region, "--json"))["known"] is True
    assert document(run("list", "2026", *region, "--json"))["known"] is False


def test_a_region_that_the_database_lacks_is_a_usage_error(url: str) -> None:
    run = runner(sqlite)
    result = run("list", "2026", "--region", "640000", "--database", url, "--json")
    assert result.exit_code == 2
    assert document(result)["message"] == "没有代码为“640000”的日历。"


def test_the_environment_alone_opens_no_database(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///office.db")
    assert run("add", "2026-03-02", "1").exit_code == 0


def test_an_import_needs_a_database_a_year_and_a_source(run: Run, notice: str) -> None:
    assert document(run("import", notice, "--json"))["message"] == "缺少参数 --year。"
    assert run("import", notice, "--year", "2027", "--source", "通知").exit_code == 2


def test_a_notice_of_another_year_is_refused(url: str, notice: str) -> None:
    result = runner(sqlite)(
        *("import", notice, "--year", "2028", "--source", "通知"),
        *("--database", url, "--json"),
    )
    assert result.exit_code == 1
    answer = document(result)
    assert answer["error"] == "refused"
    assert answer["message"].startswith("2027年1月1日 周五不在2028年内")


def test_a_database_that_cannot_be_opened_is_one_document_too() -> None:
    @contextmanager
    def broken(_url: str) -> Iterator[Session]:
        engine = create_engine("sqlite:////nowhere/at/all.db")
        with Session(engine) as session:
            yield session

    result = runner(broken)("list", "2026", "--database", "sqlite://", "--json")
    assert result.exit_code == 1
    assert document(result)["error"] == "database"


def test_an_address_that_is_none_is_a_usage_error() -> None:
    result = runner(sqlite)("list", "2026", "--database", "office", "--json")
    assert result.exit_code == 2
    assert document(result)["error"] == "usage"


# What other commands use.


@pytest.mark.parametrize(("failure", "code"), [(Failure, 2), (Fault, 1)])
def test_a_failure_has_its_own_word_and_exit(failure: type[Failure], code: int) -> None:
    group = JsonGroup("run.py")

    @group.command("due")
    @json_option
    def due(as_json: bool) -> None:
        raise failure("bad_date", f"日期不对（{as_json}）。")

    result = CliRunner().invoke(group, ["due", "--json"])
    assert result.exit_code == code
    assert document(result) == {"error": "bad_date", "message": "日期不对（True）。"}
    assert "错误：日期不对（False）。" in CliRunner().invoke(group, ["due"]).stderr


def test_other_errors_of_click_are_documents_too() -> None:
    group = JsonGroup("run.py")

    @group.command("read")
    @json_option
    def read(as_json: bool) -> None:
        raise click.FileError("a.bpmn", str(as_json))

    result = CliRunner().invoke(group, ["read", "--json"])
    assert result.exit_code == 1
    assert document(result)["error"] == "failed"
