"""The contract of `due`: what other programs read, and what a person sees."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from config.commands import group
from engine.calendar import statutory_year
from engine.calendars import store_year
from engine.clock import system_clock
from models.base import Base
from processes.registers.due_command import due

ROOT = Path(__file__).resolve().parents[3]

#: The words of a command line after `due`.
IN_PERSON = ("--channel", "in_person", "--received")

#: Receipt and events as typed; then received_on, due_on, warn_on, state; then the
#: limits and the codes of the warnings.
GOLDEN: list[tuple[str, str, str, str, str]] = [
    (  # E7: Friday, with 中秋 and 国庆 to come.
        "--channel in_person --received 2026-09-18",
        "",
        "2026-09-18 2026-10-22 2026-10-22 running",
        "clarification_notice=2026-09-29 answer=2026-10-22",
        "",
    ),
    (  # E8: submitted on Friday, confirmed on a Sunday that is worked.
        "--channel internet --received 2025-04-25 --confirmed 2025-04-27",
        "",
        "2025-04-27 2025-05-28 2025-05-27 running",
        "clarification_notice=2025-05-09 answer=2025-05-28",
        "",
    ),
    (  # E9 before it is confirmed.
        "--channel internet --received 2025-10-01",
        "",
        "None None 2025-11-04 unconfirmed",
        "",
        "",
    ),
    (  # E11, extended while the third party is silent.
        "--channel signed_mail --received 2026-01-19",
        """third_party_sent=2026-01-26 third_party_signed=2026-01-28
           extended=2026-02-02:5""",
        "2026-01-19 2026-03-24 2026-03-24 paused",
        "clarification_notice=2026-01-28 silence=2026-02-25 answer=2026-03-24",
        "",
    ),
    (  # E14, typed backwards.
        "--channel oral --received 2025-12-22",
        """extended=2026-03-05:15 third_party_answered=2026-02-11#a
           third_party_signed=2026-01-22#a third_party_sent=2026-01-20#a
           corrected=2026-01-09 clarification_sent=2025-12-30""",
        "2025-12-22 2026-03-27 2026-03-27 running",
        """clarification_notice=2025-12-31 correction=2026-01-14 silence#a=2026-02-12
           answer=2026-03-27""",
        "",
    ),
    (  # E14 as of the day on which the third party signs: thirteen days are left
        # after Thursday 12 February.
        "--channel oral --received 2025-12-22 --as-of 2026-01-22",
        """extended=2026-03-05:15 third_party_answered=2026-02-11#a
           third_party_signed=2026-01-22#a third_party_sent=2026-01-20#a
           corrected=2026-01-09 clarification_sent=2025-12-30""",
        "2025-12-22 2026-03-09 2026-03-09 paused",
        """clarification_notice=2025-12-31 correction=2026-01-14 silence#a=2026-02-12
           answer=2026-03-09""",
        "",
    ),
    (  # Everything too late: on the eighth day, on the due day, on the day after.
        "--channel in_person --received 2025-09-15",
        """clarification_sent=2025-09-25 corrected=2025-10-20 agency_sent=2025-10-17
           fee_sent=2025-10-20 fee_served=2025-10-21 fee_paid=2025-11-19""",
        "2025-09-15 2025-10-17 2025-10-17 running",
        """clarification_notice=2025-09-24 correction=2025-10-15 payment=2025-11-18
           answer=2025-10-17""",
        """clarification_late consultation_late correction_late fee_late
           payment_late""",
    ),
    (  # E16, answered in the end.
        "--channel fax --received 2026-05-29 --confirmed 2026-06-01",
        """fee_sent=2026-06-22 fee_served=2026-06-24 fee_paid=2026-07-08
           answered=2026-08-03""",
        "2026-06-01 2026-08-05 2026-08-05 closed",
        "clarification_notice=2026-06-10 payment=2026-07-22 answer=2026-08-05",
        "",
    ),
    (  # E28, in the year that is known.
        "--channel in_person --received 2026-12-03",
        "reasons_requested=2026-12-08",
        "2026-12-03 2026-12-31 2026-12-31 running",
        "clarification_notice=2026-12-14 answer=2026-12-31",
        "",
    ),
    (  # A delayed day, and an agency that is asked after it was set.
        "--channel in_person --received 2026-04-13",
        "delayed=2026-05-12:2026-07-15 agency_sent=2026-05-14",
        "2026-04-13 2026-07-15 2026-07-15 running",
        "clarification_notice=2026-04-22 answer=2026-07-15",
        "",
    ),
]


def no_database(_url: str) -> AbstractContextManager[Session]:
    raise AssertionError("a database was opened")


def answers(*words: str) -> Result:
    """Run `due` where no database may be opened."""
    return CliRunner().invoke(due(no_database, lambda _session, _on: 10), words)


def document(*words: str) -> Any:
    """Return the one document on standard output."""
    result = answers(*words, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return orjson.loads(result.stdout)


def refusal(*words: str) -> str:
    """Return the error's word; the exit code is 2 and the sentence Chinese."""
    result = answers(*words, "--json")
    told = orjson.loads(result.stdout)
    assert (result.exit_code, set(told)) == (2, {"error", "message"})
    assert told["message"][-1] == "。"
    return str(told["error"])


