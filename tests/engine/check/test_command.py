"""What other programs read from `check`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.commands.check import check
from tests.engine.check.diagrams import diagram, element, user

GOOD = diagram("start -> a -> end", user("a"))
BAD = diagram(
    "start -> a -> end", element("scriptTask", "a", "<bpmn:script>1</bpmn:script>")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.bpmn").write_bytes(GOOD)
    (tmp_path / "bad.bpmn").write_bytes(BAD)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check(lambda _: None), [str(each) for each in arguments])


def test_an_accepted_file_exits_with_0(folder: Path) -> None:
    path = folder / "good.bpmn"
    result = run(path, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == [
        {"file": str(path), "accepted": True, "defects": []}
    ]


def test_any_refused_file_exits_with_1_and_all_are_listed_in_order(
    folder: Path,
) -> None:
    paths = [folder / name for name in ("bad.bpmn", "good.bpmn", "gone.bpmn")]
    result = run("--json", *paths)
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [each["file"] for each in answer] == [str(path) for path in paths]
    assert [each["accepted"] for each in answer] == [False, True, False]
    defect = answer[0]["defects"][0]
    assert (defect["element"], defect["rule"]) == ("a", "script-task")
    assert defect["message"]


def test_a_file_given_twice_is_answered_twice(folder: Path) -> None:
    path = folder / "bad.bpmn"
    assert len(json.loads(run(path, path, "--json").stdout)) == 2


def test_no_file_is_a_usage_error() -> None:
    result = run("--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"] == "usage"


def test_people_read_lines(folder: Path) -> None:
    result = run(folder / "bad.bpmn", folder / "good.bpmn")
    assert "不能部署" in result.stdout
    assert "script-task" in result.stdout
    assert "good.bpmn：可以部署" in result.stdout


def test_a_file_name_that_is_no_text(folder: Path) -> None:
    result = run("--json", str(folder) + "/\udcff.bpmn")
    assert result.exit_code == 1
    assert json.loads(result.stdout)[0]["accepted"] is False
