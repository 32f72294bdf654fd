"""Expressions compute with the names they are given and reach nothing else."""

from contextlib import suppress
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException

from engine.bpmn.expressions import (
    ExpressionFailed,
    SafeScriptEngine,
    UnsafeExpression,
    compile_expression,
    literal_kind,
)

NAMES = {
    "outcome": "approve",
    "days": 15,
    "people": ["ada", "grace"],
    "request": {"kind": "b", "typename": 1},
    "拟稿": True,
}
OPERATORS = ["+", "-", "*", "/", "%", "<", "==", "in", "is", "and", "or"]


class _Task:
    """As much of a task as the script engine looks at."""

    def __init__(self, **data: object) -> None:
        self.data = data
        self.task_spec = SimpleNamespace(name="a", bpmn_name="A")
        self.workflow = SimpleNamespace(spec=SimpleNamespace(file=""))
        self.workflow.top_workflow = self.workflow


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("outcome == 'approve' and days > 10", True),
        ("not 拟稿 or days % 2 == 0", False),
        ("10 < days <= 15", True),
        ("'ada' in people and 'bob' not in people", True),
        ("request['kind']", "b"),
        ("people[-1]", "grace"),
        ("days * 2 + 1 if outcome else 0", 31),
        ("len(people) + max(1, 2) + min([3, 4])", 7),
        ("any([days > 20, 拟稿]) and all((days, outcome))", True),
        ("sum([1, 2]) + round(2.6) + abs(-1)", 7),
        ("{'a': 1}['a'] in {1, 2}", True),
        ("outcome is None", False),
        ("  days\n", 15),
        ("str(days) + outcome", "15approve"),
    ],
)
def test_the_whitelist(text: str, value: object) -> None:
    assert compile_expression(text).evaluate(NAMES) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "().__class__.__base__.__subclasses__()",
        "__import__('os')",
        "_private",
        "typename",
        "outcome.upper()",
        "[x for x in people]",
        "(lambda: 1)()",
        "f'{days}'",
        "(x := 1)",
        "2 ** 99",
        "1 << 9",
        "people[days]",
        "people[0:1]",
        "open('/etc/passwd')",
        "max(people, key=len)",
        "max(*people)",
        "{**request}",
        "b'x'",
        "...",
        "1j",
        "x = 1",
        "1; 2",
        "true",
        "a\0b",
        "(" * 300 + ")" * 300,
        "-" * 400 + "1",
        "1+" * 600 + "1",
        "ｔypename",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(UnsafeExpression):
        compile_expression(text)


@pytest.mark.parametrize(
    "text",
    [
        "missing",
        "len",
        "'a' * 9",
        "[1] * 9",
        "'%99999999d' % 1",
        "round(5, -10000000)",
        "days / 0",
        "people['a']",
        "outcome < 3",
        "int(outcome)",
    ],
)
def test_what_has_no_value_fails_without_harm(text: str) -> None:
    with pytest.raises(ExpressionFailed):
        compile_expression(text).evaluate(NAMES)


@given(st.text())
def test_random_text_is_refused_or_compiled_and_nothing_else(text: str) -> None:
    with suppress(UnsafeExpression):
        compile_expression(text)


@given(
    st.recursive(
        st.sampled_from(["a", "b", "1", "'x'", "None", "[]", "().__class__", "len"]),
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(OPERATORS), inner).map(" ".join),
            st.tuples(st.sampled_from(["not ", "-", "len", "str", "sum"]), inner).map(
                lambda pair: f"{pair[0]}({pair[1]})"
            ),
            inner.map(lambda text: f"[{text}][0]"),
        ),
        max_leaves=8,
    )
)
def test_built_expressions_end_in_a_value_or_a_known_failure(text: str) -> None:
    with suppress(UnsafeExpression, ExpressionFailed):
        compile_expression(text).evaluate({"a": [1, "x"], "b": {"c": 2.5}})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2026-03-02", "date"),
        ("2026-03-02T09:00:00+08:00", "date"),
        ("P1D", "duration"),
        ("PT8H", "duration"),
        ("R3/P1D", "cycle"),
        ("R/2026-03-02/P1D", "cycle"),
        ("2026-13-02", None),
        ("P", None),
        ("PT", None),
        ("P0D", None),
        ("R3/R3/P1D", None),
        ("limit", None),
    ],
)
def test_dates_and_durations_are_told_apart(text: str, kind: str | None) -> None:
    assert literal_kind(text) == kind


def test_the_engine_sees_only_the_tasks_data() -> None:
    engine = SafeScriptEngine()
    assert engine.evaluate(_Task(days=15), "days + 1") == 16
    for text in ("__import__('os')", "missing"):
        with pytest.raises(WorkflowTaskException):
            engine.evaluate(_Task(days=15), text)


def test_the_engine_lets_dates_and_durations_stand_without_quotes() -> None:
    engine = SafeScriptEngine()
    assert engine.evaluate(_Task(), "P5D") == "P5D"
    assert engine.evaluate(_Task(), "'P5D'") == "P5D"
    assert engine.evaluate(_Task(), " 2026-03-02 ") == "2026-03-02"
    assert engine.evaluate(_Task(P5D=1), "P5D") == 1


def test_data_objects_stand_behind_the_tasks_data() -> None:
    engine = SafeScriptEngine()
    task = _Task(days=15)
    assert engine.evaluate(task, "draft", external_context={"draft": "x"}) == "x"
    assert engine.evaluate(task, "days", external_context={"days": 1}) == 15


def test_a_tables_input_cannot_be_replaced_by_data() -> None:
    task = _Task(dmninputexpr=99)
    context = {"dmninputexpr": 1}
    assert SafeScriptEngine().evaluate(task, "dmninputexpr < 5", context) is True


def test_scripts_are_never_executed() -> None:
    engine = SafeScriptEngine()
    task = _Task()
    with pytest.raises(WorkflowTaskException):
        engine.execute(task, "hacked = True")
    with pytest.raises(UnsafeExpression):
        engine.environment.execute("hacked = True", task.data)
    assert task.data == {}


def test_the_environment_is_no_way_around_the_whitelist() -> None:
    environment = SafeScriptEngine().environment
    assert environment.evaluate("a + 1", {"a": 1}) == 2
    with pytest.raises(UnsafeExpression):
        environment.evaluate("().__class__", {})


def test_actions_are_called_by_name() -> None:
    calls = []

    def call(task: _Task, name: str) -> dict[str, object]:
        calls.append((task, name))
        return {"sent": True}

    task = _Task()
    engine = SafeScriptEngine(call)
    assert engine.call_service(task, operation_name="send") == {"sent": True}
    assert engine.call_service(task) == {"sent": True}
    assert calls == [(task, "send"), (task, "a")]
    with pytest.raises(WorkflowTaskException):
        SafeScriptEngine().call_service(task, operation_name="send")


def test_an_actions_own_error_comes_through() -> None:
    def fail(task: _Task, name: str) -> None:
        del task
        raise LookupError(name)

    with pytest.raises(LookupError, match="send"):
        SafeScriptEngine(fail).call_service(_Task(), operation_name="send")
