"""When a timer is due and when it is looked at."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.specs.event_definitions import timer as library
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser

from tests.engine.check.diagrams import (
    boundary,
    catch,
    diagram,
    extension,
    timer,
    user,
)
from tests.engine.traps.library import (
    PAST,
    complete,
    created,
    make_due,
    names,
    started,
)

READ = library.TimerEventDefinition
OVERDUE = diagram(
    "start -> a -> end\nlate -> b -> end",
    user("a"),
    user("b"),
    boundary("late", "a", timer("timeDuration", '"P1D"'), interrupting=False),
)


def test_a_time_without_zone_is_the_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "LOCALTZ", timezone(timedelta(hours=8)))
    at = datetime(2026, 3, 2, 2, tzinfo=UTC)
    assert READ.get_datetime("2026-03-02T10:00:00") == at
    assert READ.get_datetime("2026-03-02T10:00:00+09:00") == at - timedelta(hours=1)


def test_the_servers_zone_is_one_offset_fixed_at_import() -> None:
    assert type(library.LOCALTZ) is timezone


def test_a_month_is_a_month_of_the_calendar() -> None:
    for month, days in ((2, 28), (3, 31)):
        start = datetime(2026, month, 1, tzinfo=UTC)
        found = READ.get_timedelta_from_start({"months": 1}, start)
        assert found == timedelta(days=days)


def test_a_date_timer_must_not_hold_a_date() -> None:
    workflow = created(
        diagram("start -> c -> end", catch("c", timer("timeDate", "due")))
    )
    workflow.task_tree.data["due"] = datetime(2026, 3, 2, tzinfo=UTC)
    with pytest.raises(AttributeError):
        workflow.do_engine_steps()


def test_a_duration_is_stored_as_the_time_in_utc() -> None:
    workflow = started(OVERDUE)
    (late,) = workflow.get_tasks(state=TaskState.WAITING, spec_name="late")
    at = datetime.fromisoformat(late.internal_data["event_value"])
    assert at.utcoffset() == timedelta()
    assert workflow.event_manager.tasks == {late.id: late}


def test_a_used_up_cycle_still_looks_like_one() -> None:
    data = diagram("start -> c -> end", catch("c", timer("timeCycle", '"R1/P1D"')))
    workflow = started(data)
    (task,) = workflow.get_tasks(spec_name="c")
    task.internal_data["event_value"]["next"] = PAST
    workflow.refresh_timers()
    assert task.internal_data["event_value"]["cycles"] == 0
    assert set(task.internal_data["event_value"]) == {"cycles", "next", "duration"}


def test_a_boundary_timer_is_evaluated_before_the_tasks_script() -> None:
    script = "<spiffworkflow:preScript>due = 'P1D'</spiffworkflow:preScript>"
    data = diagram(
        "start -> a -> end\nlate -> end",
        user("a", extension(script)),
        boundary("late", "a", timer("timeDuration", "due")),
    )
    workflow = created(data, parser=SpiffBpmnParser())
    with pytest.raises(WorkflowTaskException, match="due"):
        workflow.do_engine_steps()


def test_a_due_timer_never_fires_when_the_task_is_completed_first() -> None:
    workflow = started(OVERDUE)
    make_due(workflow, "late")
    complete(workflow, "a")
    assert workflow.completed
    assert names(workflow, TaskState.CANCELLED) == ["late"]


def test_a_due_timer_fires_when_it_is_looked_at_before_completing() -> None:
    workflow = started(OVERDUE)
    make_due(workflow, "late")
    workflow.refresh_timers()
    complete(workflow, "a")
    assert names(workflow) == ["b"]


def test_refreshing_waiting_tasks_is_deprecated() -> None:
    with pytest.deprecated_call():
        started(OVERDUE).refresh_waiting_tasks()
