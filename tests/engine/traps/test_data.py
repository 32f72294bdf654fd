"""Scripts and decision tables."""

from typing import Any

import pytest
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment

from engine.bpmn.expressions import SafeScriptEngine
from tests.engine.check.diagrams import (
    diagram,
    element,
    exclusive,
    extension,
    table,
    user,
)
from tests.engine.traps.library import created, names, ready, started

TWO_STEPS = diagram("start -> a -> b -> end", user("a"), user("b"))
ESCAPE = "().__class__.__base__.__subclasses__()"


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


def test_a_failing_service_call_fails_at_naming_its_script() -> None:
    task = ready(started(TWO_STEPS), "a")
    with pytest.raises(NameError, match="script"):
        PythonScriptEngine().call_service(task, operation_name="x")


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


def test_no_match_leaves_the_output_missing() -> None:
    for policy in ("FIRST", "UNIQUE", "COLLECT"):
        assert decided(table("> 1|1", hit_policy=policy), amount=0) == {}


def test_a_collecting_table_answers_a_list() -> None:
    data = table("> 1|1", "> 2|2", hit_policy="COLLECT")
    assert decided(data, amount=9) == {"route": [1, 2]}


def test_a_range_in_brackets_is_a_syntax_error() -> None:
    with pytest.raises(WorkflowTaskException, match="invalid syntax"):
        decided(table("[10..20]|1"), amount=12)


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
