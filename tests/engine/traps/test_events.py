"""Events that parse and do nothing, or too late."""

import pytest
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException

from tests.engine.check.diagrams import (
    ALARM,
    FAILURE,
    NEWS,
    RAISED,
    boundary,
    catch,
    diagram,
    element,
    parallel,
    sub,
    throw,
    timer,
    trigger,
    user,
)
from tests.engine.traps.library import (
    PAST,
    complete,
    created,
    make_due,
    names,
    send,
    started,
)


def test_a_link_event_swallows_the_token() -> None:
    workflow = started(
        diagram(
            "start -> l\nc -> a -> end",
            user("a"),
            throw("l", '<bpmn:linkEventDefinition name="x" />'),
            catch("c", '<bpmn:linkEventDefinition name="x" />'),
        )
    )
    assert names(workflow, TaskState.NOT_FINISHED_MASK) == []


def test_a_signal_end_event_sends_nothing() -> None:
    data = diagram(
        "start -> s -> c -> end\ns -> e",
        parallel("s"),
        catch("c", trigger("signal", "alarm")),
        element("endEvent", "e", trigger("signal", "alarm")),
        around=ALARM,
    )
    workflow = started(data)
    assert names(workflow, TaskState.WAITING) == ["c", "main.EndJoin"]


def test_compensation_is_not_thrown() -> None:
    workflow = started(diagram("start -> t -> end", throw("t", trigger("compensate"))))
    assert workflow.completed
    assert workflow.get_events() == []


def event_sub_process(start: str, *, interrupting: str) -> str:
    return sub(
        "p",
        "p_start -> b -> p_end",
        element("startEvent", "p_start", start, isInterrupting=interrupting),
        user("b"),
        triggeredByEvent="true",
    )


def test_an_interrupting_event_sub_process_does_not_interrupt() -> None:
    part = event_sub_process(trigger("message", "news"), interrupting="true")
    workflow = started(diagram("start -> a -> end", user("a"), part, around=NEWS))
    send(workflow, "news")
    assert names(workflow) == ["a", "b"]


def test_an_error_event_sub_process_starts_at_once() -> None:
    part = event_sub_process(trigger("error", "failure"), interrupting="true")
    workflow = started(diagram("start -> a -> end", user("a"), part, around=FAILURE))
    assert names(workflow) == ["a", "b"]


def test_an_event_sub_process_inside_a_sub_process_never_starts() -> None:
    part = event_sub_process(trigger("message", "news"), interrupting="false")
    inner = sub("q", "q_start -> a -> q_end", user("a"), part)
    workflow = started(diagram("start -> q -> end", inner, around=NEWS))
    send(workflow, "news")
    assert names(workflow) == ["a"]


def test_an_escalation_interrupts_after_the_automatic_steps() -> None:
    inner = sub(
        "p",
        "p_start -> t -> s -> p_end",
        throw("t", trigger("escalation", "raised")),
        element("scriptTask", "s", "<bpmn:script>late = 1</bpmn:script>"),
    )
    workflow = started(
        diagram(
            "start -> p -> end\ncaught -> end",
            inner,
            boundary("caught", "p", trigger("escalation", "raised")),
            around=RAISED,
        )
    )
    assert "s" in names(workflow, TaskState.COMPLETED)


def test_two_timers_behind_a_gateway_share_the_first_time() -> None:
    workflow = started(
        diagram(
            "start -> g -> t -> end\ng -> u -> end",
            element("eventBasedGateway", "g"),
            catch("t", timer("timeDuration", '"P9D"')),
            catch("u", timer("timeDuration", '"PT0S"')),
        )
    )
    workflow.refresh_timers()
    assert names(workflow, TaskState.WAITING) == ["g"]


def test_a_repeating_timer_interrupts_only_when_used_up() -> None:
    workflow = started(
        diagram(
            "start -> a -> end\nlate -> b -> end",
            user("a"),
            user("b"),
            boundary("late", "a", timer("timeCycle", '"R2/P1D"')),
        )
    )
    (late,) = workflow.get_tasks(state=TaskState.WAITING, spec_name="late")
    late.internal_data["event_value"]["next"] = PAST
    workflow.refresh_timers()
    assert "a" in names(workflow)


def test_a_repeating_timer_fires_once_for_each_refresh() -> None:
    late = boundary("late", "a", timer("timeCycle", '"R9/P1D"'), interrupting=False)
    workflow = started(
        diagram("start -> a -> end\nlate -> b -> end", user("a"), user("b"), late)
    )
    (waiting,) = workflow.get_tasks(state=TaskState.WAITING, spec_name="late")
    waiting.internal_data["event_value"]["next"] = PAST
    workflow.refresh_timers()
    assert names(workflow).count("b") == 1
    workflow.refresh_timers()
    assert names(workflow).count("b") == 2


def test_a_duration_without_quotes_fails_when_reached() -> None:
    data = diagram("start -> t -> end", catch("t", timer("timeDuration", "P1D")))
    workflow = created(data)
    with pytest.raises(WorkflowTaskException, match="P1D"):
        workflow.do_engine_steps()


def test_a_date_timer_must_not_hold_a_duration() -> None:
    workflow = created(
        diagram("start -> t -> end", catch("t", timer("timeDate", '"P1D"')))
    )
    with pytest.raises(TypeError):
        workflow.do_engine_steps()


def test_a_timer_of_a_removed_task_crashes_the_next_refresh() -> None:
    workflow = started(
        diagram(
            "start -> a -> b -> end\nlate -> end",
            user("a"),
            user("b"),
            boundary("late", "b", timer("timeDuration", '"P1D"')),
        )
    )
    (first,) = workflow.get_tasks(spec_name="a")
    complete(workflow, "a")
    make_due(workflow, "late")
    workflow.reset_from_task_id(first.id)
    with pytest.raises(AttributeError):
        workflow.refresh_timers()


def test_a_completed_task_can_be_run_again() -> None:
    workflow = started(diagram("start -> a -> b -> end", user("a"), user("b")))
    (first,) = workflow.get_tasks(spec_name="a")
    complete(workflow, "a")
    assert first.state == TaskState.COMPLETED
    first.run()


def test_a_condition_is_not_looked_at_again_when_refreshed() -> None:
    condition = (
        "<bpmn:conditionalEventDefinition><bpmn:condition>x</bpmn:condition>"
        "</bpmn:conditionalEventDefinition>"
    )
    workflow = started(diagram("start -> c -> end", catch("c", condition)), x=False)
    (waiting,) = workflow.get_tasks(state=TaskState.WAITING, spec_name="c")
    waiting.data["x"] = True
    workflow.refresh_timers()
    workflow.do_engine_steps()
    assert waiting.state == TaskState.WAITING


def test_a_timer_that_starts_an_event_sub_process_keeps_the_case_open() -> None:
    part = event_sub_process(timer("timeDuration", '"P1D"'), interrupting="false")
    workflow = started(diagram("start -> a -> end", user("a"), part))
    complete(workflow, "a")
    assert not workflow.completed
    assert "p_start" in names(workflow, TaskState.WAITING)
