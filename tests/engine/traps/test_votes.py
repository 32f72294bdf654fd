"""Multi-instance tasks as a vote."""

import pytest
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException

from tests.engine.check.diagrams import boundary, diagram, many, timer, user
from tests.engine.traps.library import complete, make_due, names, started

PEOPLE = "<bpmn:loopDataInputRef>people</bpmn:loopDataInputRef>"
OUTPUT = (
    "<bpmn:loopDataOutputRef>votes</bpmn:loopDataOutputRef>"
    '<bpmn:outputDataItem id="vote" name="vote" />'
)


def voting(condition: str, output: str = "") -> bytes:
    end = f"<bpmn:completionCondition>{condition}</bpmn:completionCondition>"
    return diagram("start -> a -> end", user("a", many(PEOPLE + output + end)))


def test_the_number_of_instances_is_unknown_to_the_completion_condition() -> None:
    workflow = started(voting("nrOfInstances"), people=[1, 2])
    with pytest.raises(WorkflowTaskException, match="nrOfInstances"):
        complete(workflow, "a [child]")


def test_the_completion_condition_sees_an_empty_list_of_votes() -> None:
    workflow = started(voting("len(votes) > 0", OUTPUT), people=[1, 2])
    complete(workflow, "a [child]", vote="yes")
    assert names(workflow) == ["a [child]"]
    complete(workflow, "a [child]", vote="no")
    assert workflow.data["votes"] == ["yes", "no"]


def test_the_completion_condition_sees_only_the_last_ones_data() -> None:
    workflow = started(voting("x and y"), people=[1, 2, 3], x=False, y=False)
    complete(workflow, "a [child]", x=True)
    complete(workflow, "a [child]", y=True)
    assert names(workflow) == ["a [child]"]
    complete(workflow, "a [child]", x=True, y=True)
    assert workflow.completed


def test_an_interrupted_vote_leaves_no_trace_of_who_was_asked() -> None:
    data = diagram(
        "start -> a -> end\nlate -> b -> end",
        user("a", many()),
        user("b"),
        boundary("late", "a", timer("timeDuration", '"P1D"')),
    )
    workflow = started(data, people=[1, 2])
    make_due(workflow, "late")
    workflow.refresh_timers()
    workflow.do_engine_steps()
    assert names(workflow) == ["b"]
    assert workflow.get_tasks(spec_name="a [child]") == []


def test_a_signer_can_be_removed_by_taking_the_task_out_of_the_tree() -> None:
    workflow = started(diagram("start -> a -> end", user("a", many())), people=[1, 2])
    first, second = workflow.get_tasks(state=TaskState.READY)
    first.cancel()
    workflow._remove_task(first.id)
    second.run()
    workflow.do_engine_steps()
    assert workflow.completed


def test_a_late_removal_must_close_the_vote_itself() -> None:
    workflow = started(diagram("start -> a -> end", user("a", many())), people=[1, 2])
    first, second = workflow.get_tasks(state=TaskState.READY)
    second.run()
    first.cancel()
    workflow._remove_task(first.id)
    workflow.do_engine_steps()
    assert names(workflow, TaskState.STARTED) == ["a"]


def test_an_added_signer_is_waited_for() -> None:
    workflow = started(diagram("start -> a -> end", user("a", many())), people=[1])
    (vote,) = workflow.get_tasks(state=TaskState.STARTED, spec_name="a")
    vote.task_spec.create_child(vote, 2, 1)
    complete(workflow, "a [child]")
    assert names(workflow) == ["a [child]"]
    complete(workflow, "a [child]")
    assert workflow.completed


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_an_empty_list_is_passed(sequential: str) -> None:
    task = user("a", many(isSequential=sequential))
    assert started(diagram("start -> a -> end", task), people=[]).completed


def test_none_sticks_only_in_a_sequence() -> None:
    for sequential, waiting in (("true", 0), ("false", 2)):
        task = user("a", many(isSequential=sequential))
        workflow = started(diagram("start -> a -> end", task), people=[None, 1])
        assert len(names(workflow)) == waiting
        assert not workflow.completed
