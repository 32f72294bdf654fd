"""What branches, tasks and rounds share."""

from typing import Any

import pytest
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.exceptions import WorkflowDataException

from tests.engine.check.diagrams import diagram, exclusive, parallel, user
from tests.engine.traps.library import (
    complete,
    names,
    ready,
    started,
    stored_and_loaded,
)

BRANCHES = diagram(
    "start -> s -> a -> j -> c -> end\ns -> b -> j",
    parallel("s", "j"),
    user("a"),
    user("b"),
    user("c"),
)


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_the_branch_that_ends_last_wins(order: str) -> None:
    workflow = started(BRANCHES, status="orig")
    for name in order:
        complete(workflow, name, status=name)
    assert ready(workflow, "c").data["status"] == order[-1]


def test_a_branch_that_changed_nothing_wins_when_it_ends_last() -> None:
    workflow = started(BRANCHES, status="orig")
    complete(workflow, "a", status="A")
    complete(workflow, "b")
    assert ready(workflow, "c").data["status"] == "orig"


def test_each_branch_keeps_a_key_of_its_own() -> None:
    workflow = started(BRANCHES)
    complete(workflow, "a", of_a=1)
    complete(workflow, "b", of_b=2)
    assert ready(workflow, "c").data == {"of_a": 1, "of_b": 2}


def test_a_key_deleted_in_one_branch_comes_back() -> None:
    workflow = started(BRANCHES, secret=1)
    del ready(workflow, "a").data["secret"]
    complete(workflow, "a")
    complete(workflow, "b")
    assert ready(workflow, "c").data == {"secret": 1}


def test_lists_of_two_branches_are_not_joined() -> None:
    workflow = started(BRANCHES)
    complete(workflow, "b", votes=[3, 4])
    complete(workflow, "a", votes=[1, 2])
    assert ready(workflow, "c").data["votes"] == [1, 2]


def test_a_change_to_shared_data_is_stored_for_the_completed_task() -> None:
    workflow = started(diagram("start -> a -> b -> end", user("a"), user("b")))
    complete(workflow, "a", docs=[{"open": False}])
    ready(workflow, "b").data["docs"][0]["open"] = True
    (first,) = stored_and_loaded(workflow).get_tasks(spec_name="a")
    assert first.state == TaskState.COMPLETED
    assert first.data == {"docs": [{"open": True}]}


def test_a_data_object_is_found_by_its_id_only() -> None:
    data = diagram(
        "start -> a -> end",
        '<bpmn:dataObject id="draft" name="paper" />'
        '<bpmn:dataObjectReference id="ref" name="paper" dataObjectRef="draft" />',
        user(
            "a",
            "<bpmn:dataOutputAssociation><bpmn:targetRef>ref</bpmn:targetRef>"
            "</bpmn:dataOutputAssociation>",
        ),
    )
    workflow = started(data)
    complete(workflow, "a", draft=1)
    assert workflow.data_objects == {"draft": 1}
    with pytest.raises(WorkflowDataException, match="draft"):
        complete(started(data), "a", paper=1)


def rounds(number: int) -> Any:
    data = diagram(
        "start -> a -> b -> g -> end\ng -> a [again]",
        user("a"),
        user("b"),
        exclusive("g", default="g_to_end"),
    )
    workflow = started(data, again=True)
    task = ready(workflow, "a")
    for _ in range(3 * number):
        task.run()
        (task,) = [each for each in task.children if each.state == TaskState.READY]
    return workflow


def test_a_loop_back_of_three_steps_dies_after_333_rounds() -> None:
    assert names(rounds(332)) == ["a"]
    workflow = rounds(333)
    assert names(workflow) == []
    workflow.do_engine_steps()
    assert not workflow.completed
