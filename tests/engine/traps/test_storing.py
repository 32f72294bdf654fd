"""What is lost or changed between saving and loading."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser

from engine.bpmn.expressions import SafeScriptEngine
from tests.engine.check.diagrams import boundary, diagram, sub, timer, user
from tests.engine.traps.library import (
    SERIALIZER,
    complete,
    created,
    ready,
    started,
    stored_and_loaded,
)

TWO_STEPS = diagram("start -> a -> b -> end", user("a"), user("b"))


def answered(answer: Any) -> Any:
    workflow = started(TWO_STEPS)
    complete(workflow, "a", answer=answer)
    return ready(stored_and_loaded(workflow), "b").data.get("answer", "gone")


@pytest.mark.parametrize("answer", [date(2026, 3, 2), Decimal(1), b"x"])
def test_dates_decimals_and_bytes_cannot_be_stored(answer: object) -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        answered(answer)


@pytest.mark.parametrize(
    ("answer", "found"),
    [({1: "x"}, {"1": "x"}), ((1, 2), [1, 2]), ({1}, [1])],
)
def test_numbered_keys_tuples_and_sets_change(answer: object, found: object) -> None:
    assert answered(answer) == found


@pytest.mark.parametrize("answer", [json, len])
def test_modules_and_functions_vanish(answer: object) -> None:
    assert answered(answer) in ("gone", None)


@pytest.mark.parametrize("name", ["x", "datetime", "UUID", "BpmnWorkflow"])
def test_a_field_named_typename_makes_a_case_unloadable(name: str) -> None:
    workflow = started(TWO_STEPS)
    complete(workflow, "a", form={"typename": name})
    stored = SERIALIZER.serialize_json(workflow)
    with pytest.raises((TypeError, KeyError, ValueError)):
        SERIALIZER.deserialize_json(stored)


def test_a_field_named_typename_can_become_another_object() -> None:
    assert answered({"typename": "timedelta"}) == timedelta()


def test_only_a_difference_is_stored_below_the_first_task() -> None:
    workflow = started(TWO_STEPS, number="A-1")
    complete(workflow, "a", answer=1)
    stored = json.loads(SERIALIZER.serialize_json(workflow))
    task = stored["tasks"][str(ready(workflow, "b").parent.id)]
    assert task["data"] == {}
    assert task["delta"] == {"updates": {"answer": 1}, "deletions": []}


def test_the_dictionary_form_is_not_json() -> None:
    workflow = started(TWO_STEPS)
    complete(workflow, "a", at=datetime(2026, 3, 2, tzinfo=UTC))
    with pytest.raises(TypeError, match="datetime"):
        json.dumps(SERIALIZER.to_dict(workflow))


def test_a_state_of_another_parser_cannot_be_stored() -> None:
    workflow = created(TWO_STEPS, parser=SpiffBpmnParser())
    with pytest.raises(TypeError, match="not JSON serializable"):
        SERIALIZER.serialize_json(workflow)


def test_a_state_of_1_4_with_a_sub_process_cannot_be_migrated() -> None:
    inner = sub("p", "p_start -> a -> p_end", user("a"))
    workflow = started(diagram("start -> p -> end", inner))
    stored = BpmnWorkflowSerializer(version="1.4").serialize_json(workflow)
    with pytest.raises(NameError, match="'sp'"):
        SERIALIZER.deserialize_json(stored)


def test_a_state_of_an_unknown_version_is_loaded_without_a_word() -> None:
    stored = BpmnWorkflowSerializer(version="9").serialize_json(started(TWO_STEPS))
    assert ready(SERIALIZER.deserialize_json(stored), "a")


def test_callbacks_are_gone_after_loading() -> None:
    workflow = started(TWO_STEPS)
    heard: list[Any] = []
    workflow.completed_event.connect(heard.append)
    loaded = stored_and_loaded(workflow)
    complete(loaded, "a")
    complete(loaded, "b")
    assert loaded.completed
    assert heard == []


def test_waiting_timers_are_found_again_after_loading() -> None:
    late = boundary("late", "a", timer("timeDuration", '"P1D"'))
    workflow = started(diagram("start -> a -> end\nlate -> end", user("a"), late))
    loaded = stored_and_loaded(workflow)
    (waiting,) = loaded.get_tasks(state=TaskState.WAITING, spec_name="late")
    assert list(loaded.event_manager.tasks) == [waiting.id]


def test_a_serializer_at_work_is_marked_for_all_threads() -> None:
    serializer = BpmnWorkflowSerializer()
    marks: list[bool] = []

    def note(_: complex) -> dict[str, str]:
        marks.append(serializer.registry._encoder_mode)
        return {}

    serializer.registry.register(complex, note, lambda _: 1j)
    serializer.serialize_json(started(TWO_STEPS, number=1j))
    assert True in marks


@pytest.mark.parametrize(("before", "after"), [(True, 1), (0, False)])
def test_a_change_between_numbers_and_truth_is_lost(before: int, after: int) -> None:
    workflow = started(TWO_STEPS, answer=before)
    complete(workflow, "a", answer=after)
    found = ready(stored_and_loaded(workflow), "b").data["answer"]
    assert type(found) is type(before)


def test_a_loaded_workflow_has_an_unrestricted_script_engine() -> None:
    workflow = started(TWO_STEPS)
    workflow.script_engine = SafeScriptEngine()
    loaded = stored_and_loaded(workflow)
    assert type(loaded.script_engine) is PythonScriptEngine