@pytest.mark.parametrize(("receipt", "events", "head", "limits", "warnings"), GOLDEN)
def test_the_answer_is_the_one_computed_by_hand(
    receipt: str, events: str, head: str, limits: str, warnings: str
) -> None:
    typed = [word for event in events.split() for word in ("--event", event)]
    told = document(*receipt.split(), *typed)
    keys = ("received_on", "due_on", "warn_on", "state")
    assert " ".join(str(told[key]) for key in keys) == head
    named = [f"{limit['name']}={limit['on']}" for limit in told["limits"]]
    assert named == limits.split()
    assert [warning["code"] for warning in told["warnings"]] == warnings.split()
    assert told["provisional"] is False


def test_beyond_the_last_known_year_it_says_so() -> None:
    told = document(*IN_PERSON, "2026-12-04")  # E28
    assert (told["due_on"], told["provisional"]) == ("2027-01-04", True)
    assert [limit["provisional"] for limit in told["limits"]] == [False, True]


def test_the_document_has_its_keys_in_order() -> None:
    told = document(*IN_PERSON, "2026-05-06", "--event", "agency_sent=2026-06-02")
    assert list(told) == [
        *("received_on", "due_on", "warn_on", "provisional", "state"),
        *("limits", "warnings", "ledger"),
    ]
    assert told["limits"][1] == {
        "name": "answer",
        "on": "2026-06-02",
        "provisional": False,
    }
    assert list(told["warnings"][0]) == ["code", "message"]


def test_the_account_goes_day_by_day() -> None:
    told = document(
        *(*IN_PERSON, "2026-02-11", "--event", "clarification_sent=2026-02-13:3"),
        *("--event", "corrected=2026-02-24", "--event", "answered=2026-02-25"),
    )
    holiday = [
        f"2026-02-{day} False 2 18 春节" for day in range(15, 24)
    ]  # Sunday to Monday
    assert [
        " ".join(str(day[key]) for key in list(day)[:5]) for day in told["ledger"]
    ] == [
        "2026-02-11 False 0 20 收到申请；起算日，不计入",
        "2026-02-12 True 1 19 ",
        "2026-02-13 True 2 18 发出补正告知（条例第30条）",
        "2026-02-14 False 2 18 调休上班；等待申请人补正，不计入（条例第30条）",
        *holiday,
        "2026-02-24 False 0 20 收到补正后的申请（条例第30条）；起算日，不计入",
        "2026-02-25 True 1 19 答复申请人（条例第33条）；申请人补正的最后一日",
    ]
    assert list(told["ledger"][0])[5] == "provisional"


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("withdrawn=2026-03-01", "before_receipt"),
        ("corrected=2026-03-05", "correction_without_notice"),
        ("agency_answered=2026-03-05", "answer_without_letter"),
        ("fee_paid=2026-03-05", "payment_without_notice"),
        ("extended=2026-03-05:21", "extension_over_20"),
        ("extended=2026-03-31:5", "extension_after_due"),
        ("lost=2026-03-05", "unknown_event"),
        ("corrected=2026-02-29", "bad_date"),
        ("delayed=2026-03-05:2026-03-07", "bad_date"),
        ("delayed=2026-03-05:friday", "bad_date"),
        ("corrected", "usage"),
        ("corrected=2026-03-05:5", "usage"),
        ("corrected=2026-03-05:", "usage"),
        ("corrected=2026-03-05#a", "usage"),
        ("agency_sent=2026-03-05#", "usage"),
        ("extended=2026-03-05", "usage"),
        ("extended=2026-03-05:0", "usage"),
        ("clarification_sent=2026-03-05:-1", "usage"),
        ("clarification_sent=2026-03-05:99999", "usage"),
    ],
)
def test_an_impossible_event_is_refused_by_its_word(event: str, code: str) -> None:
    assert refusal(*IN_PERSON, "2026-03-02", "--event", event) == code


