"""Moving a running case to another version of its process."""

from datetime import UTC, datetime
from typing import Any

import pytest
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.util.diff import diff_workflow, migrate_workflow

from tests.engine.check.diagrams import catch, diagram, timer, user
from tests.engine.traps.library import (
    PAST,
    SERIALIZER,
    created,
    make_due,
    names,
    ready,
    started,
    stored_and_loaded,
)

BOTH = user("a") + user("b")
OLD = diagram("start -> a -> b -> end", BOTH)
LONGER = diagram("start -> a -> b -> x -> end", BOTH, user("x"))


def migrated(workflow: Any, data: bytes) -> Any:
    new = created(data)
    diff, _ = diff_workflow(SERIALIZER.registry, workflow, new.spec, {})
    migrate_workflow(diff, workflow, new.spec)
    return diff


def waiting_for(kind: str, text: str, *more: str) -> bytes:
    row = " -> ".join(["start", "c", *more, "end"])
    return diagram(row, catch("c", timer(kind, text)), *map(user, more))


def test_a_draft_is_lost() -> None:
    workflow = started(OLD, number="A-1")
    task = ready(workflow, "a")
    task.data["draft"] = "x"
    migrated(workflow, LONGER)
    assert ready(workflow, "a") is task
    assert task.data == {"number": "A-1"}
    assert names(stored_and_loaded(workflow)) == ["a"]


def test_a_duration_starts_again() -> None:
    workflow = started(waiting_for("timeDuration", '"P1D"'))
    make_due(workflow, "c")
    migrated(workflow, waiting_for("timeDuration", '"P1D"', "x"))
    (waiting,) = workflow.get_tasks(state=TaskState.WAITING, spec_name="c")
    at = datetime.fromisoformat(waiting.internal_data["event_value"])
    assert at > datetime.fromisoformat(PAST).astimezone(UTC)


def test_a_stored_date_survives() -> None:
    due = "2999-01-01T00:00:00+08:00"
    workflow = started(waiting_for("timeDate", "due"), due=due)
    migrated(workflow, waiting_for("timeDate", "due", "x"))
    (waiting,) = workflow.get_tasks(state=TaskState.WAITING, spec_name="c")
    assert waiting.internal_data["event_value"] == due


def test_a_case_whose_step_was_removed_cannot_be_loaded() -> None:
    workflow = started(OLD)
    diff = migrated(workflow, diagram("start -> b -> end", user("b")))
    assert "a" in [task.task_spec.name for task in diff.removed]
    assert names(workflow) == ["a"]
    with pytest.raises(TypeError, match="'module' object is not callable"):
        stored_and_loaded(workflow)
