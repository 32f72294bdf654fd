"""Expressions in diagrams and decision tables, evaluated without ever running code."""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from simpleeval import (  # type: ignore[import-untyped]
    DEFAULT_OPERATORS,
    EvalWithCompoundTypes,
    NameNotDefined,
)
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.script_engine import (
    BasePythonScriptEngineEnvironment,
    PythonScriptEngine,
)

LONGEST_EXPRESSION = 1000
DEEPEST_NESTING = 50
DECISION_INPUT = "dmninputexpr"
"""The name under which SpiffWorkflow hands a decision table's input to a cell."""

# The serializer takes any dict with this key for an object of its own, and the case
# that holds it can never be loaded again.
RESERVED_NAMES = frozenset({"typename"})
FOREIGN_CONSTANTS = {"true": "True", "false": "False", "null": "None"}
MOST_DIGITS = 15


LiteralKind = Literal["date", "duration", "cycle"]

_DATE = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_DURATION = re.compile(
    r"P(\d{1,5}W|(\d{1,5}Y)?(\d{1,5}M)?(\d{1,5}D)?"
    r"(T(\d{1,6}H)?(\d{1,6}M)?(\d{1,8}(\.\d{1,6})?S)?)?)",
    re.ASCII,
)
_CYCLES: list[list[LiteralKind | None]] = [
    ["duration"],
    ["date", "duration"],
    ["duration", "date"],
]


class UnsafeExpression(Exception):
    """An expression that is refused at deployment, with the reason in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ExpressionFailed(Exception):
    """An accepted expression that has no value for the names it was given."""


@dataclass(frozen=True)
class Expression:
    """A parsed expression of the whitelist."""

    text: str
    names: frozenset[str]
    tree: ast.expr = field(repr=False, compare=False)

    def evaluate(self, names: Mapping[str, object]) -> object:
        """Answer the expression's value, with nothing in reach but these names.

        Raises ExpressionFailed when a name is missing or the values do not fit.
        """
        evaluator = _Evaluator(
            operators=_OPERATORS, functions=dict(_FUNCTIONS), names=names
        )
        try:
            value: object = evaluator.eval(self.text, previously_parsed=self.tree)
        except Exception as failure:
            raise ExpressionFailed(f"{self.text}: {failure}") from failure
        return value


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Expression:
    """Parse an expression of the whitelist.

    Raises UnsafeExpression for anything else.
    """
    text = text.strip()
    if not text:
        raise UnsafeExpression("表达式是空的")
    if len(text) > LONGEST_EXPRESSION:
        raise UnsafeExpression(f"表达式超过 {LONGEST_EXPRESSION} 个字符")
    tree = _parse(text)
    _refuse_unlisted(tree, depth=1)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = frozenset(
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and id(node) not in called
    )
    for name in sorted(names):
        _refuse_name(name)
    return Expression(text, names, tree)


def literal_kind(text: str) -> LiteralKind | None:
    """Tell whether text is a date, a duration or a repetition as ISO 8601 writes it."""
    text = text.strip()
    if _DATE.fullmatch(text):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return None
        return "date"
    if _is_duration(text):
        return "duration"
    head, *parts = text.split("/")
    if not re.fullmatch(r"R\d{0,6}", head, re.ASCII) or len(parts) not in {1, 2}:
        return None
    kinds = [literal_kind(part) for part in parts]
    return "cycle" if kinds in _CYCLES else None


def _is_duration(text: str) -> bool:
    """Tell a positive duration, which is also what the library can add up."""
    found = _DURATION.fullmatch(text)
    if found is None or text.endswith("T"):
        return False
    return any(character in "123456789" for character in text)


class SafeScriptEngine(PythonScriptEngine):
    """SpiffWorkflow's script engine without scripts: whitelisted expressions only."""

    def __init__(
        self,
        call_action: Callable[[Any, str], Mapping[str, object] | None] | None = None,
    ) -> None:
        super().__init__(environment=_SafeEnvironment())
        self._call_action = call_action

    def validate(self, expression: str) -> None:
        """Refuse text outside the whitelist.

        Raises SyntaxError, because the decision tables of SpiffWorkflow find out by
        it whether a cell such as "> 20" needs an operator in front.
        """
        try:
            compile_expression(expression)
        except UnsafeExpression as unsafe:
            raise SyntaxError(unsafe.reason) from unsafe

    def evaluate(
        self,
        task: Any,
        expression: str,
        external_context: Mapping[str, object] | None = None,
    ) -> object:
        """Answer an expression's value from the task's data.

        A timer's date or duration may stand there with or without quotes.
        """
        if literal_kind(expression) and expression.strip() not in task.data:
            return expression.strip()
        try:
            return _evaluate(expression, task.data, external_context)
        except (UnsafeExpression, ExpressionFailed) as failure:
            message = f"Error evaluating expression '{expression}': {failure}"
            raise WorkflowTaskException(
                message, task=task, exception=failure
            ) from failure

    def execute(
        self, task: Any, script: str, external_context: object = None
    ) -> object:
        """Refuse: there are no scripts."""
        del script, external_context
        raise WorkflowTaskException("Scripts are never executed", task=task)

    def call_service(self, task: Any, **parameters: Any) -> object:
        """Run the named action of a service task and answer its result."""
        if self._call_action is None:
            raise WorkflowTaskException("No actions can be called here", task=task)
        name = parameters.get("operation_name") or task.task_spec.name
        return self._call_action(task, name)


