"""Resetting, jumping and running again."""

from typing import Any

import pytest
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException

from tests.engine.check.diagrams import (
    boundary,
    diagram,
    element,
    parallel,
    sub,
    timer,
    user,
)
from tests.engine.traps.library import (
    complete,
    created,
    make_due,
    names,
    ready,
    started,
    stored_and_loaded,
)

THREE_STEPS = diagram("start -> a -> b -> c -> end", user("a"), user("b"), user("c"))
TIMED = diagram(
    "start -> a -> b -> end\nlate -> end",
    user("a"),
    user("b"),
    boundary("late", "b", timer("timeDuration", '"P1D"')),
)


def reset(workflow: Any, name: str) -> None:
    (task,) = workflow.get_tasks(spec_name=name)
    workflow.reset_from_task_id(task.id)


def test_what_was_entered_in_the_step_gone_back_to_is_lost() -> None:
    workflow = started(THREE_STEPS)
    complete(workflow, "a", answer=1)
    assert ready(workflow, "b").data == {"answer": 1}
    reset(workflow, "a")
    assert ready(workflow, "a").data == {}


def test_the_steps_gone_back_over_leave_no_trace() -> None:
    workflow = started(THREE_STEPS)
    complete(workflow, "a")
    complete(workflow, "b")
    reset(workflow, "a")
    assert names(workflow, TaskState.COMPLETED) == ["Start", "start"]


def reset_with_a_timer_due() -> Any:
    workflow = started(TIMED)
    complete(workflow, "a")
    make_due(workflow, "late")
    return workflow


def test_a_removed_timer_is_still_looked_at() -> None:
    workflow = reset_with_a_timer_due()
    reset(workflow, "a")
    (task,) = workflow.event_manager.tasks.values()
    assert task.id not in workflow.tasks
    assert stored_and_loaded(workflow).event_manager.tasks == {}


def test_a_removed_timer_can_be_forgotten_when_it_is_removed() -> None:
    workflow = reset_with_a_timer_due()
    forget = workflow.event_manager.remove_task
    workflow.task_removed_event.connect(lambda _, task: forget(task))
    reset(workflow, "a")
    workflow.refresh_timers()
    assert names(workflow) == ["a"]


def back_in_a_finished_sub_process() -> Any:
    inner = sub("p", "p_start -> a -> b -> p_end", user("a"), user("b"))
    workflow = started(diagram("start -> p -> c -> end", inner, user("c")))
    complete(workflow, "a")
    complete(workflow, "b")
    reset(workflow, "a")
    return workflow


def test_going_back_into_a_finished_sub_process_makes_two_tokens() -> None:
    workflow = back_in_a_finished_sub_process()
    complete(workflow, "a")
    assert names(workflow) == ["b", "c"]


def test_there_is_one_token_when_the_sub_process_is_opened_again() -> None:
    workflow = back_in_a_finished_sub_process()
    (inner,) = workflow.subprocesses.values()
    assert inner.completed
    inner.completed = False
    complete(workflow, "a")
    assert names(workflow) == ["b"]


def test_going_back_into_one_branch_after_the_join_makes_two_tokens() -> None:
    data = diagram(
        "start -> s -> a -> j -> c -> end\ns -> b -> j",
        parallel("s", "j"),
        user("a"),
        user("b"),
        user("c"),
    )
    workflow = started(data)
    complete(workflow, "b")
    complete(workflow, "a")
    reset(workflow, "b")
    assert names(workflow) == ["b", "c"]


def test_a_finished_workflow_that_goes_back_is_still_completed() -> None:
    workflow = started(THREE_STEPS)
    for name in "abc":
        complete(workflow, name)
    reset(workflow, "b")
    assert names(workflow) == ["b"]
    assert workflow.completed


def test_a_cancelled_task_can_be_run() -> None:
    workflow = started(THREE_STEPS)
    first = ready(workflow, "a")
    first.cancel()
    first.run()
    assert first.state == TaskState.COMPLETED


def jumped(mask: int | None) -> Any:
    workflow = started(THREE_STEPS)
    task = ready(workflow, "a")
    target = workflow.spec.task_specs["c"]
    child = task.parent._add_child(target, TaskState.FUTURE)
    child.triggered = True
    if mask is None:
        target._predict(child)
    else:
        target._predict(child, mask=mask)
    target._update(child)
    task.cancel()
    complete(workflow, "c")
    return workflow


def test_a_jump_without_a_mask_is_over_without_reaching_the_end() -> None:
    workflow = jumped(None)
    assert workflow.is_completed()
    assert "end" not in names(workflow, TaskState.COMPLETED)


def test_a_jump_with_a_mask_runs_on() -> None:
    workflow = jumped(TaskState.NOT_FINISHED_MASK)
    assert workflow.completed
    assert "end" in names(workflow, TaskState.COMPLETED)


def test_a_failed_step_is_reported_once() -> None:
    failing = element("scriptTask", "f", "<bpmn:script>1 / 0</bpmn:script>")
    workflow = created(diagram("start -> f -> a -> end", failing, user("a")))
    with pytest.raises(WorkflowTaskException):
        workflow.do_engine_steps()
    workflow.do_engine_steps()
    assert names(workflow, TaskState.ERROR) == ["f"]
    reset(workflow, "f")
    assert names(workflow) == ["f"]
