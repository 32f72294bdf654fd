"""Loops, multi-instance and prediction."""

import inspect

import pytest
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.exceptions import WorkflowDataException
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.util.task import TaskIterator

from tests.engine.check.diagrams import (
    boundary,
    diagram,
    element,
    exclusive,
    many,
    parallel,
    timer,
    user,
)
from tests.engine.traps.library import (
    complete,
    created,
    make_due,
    names,
    started,
)

PEOPLE = "<bpmn:loopDataInputRef>people</bpmn:loopDataInputRef>"


def test_the_behavior_of_a_multi_instance_is_ignored() -> None:
    for behavior in ("All", "None"):
        task = user("a", many(behavior=behavior))
        workflow = started(diagram("start -> a -> end", task), people=[1, 2])
        assert names(workflow) == ["a [child]", "a [child]"]


def test_a_second_pass_with_an_output_list_fails() -> None:
    marker = many(
        f"{PEOPLE}<bpmn:loopDataOutputRef>votes</bpmn:loopDataOutputRef>"
        '<bpmn:inputDataItem id="who" name="who" />'
        '<bpmn:outputDataItem id="vote" name="vote" />'
    )
    data = diagram(
        "start -> a -> g -> end\ng -> a [True]",
        user("a", marker),
        exclusive("g", default="g_to_end"),
    )
    workflow = started(data, people=["ada"])
    with pytest.raises(WorkflowDataException, match="must be empty"):
        complete(workflow, "a [child]", vote=1)


def test_a_boundary_path_into_a_multi_instance_fails() -> None:
    data = diagram(
        "start -> a -> end\nlate -> b -> end",
        user("a"),
        user("b", many()),
        boundary("late", "a", timer("timeDuration", '"P1D"')),
    )
    workflow = started(data, people=["ada"])
    make_due(workflow, "late")
    workflow.refresh_timers()
    with pytest.raises(WorkflowException, match="non-predicted child"):
        workflow.do_engine_steps()


def test_a_negative_cardinality_is_stuck() -> None:
    marker = many(
        "<bpmn:loopCardinality>-1</bpmn:loopCardinality>", isSequential="true"
    )
    workflow = started(diagram("start -> a -> end", user("a", marker)))
    assert names(workflow) == []
    assert not workflow.completed


def test_a_list_with_none_in_it_is_stuck() -> None:
    marker = many(isSequential="true")
    data = diagram("start -> a -> end", user("a", marker))
    workflow = started(data, people=[None, "ada"])
    assert names(workflow) == []
    assert not workflow.completed


def test_an_ad_hoc_sub_process_without_data_objects_fails() -> None:
    inside = f"{user('a')}{user('b')}<bpmn:completionCondition>False"
    inside += "</bpmn:completionCondition>"
    workflow = created(
        diagram("start -> p -> end", element("adHocSubProcess", "p", inside))
    )
    with pytest.raises(KeyError, match="data_objects"):
        workflow.do_engine_steps()


@pytest.mark.parametrize(("blocks", "tasks"), [(2, 29), (4, 125), (6, 509), (8, 2045)])
def test_rows_of_parallel_blocks_double_with_each(blocks: int, tasks: int) -> None:
    lines = ["start -> s0"]
    for n in range(blocks):
        following = f"s{n + 1}" if n + 1 < blocks else "end"
        lines += [f"s{n} -> a{n} -> j{n} -> {following}", f"s{n} -> b{n} -> j{n}"]
    parts = [
        parallel(f"s{n}", f"j{n}") + user(f"a{n}") + user(f"b{n}")
        for n in range(blocks)
    ]
    assert len(created(diagram("\n".join(lines), *parts)).tasks) == tasks


def test_choices_end_the_prediction() -> None:
    lines = ["start -> s0"]
    for n in range(9):
        following = f"s{n + 1}" if n < 8 else "end"
        lines += [f"s{n} -> a{n} [x] -> j{n} -> {following}", f"s{n} -> j{n}"]
    parts = [
        exclusive(f"s{n}", default=f"s{n}_to_j{n}") + exclusive(f"j{n}") + user(f"a{n}")
        for n in range(9)
    ]
    assert len(created(diagram("\n".join(lines), *parts)).tasks) < 10


def test_a_cycle_without_choice_is_predicted_without_end() -> None:
    late = boundary("late", "a", timer("timeDuration", '"P1D"'))
    data = diagram("start -> a -> a\nlate -> end", user("a"), late)
    with pytest.raises(RecursionError):
        created(data)


def test_tasks_are_found_only_a_thousand_steps_deep() -> None:
    signature = inspect.signature(TaskIterator.__init__)
    assert signature.parameters["max_depth"].default == 1000


def test_removing_a_signer_blocks_the_join() -> None:
    workflow = started(diagram("start -> a -> end", user("a", many())), people=[1, 2])
    first, second = workflow.get_tasks(state=TaskState.READY)
    first.cancel()
    second.run()
    workflow.do_engine_steps()
    assert not workflow.completed
    assert names(workflow) == []