class _SafeEnvironment(BasePythonScriptEngineEnvironment):
    """Message correlations and ad-hoc sub-processes bypass the engine's evaluate."""

    def evaluate(
        self,
        expression: str,
        context: Mapping[str, object],
        external_context: Mapping[str, object] | None = None,
    ) -> object:
        return _evaluate(expression, context, external_context)

    def execute(
        self, script: str, context: object, external_context: object = None
    ) -> object:
        del script, context, external_context
        raise UnsafeExpression("不执行脚本")

    def call_service(self, context: object, **parameters: object) -> object:
        del context, parameters
        raise UnsafeExpression("服务只能通过服务任务调用")


def _evaluate(
    expression: str,
    data: Mapping[str, object],
    external_context: Mapping[str, object] | None,
) -> object:
    names = {**(external_context or {}), **data}
    if external_context and DECISION_INPUT in external_context:
        names[DECISION_INPUT] = external_context[DECISION_INPUT]
    return compile_expression(expression).evaluate(names)


def _parse(text: str) -> ast.expr:
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UnsafeExpression(f"“{text[:60]}”不是可以读懂的表达式") from error


def _refuse_unlisted(node: ast.AST, depth: int) -> None:
    if depth > DEEPEST_NESTING:
        raise UnsafeExpression(f"表达式嵌套超过 {DEEPEST_NESTING} 层")
    if not isinstance(node, _LISTED):
        raise UnsafeExpression(f"表达式里不允许 {type(node).__name__}")
    if isinstance(node, ast.Call):
        _refuse_call(node)
    elif isinstance(node, ast.Subscript):
        _refuse_index(node.slice)
    elif isinstance(node, ast.Dict) and None in node.keys:
        raise UnsafeExpression("表达式里不允许展开字典")
    elif isinstance(node, ast.Constant):
        _refuse_constant(node.value)
    for child in ast.iter_child_nodes(node):
        _refuse_unlisted(child, depth + 1)


def _refuse_call(node: ast.Call) -> None:
    if not isinstance(node.func, ast.Name) or node.func.id not in _FUNCTIONS:
        allowed = "、".join(sorted(_FUNCTIONS))
        raise UnsafeExpression(f"表达式里只能调用 {allowed}")
    if node.keywords:
        raise UnsafeExpression("函数不能带关键字参数")


def _refuse_index(index: ast.expr) -> None:
    if isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.USub):
        index = index.operand
    if not isinstance(index, ast.Constant):
        raise UnsafeExpression("方括号里只能是常量")


def _refuse_constant(value: object) -> None:
    if not isinstance(value, bool | int | float | str | None):
        raise UnsafeExpression(f"表达式里不允许 {type(value).__name__} 常量")


def _refuse_name(name: str) -> None:
    if name.startswith("_"):
        raise UnsafeExpression(f"名称“{name}”不能以下划线开头")
    if name in RESERVED_NAMES:
        raise UnsafeExpression(f"“{name}”是引擎保留的名称，请换一个")
    if name in FOREIGN_CONSTANTS:
        raise UnsafeExpression(f"“{name}”请写成 {FOREIGN_CONSTANTS[name]}")


class _Evaluator(EvalWithCompoundTypes):
    """simpleeval, whose name lookup would otherwise fall back to the functions."""

    def _eval_name(self, node: ast.Name) -> object:
        try:
            return self.names[node.id]
        except KeyError:
            raise NameNotDefined(node.id, self.expr) from None


def _multiply(left: Any, right: Any) -> object:
    """Multiply numbers; a repeated string or list could fill the memory."""
    return _number(left) * _number(right)


def _remainder(left: Any, right: Any) -> object:
    """Divide numbers; on a string the operator would format, to any width."""
    return _number(left) % _number(right)


def _round(value: Any, digits: int = 0) -> object:
    """Round to a sane place; Python computes a power of ten for negative ones."""
    if abs(digits) > MOST_DIGITS:
        raise ValueError(f"round() to {digits} digits")
    return round(value, digits) if digits else round(value)


def _number(value: Any) -> Any:
    if not isinstance(value, int | float):
        raise TypeError(f"{type(value).__name__} is not a number")
    return value


_LISTED = (
    *(ast.Name, ast.Load, ast.Constant, ast.IfExp, ast.Call, ast.Subscript),
    *(ast.List, ast.Tuple, ast.Dict, ast.Set),
    *(ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.UAdd),
    *(ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod),
    *(ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE),
    *(ast.In, ast.NotIn, ast.Is, ast.IsNot),
)
_FUNCTIONS: dict[str, Callable[..., object]] = {
    "abs": abs,
    "all": all,
    "any": any,
    "bool": bool,
    "float": float,
    "int": int,
    "len": len,
    "max": max,
    "min": min,
    "round": _round,
    "str": str,
    "sum": sum,
}
_OPERATORS = {
    kind: operator
    for kind, operator in DEFAULT_OPERATORS.items()
    if issubclass(kind, _LISTED)
} | {ast.Mult: _multiply, ast.Mod: _remainder}
