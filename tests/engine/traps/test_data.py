"""Data, scripts, tables and stored states. Sections 2, 5, 10 and 11 of the notes."""

from datetime import date
from typing import Any

import pytest
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

from engine.bpmn.expressions import SafeScriptEngine
from tests.engine.check.diagrams import (
    diagram,
    element,
    exclusive,
    extension,
    parallel,
    table,
    user,
)
from tests.engine.traps.library import complete, created, names, ready, started

SERIALIZER = BpmnWorkflowSerializer()
TWO_STEPS = diagram("start -> a -> b -> end", user("a"), user("b"))
ESCAPE = "().__class__.__base__.__subclasses__()"


def stored_and_loaded(workflow: Any) -> Any:
    return SERIALIZER.deserialize_json(SERIALIZER.serialize_json(workflow))


def test_a_dict_with_the_key_typename_cannot_be_loaded() -> None:
    workflow = started(TWO_STEPS)
    complete(workflow, "a", answers={"typename": "x"})
    stored = SERIALIZER.serialize_json(workflow)
    with pytest.raises((TypeError, KeyError, ValueError)):
        SERIALIZER.deserialize_json(stored)


def test_a_change_from_true_to_1_is_lost() -> None:
    workflow = started(TWO_STEPS, answer=True)
    complete(workflow, "a", answer=1)
    loaded = stored_and_loaded(workflow)
    assert ready(loaded, "b").data["answer"] is True


def test_a_date_cannot_be_stored() -> None:
    workflow = started(TWO_STEPS, on=date(2026, 3, 2))
    with pytest.raises(TypeError):
        SERIALIZER.serialize_json(workflow)


def test_a_loaded_workflow_has_an_unrestricted_script_engine() -> None:
    workflow = started(TWO_STEPS)
    workflow.script_engine = SafeScriptEngine()
    loaded = stored_and_loaded(workflow)
    assert type(loaded.script_engine) is PythonScriptEngine


def test_a_condition_can_import_modules() -> None:
    data = diagram(
        "start -> g -> a [CONDITION] -> end\ng -> end",
        user("a"),
        exclusive("g", default="g_to_end"),
    ).replace(b"CONDITION", b"__import__('os').getpid() > 0")
    assert names(started(data)) == ["a"]


def test_empty_builtins_are_no_sandbox() -> None:
    environment = TaskDataEnvironment({"__builtins__": {}})
    assert environment.evaluate(ESCAPE, {})


def test_ours_refuses_both() -> None:
    workflow = started(TWO_STEPS)
    for text in (ESCAPE, "__import__('os')"):
        with pytest.raises(WorkflowTaskException):
            SafeScriptEngine().evaluate(ready(workflow, "a"), text)


def test_the_last_branch_overwrites_what_another_has_changed() -> None:
    data = diagram(
        "start -> s -> a -> j -> c -> end\ns -> b -> j",
        parallel("s", "j"),
        user("a"),
        user("b"),
        user("c"),
    )
    workflow = started(data, status="orig")
    complete(workflow, "a", status="A")
    complete(workflow, "b")
    assert ready(workflow, "c").data["status"] == "orig"


def test_nested_data_are_shared_with_completed_tasks() -> None:
    workflow = started(TWO_STEPS, docs=[{"open": False}])
    complete(workflow, "a")
    ready(workflow, "b").data["docs"][0]["open"] = True
    (first,) = workflow.get_tasks(spec_name="a", state=TaskState.COMPLETED)
    assert first.data["docs"][0]["open"] is True


def decided(dmn: bytes, engine: Any = None, **facts: Any) -> dict[str, Any]:
    asking = element(
        "businessRuleTask",
        "r",
        extension(
            "<spiffworkflow:calledDecisionId>routing</spiffworkflow:calledDecisionId>"
        ),
    )
    workflow = created(diagram("start -> r -> end", asking), dmn)
    if engine is not None:
        workflow.script_engine = engine
    workflow.task_tree.data.update(facts)
    workflow.do_engine_steps()
    return {key: workflow.data[key] for key in workflow.data if key == "route"}


def test_overlapping_unique_rows_are_taken_as_first() -> None:
    data = table('"a"|1', "-|2", hit_policy="UNIQUE")
    assert decided(data, amount="a") == {"route": 1}


@pytest.mark.parametrize("policy", ["FIRST", "ANY", "RULE ORDER"])
def test_any_other_policy_is_taken_as_first(policy: str) -> None:
    data = table("> 1|1", "> 2|2", hit_policy=policy)
    assert decided(data, amount=9) == {"route": 1}


@pytest.mark.parametrize("cell", ["1,2,15", "not(5)"])
def test_lists_and_negations_never_match(cell: str) -> None:
    assert decided(table(f"{cell}|1"), amount=2) == {}


def test_a_comparison_in_words_is_glued_to_the_input() -> None:
    with pytest.raises(WorkflowTaskException):
        decided(table("in (1, 2)|1"), amount=2)


def test_a_blank_cell_never_matches() -> None:
    assert decided(table(" |1"), amount=2) == {}


@pytest.mark.parametrize(
    ("cell", "matches"),
    [
        ("> 1", True),
        ("1 <= ? <= 2", True),
        ("? in (1, 2)", True),
        ("2", True),
        ("-", True),
        ("3", False),
        ("> 2", False),
    ],
)
def test_our_engine_reads_cells_like_the_library(cell: str, *, matches: bool) -> None:
    data = table(f"{cell}|1")
    answer = {"route": 1} if matches else {}
    assert decided(data, amount=2) == answer
    assert decided(data, SafeScriptEngine(), amount=2) == answer
