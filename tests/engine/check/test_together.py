"""The rules for diagrams of our own that call one another or ask several at once."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from engine.check import HouseRules, check_definition, check_files
from tests.engine.check.diagrams import (
    NEWS,
    diagram,
    element,
    many,
    sub,
    table,
    user,
)
from tests.engine.check.test_house import HOUSE, LANES, broken, reviewed
from tests.engine.folders import drawn

CALL = element("callActivity", "call", calledElement="other")
CALLING = drawn(diagram("start -> call -> end", CALL))
LIST = "<bpmn:loopDataInputRef>people</bpmn:loopDataInputRef>"
ITEM = '<bpmn:inputDataItem id="person" name="person" />'
JOINT = LANES.replace('"drafting"', '"joint"')
SHARING = replace(HOUSE, organisations={"drafting", "joint"})


def other(
    *parts: str, start: str = "begin", around: str = "", key: str = "other"
) -> bytes:
    """Build the diagram of a folder that is called."""
    flows = (
        f"{start} -> " + "".join(f"{name} -> " for name in parts[1:]) + f"{key}_over"
    )
    events = element("startEvent", start) + element("endEvent", f"{key}_over")
    return drawn(diagram(flows, events, *parts[:1], around=around, process=key))


def beside(**folders: bytes | Mapping[str, bytes]) -> HouseRules:
    """Return rules under which these folders stand beside the diagram's own."""
    return replace(
        HOUSE,
        folders={
            key: {f"{key}.bpmn": files} if isinstance(files, bytes) else files
            for key, files in folders.items()
        },
    )


def test_a_folder_beside_may_be_called() -> None:
    assert not broken(CALLING, beside(other=other()))


def test_a_folder_that_is_nowhere_cannot_be_called() -> None:
    assert broken(CALLING) == {"unknown-process:call"}


def test_a_folder_without_the_process_of_its_name_cannot_be_called() -> None:
    house = beside(other=other(key="else"))
    assert broken(CALLING, house) == {"unknown-process:call"}


def test_a_called_folder_that_cannot_be_read_is_as_good_as_none() -> None:
    assert broken(CALLING, beside(other=b"<bpmn")) == {"unknown-process:call"}


def test_an_id_names_one_thing_in_all_diagrams_that_run_together() -> None:
    assert broken(CALLING, beside(other=other(start="start"))) == {
        "process/called-id:start"
    }


def test_two_folders_that_are_called_have_different_ids() -> None:
    both = drawn(
        diagram(
            "start -> call -> more -> end",
            CALL,
            element("callActivity", "more", calledElement="third"),
        )
    )
    house = beside(other=other(), third=other(key="third"))
    assert broken(both, house) == {"process/called-id:begin"}


def test_folders_that_are_called_by_called_ones_count_too() -> None:
    onward = other(element("callActivity", "on", calledElement="third"), "on")
    house = beside(other=onward, third=other(start="start", key="third"))
    assert broken(CALLING, house) == {"process/called-id:start"}


def test_folders_that_nobody_calls_may_use_the_same_ids() -> None:
    house = beside(other=other(), third=other(start="start", key="third"))
    assert not broken(CALLING, house)


def test_a_sub_process_is_not_named_like_a_called_process() -> None:
    data = drawn(
        diagram(
            "start -> call -> third -> end",
            CALL,
            sub("third", "third_start -> inside -> third_end", user("inside")),
        )
    )
    onward = other(element("callActivity", "on", calledElement="third"), "on")
    house = beside(other=onward, third=other(start="first", key="third"))
    assert "process/called-id:third" in broken(data, house)


def test_a_message_of_one_id_is_one_message() -> None:
    mine = CALLING.replace(b"<bpmn:process", NEWS.encode() + b"<bpmn:process")
    same = beside(other=other(around=NEWS))
    another = beside(other=other(around=NEWS.replace('name="news"', 'name="olds"')))
    assert not broken(mine, same)
    assert broken(mine, another) == {"process/called-id:news"}