def test_two_events_that_exclude_each_other_are_refused() -> None:
    start = (*IN_PERSON, "2026-03-02")
    ended = ("--event", "answered=2026-03-05", "--event", "agency_sent=2026-03-06")
    assert refusal(*start, *ended) == "after_close"
    asked = ["--event", "clarification_sent=2026-03-05"] * 2
    assert refusal(*start, *asked) == "second_clarification"
    same = ["--event", "agency_sent=2026-03-05#a"] * 2
    assert refusal(*start, *same) == "label_in_use"


@pytest.mark.parametrize(
    "words",
    [
        "--channel in_person",
        "--received 2026-03-02",
        "--received 2026-02-30 --channel in_person",
        "--received 20260302 --channel in_person",
        "--received 2026-03-02 --channel pigeon",
        "--received 2026-03-02 --channel fax --confirmed 2026-03-01",
        "--received 2026-03-02 --channel fax --confirmed soon",
        "--received 2026-03-02 --channel oral --as-of 2026-13-01",
        "--received 2026-03-02 --channel oral --region 640000",
        "--received 1800-03-02 --channel oral",
        "--received 2100-12-20 --channel oral",
    ],
)
def test_what_is_typed_wrongly_is_a_usage_error(words: str) -> None:
    assert refusal(*words.split()) == "usage"


def test_a_person_reads_why() -> None:
    told = answers(
        *("--channel", "internet", "--received", "2026-09-17"),
        *("--confirmed", "2026-09-18", "--event", "agency_sent=2026-09-24#财政局"),
    )
    assert told.exit_code == 0
    assert "答复期限：现在还不能确定" in told.stdout
    assert "状态：征求意见，暂停计算" in told.stdout
    assert "2026年9月24日 周四" in told.stdout
    assert "向其他机关征求意见：财政局（条例第33条第三款）" in told.stdout


def test_a_person_sees_both_days_where_they_differ() -> None:
    told = answers(
        *("--channel", "internet", "--received", "2025-04-25"),
        *("--confirmed", "2025-04-27"),
    ).stdout
    assert "答复期限：2025年5月28日 周三" in told
    assert "提醒日期：2025年5月27日 周二" in told


def test_a_person_is_told_what_is_provisional() -> None:
    told = answers(*IN_PERSON, "2026-12-04").stdout
    assert "答复期限：2027年1月4日 周一（暂定：所涉年份的放假通知尚未载入）" in told


def test_a_person_is_told_what_is_wrong() -> None:
    told = answers(*IN_PERSON, "2026-03-02", "--event", "corrected=2026-03-05")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith("错误：“收到补正后的申请”（2026年3月5日）没有对应的")


@pytest.fixture
def stored() -> Callable[[str], AbstractContextManager[Session]]:
    """A database in which 2027 is arranged."""

    @contextmanager
    def opening(_url: str) -> Iterator[Session]:
        engine = create_engine("sqlite://")
        names = ("calendar", "calendar_version", "calendar_day")
        tables = [Base.metadata.tables[name] for name in names]
        Base.metadata.create_all(engine, tables=tables)
        with Session(engine) as session:
            store_year(
                session,
                code="CN",
                name="全国",
                year=2027,
                by=None,
                off=statutory_year(2027).off,
                make_up=[],
                names={},
                source="通知",
                at=system_clock(),
            )
            yield session
        engine.dispose()

    return opening


def test_a_database_that_is_named_gives_its_calendar_and_settings(
    stored: Callable[[str], AbstractContextManager[Session]],
) -> None:
    command = due(stored, lambda _session, on: 3 if on == date(2026, 12, 7) else 10)
    words = [
        *(*IN_PERSON, "2026-12-04", "--event", "clarification_sent=2026-12-07"),
        *("--event", "corrected=2026-12-08", "--database", "sqlite://", "--json"),
    ]
    told = orjson.loads(CliRunner().invoke(command, words).stdout)
    assert told["limits"][1]["on"] == "2026-12-10"
    assert (told["due_on"], told["provisional"]) == ("2027-01-06", False)


def test_the_command_is_one_of_run_py(monkeypatch: pytest.MonkeyPatch) -> None:
    # DATABASE_URL alone opens nothing: this one could not be opened.
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@nowhere/nothing")
    told = CliRunner().invoke(group, ["due", *IN_PERSON, "2026-09-18", "--json"])
    assert orjson.loads(told.stdout)["due_on"] == "2026-10-22"


def test_asking_needs_neither_the_engine_nor_the_pages() -> None:
    code = (
        "import sys; from config.commands import group; "
        "group(['due', '--channel', 'oral', '--received', '2026-09-18', '--json'],"
        " standalone_mode=False); "
        "sys.exit(bool({'flask', 'SpiffWorkflow'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0
