"""The rules for the diagrams in our own folders."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.check import HouseRules, check_definition, check_files
from tests.engine.check.diagrams import (
    boundary,
    catch,
    diagram,
    element,
    exclusive,
    extension,
    service,
    table,
    timer,
    user,
)

HOUSE = HouseRules(
    forms={"draft", "review"},
    actions={"publish"},
    texts={"draft", "review"},
    limits={"review_limit"},
    roles={"clerk"},
    organisations={"drafting"},
)
LANES = (
    '<bpmn:laneSet id="lanes"><bpmn:lane id="clerks" name="经办">'
    "<bpmn:extensionElements>"
    '<gongkai:candidates role="clerk" organisation="drafting" />'
    "</bpmn:extensionElements><bpmn:flowNodeRef>draft</bpmn:flowNodeRef>"
    "<bpmn:flowNodeRef>review</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
)


def laid_out(data: bytes, *names: str) -> bytes:
    shapes = "".join(
        f'<bpmndi:BPMNShape bpmnElement="{name}">'
        '<dc:Bounds x="0" y="0" width="1" height="1" /></bpmndi:BPMNShape>'
        for name in names
    )
    plane = (
        f'<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="main">{shapes}'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"
    )
    return data.replace(b"</bpmn:definitions>", plane.encode())


TWO = ("start", "end", "draft", "review", "clerks")
FLOWS = ("start_to_draft", "draft_to_review", "review_to_end")


def reviewed(task: str = "", *, lanes: str = LANES) -> bytes:
    data = diagram(
        "start -> draft -> review -> end",
        user("draft"),
        user("review", extension(task) if task else ""),
        lanes=lanes,
    )
    return laid_out(data, *TWO, *FLOWS)


def broken(data: bytes, house: HouseRules = HOUSE) -> set[str]:
    found = check_definition({"main.bpmn": data}, house)
    return {f"{each.rule}:{each.element}" for each in found}


def test_a_complete_definition_is_accepted() -> None:
    task = '<gongkai:task separateFrom="draft" limit="review_limit" />'
    assert not broken(reviewed(task))


def test_a_user_task_needs_a_lane_a_form_and_a_title() -> None:
    data = laid_out(
        diagram("start -> a -> end", user("a")),
        "start",
        "a",
        "end",
        "start_to_a",
        "a_to_end",
    )
    assert broken(data) == {"process/lane:a", "process/form:a", "process/text:a"}


def test_a_lane_needs_a_known_role_and_organisation() -> None:
    house = replace(HOUSE, roles={"chief"}, organisations=set())
    assert broken(reviewed(), house) == {
        f"process/{rule}:{task}"
        for rule in ("role", "organisation")
        for task in ("draft", "review")
    }


@pytest.mark.parametrize(
    ("task", "rule"),
    [
        ('<gongkai:task separateFrom="draft gone" />', "process/separate-from"),
        ('<gongkai:task separateFrom="review" />', "process/separate-from"),
        ('<gongkai:task limit="gone" />', "process/limit"),
    ],
)
def test_what_a_task_names_is_known(task: str, rule: str) -> None:
    assert broken(reviewed(task)) == {f"{rule}:review"}


def test_a_service_task_needs_an_action() -> None:
    data = diagram(
        "start -> publish -> send -> end", service("publish"), service("send")
    )
    assert "process/action:send" in broken(data)
    assert "process/action:publish" not in broken(data)


@pytest.mark.parametrize(
    "clock",
    [timer("timeDuration", "P1D"), timer("timeDate", "gone")],
)
def test_a_timer_names_a_limit(clock: str) -> None:
    data = diagram("start -> t -> end", catch("t", clock))
    assert "process/timer:t" in broken(data)


def test_a_timer_on_a_limit_is_fine() -> None:
    data = diagram(
        "start -> draft -> end\nlate -> end",
        user("draft"),
        boundary("late", "draft", timer("timeDate", "review_limit")),
    )
    assert "process/timer:late" not in broken(data)


def test_a_split_needs_a_default() -> None:
    data = diagram(
        "start -> g -> draft [x] -> end\ng -> end [not x]",
        user("draft"),
        exclusive("g"),
    )
    assert "process/default-flow:g" in broken(data)


def test_ids_are_python_names() -> None:
    data = diagram("start -> a -> end", element("userTask", "a")).replace(
        b'"a"', b'"a-b"'
    )
    assert "process/id:a-b" in broken(data)


def test_everything_is_drawn() -> None:
    data = reviewed().replace(b'bpmnElement="review"', b'bpmnElement="other"')
    assert broken(data) == {"process/layout:review"}


def test_house_rules_hold_only_where_the_caller_says(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.bpmn", tmp_path / "theirs.bpmn"
    for path in (ours, theirs):
        path.write_bytes(diagram("start -> a -> end", user("a")))
    reports = check_files(
        [ours, theirs], house_for=lambda path: HOUSE if path == ours else None
    )
    assert [report.accepted for report in reports] == [False, True]
    assert all(each.rule.startswith("process/") for each in reports[0].defects)


def test_a_file_of_the_house_is_read_with_its_folder(tmp_path: Path) -> None:
    asking = element(
        "businessRuleTask",
        "r",
        extension(
            "<spiffworkflow:calledDecisionId>routing</spiffworkflow:calledDecisionId>"
        ),
    )
    path = tmp_path / "main.bpmn"
    path.write_bytes(
        laid_out(
            diagram("start -> r -> end", asking),
            "start",
            "r",
            "end",
            "start_to_r",
            "r_to_end",
        )
    )
    (tmp_path / "routing.dmn").write_bytes(table('"a"|1'))
    assert check_files([path], house_for=lambda _: HOUSE)[0].accepted
    assert not check_files([path])[0].accepted


def test_a_missing_file_of_the_house_is_a_report(tmp_path: Path) -> None:
    path = tmp_path / "no_such_folder" / "main.bpmn"
    assert not check_files([path], house_for=lambda _: HOUSE)[0].accepted