def test_a_decision_of_one_id_is_one_table() -> None:
    called = {"other.bpmn": other(), "mine.dmn": table('"a"|1')}
    files = {"main.bpmn": CALLING, "mine.dmn": table('"a"|2')}
    found = check_definition(files, beside(other=called))
    assert [each.rule for each in found] == ["process/called-id"]


def test_the_command_reads_called_folders_with_a_file_of_the_house(
    tmp_path: Path,
) -> None:
    path = tmp_path / "main.bpmn"
    path.write_bytes(CALLING)
    known, unknown = beside(other=other()), HOUSE
    assert check_files([path], house_for=lambda _: known)[0].accepted
    assert not check_files([path], house_for=lambda _: unknown)[0].accepted


def test_a_called_folder_may_be_given_beside_a_file_of_the_house(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / "a" / "main.bpmn", tmp_path / "b" / "other.bpmn"]
    for path, data in zip(paths, (CALLING, other()), strict=True):
        path.parent.mkdir()
        path.write_bytes(data)
    reports = check_files(paths, house_for=lambda _: HOUSE)
    assert [report.accepted for report in reports] == [True, True]


def test_files_of_the_house_that_run_apart_may_use_the_same_ids(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / "a" / "main.bpmn", tmp_path / "b" / "other.bpmn"]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(other(key=path.stem))
    reports = check_files(paths, house_for=lambda _: HOUSE)
    assert [report.accepted for report in reports] == [True, True]


def test_files_of_somebody_else_may_use_the_same_ids(tmp_path: Path) -> None:
    paths = [tmp_path / "main.bpmn", tmp_path / "other.bpmn"]
    for path, data in zip(paths, (CALLING, other(start="start")), strict=True):
        path.write_bytes(data)
    assert [report.accepted for report in check_files(paths)] == [True, True]


@pytest.mark.parametrize("duty", ["making", "reviewing", "approving"])
def test_a_task_may_have_a_duty_and_be_separate_from_one(duty: str) -> None:
    task = f'<gongkai:task duty="{duty}" separateFrom="making draft" />'
    assert not broken(reviewed(task))


def test_a_duty_is_one_of_three() -> None:
    found = broken(reviewed('<gongkai:task duty="signing" />'))
    assert found == {"process/duty:review"}


def signed(loop: str, *, lanes: str = JOINT) -> set[str]:
    """Return what is wrong with a repeated review."""
    data = diagram(
        "start -> draft -> review -> end",
        user("draft"),
        user("review", loop),
        lanes=lanes,
    )
    return broken(drawn(data), SHARING)


def test_several_organisations_may_be_asked_at_once() -> None:
    assert not signed(many(LIST + ITEM, isSequential="false"))
    assert not signed(many(LIST))


@pytest.mark.parametrize(
    "loop",
    [
        many(LIST, isSequential="true"),
        many("<bpmn:loopCardinality>3</bpmn:loopCardinality>"),
        many(LIST + "<bpmn:completionCondition>x</bpmn:completionCondition>"),
        many(
            LIST + "<bpmn:loopDataOutputRef>votes</bpmn:loopDataOutputRef>"
            '<bpmn:outputDataItem id="vote" name="vote" />'
        ),
        '<bpmn:standardLoopCharacteristics loopMaximum="2" />',
    ],
)
def test_a_person_s_step_is_repeated_in_no_other_way(loop: str) -> None:
    assert "process/co-signing:review" in signed(loop)


def test_several_organisations_do_not_play_the_part_of_one() -> None:
    assert signed(many(LIST), lanes=LANES) == {"process/co-signing:review"}


def test_a_repeated_step_of_somebody_else_s_diagram_is_no_round() -> None:
    data = diagram("start -> a -> end", user("a", many(isSequential="true")))
    assert check_definition({"main.bpmn": data}, None) == []
