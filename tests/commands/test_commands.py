"""The commands of run.py, on an installation's own folder."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.commands import group

#: A command line's words to what it answered.
Run = Callable[..., Result]

OFFICE = [
    *("--organisation", "云川区人民政府办公室", "--short-name", "区政府办"),
    *("--region", "500199", "--code", "500199002", "--level", "county"),
    *("--administrator", "郑一鸣", "--login", "zheng"),
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an installation of its own, with an empty folder."""
    monkeypatch.setenv("GONGKAI_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("GONGKAI_DATA_KEY", raising=False)

    def run(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(group, words, input=typed)

    return run


def test_every_command_explains_itself(run: Run) -> None:
    commands = run("--help").output
    for name in (
        "serve",
        "init",
        "migrate",
        "deploy",
        "check",
        "workdays",
        "due",
        "annual-report",
        "replay-year",
        "user",
    ):
        assert name in commands
        assert run(name, "--help").exit_code == 0


def test_an_office_begins_with_its_administrator_and_nothing_else(run: Run) -> None:
    made = json.loads(run("init", *OFFICE, "--json").output)
    assert (made["organisation"], made["login"]) == ("云川区人民政府办公室", "zheng")
    assert len(made["password"]) == 14
    people = json.loads(run("user", "list", "--json").output)
    assert people == [
        {"login": "zheng", "name": "郑一鸣", "roles": "区政府办系统管理员"}
    ]


def test_an_office_can_be_begun_by_questions(run: Run) -> None:
    answers = ["云川区人民政府办公室", "区政府办", "500199", "500199002", "county"]
    told = run("init", typed="\n".join([*answers, "郑一鸣", "zheng", ""]))
    assert "云川区人民政府办公室已建好。系统管理员 zheng" in told.output


def test_an_office_is_begun_once(run: Run) -> None:
    run("init", *OFFICE)
    again = run("init", *OFFICE, "--json")
    assert again.exit_code == 1
    assert json.loads(again.output)["error"] == "refused"


def test_a_real_office_has_no_clock_but_the_machines(run: Run, tmp_path: Path) -> None:
    run("init", *OFFICE)
    refused = run("serve", "--port", "0", "--test-clock", str(tmp_path / "clock"))
    assert refused.exit_code == 1
    assert "真实单位不能用 --test-clock" in refused.output


def test_the_demonstration_is_not_shown_to_other_machines(run: Run) -> None:
    refused = run("serve", "--host", "0.0.0.0")  # noqa: S104 (what is refused)
    assert refused.exit_code == 1
    assert "演示单位只能在本机" in refused.output


def test_a_person_is_added_with_a_password_that_is_shown_once(run: Run) -> None:
    run("init", *OFFICE)
    added = run(
        *("user", "add", "lin", "--name", "林晓雯", "--title", "科员", "--json"),
        *("--organisation", "500199002", "--role", "handler"),
    )
    assert json.loads(added.output)["login"] == "lin"
    assert "林晓雯\t区政府办经办人" in run("user", "list").output


def test_an_administrator_gets_no_role_in_the_offices_business(run: Run) -> None:
    # GB/T 22239-2019 8.1.5: the three administrators' roles stand apart.
    run("init", *OFFICE)
    refused = run("user", "give", "zheng", "handler", "--organisation", "500199002")
    assert refused.exit_code == 1
    assert "三员分立" in refused.output


def test_a_role_ends_and_stays_on_record(run: Run) -> None:
    run("init", *OFFICE)
    run(
        *("user", "add", "lin", "--name", "林晓雯", "--title", "科员"),
        *("--organisation", "500199002", "--role", "handler"),
    )
    run("user", "end", "lin", "handler", "--last-day", "2999-12-31")
    assert "林晓雯\t区政府办经办人" in run("user", "list").output


def test_deploying_twice_changes_nothing(run: Run) -> None:
    run("migrate")
    assert "document_review 存为第 1 版" in run("deploy").output
    assert run("deploy").output == "流程没有变化。\n"


def test_migrating_twice_changes_nothing(run: Run) -> None:
    assert "从 空 升级到" in run("migrate").output
    assert "已是最新结构" in run("migrate").output


def test_the_shipped_processes_may_be_deployed(run: Run) -> None:
    folder = Path(__file__).resolve().parents[2] / "processes"
    diagrams = [str(path) for path in sorted(folder.rglob("*.bpmn"))]
    reports = json.loads(run("check", *diagrams, "--json").output)
    assert [report["defects"] for report in reports] == [[]] * len(diagrams)
