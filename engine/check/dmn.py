"""Decision tables: what SpiffWorkflow would match otherwise than written."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from lxml import etree

from engine.bpmn.expressions import (
    DECISION_INPUT,
    RESERVED_NAMES,
    ExpressionFailed,
    UnsafeExpression,
    compile_expression,
)
from engine.check.report import Defect

HIT_POLICIES = frozenset({"UNIQUE", "FIRST", "COLLECT"})
MOST_COMPARISONS = 20_000
# The library's own rule for the question mark: not inside quotes.
QUESTION_MARK = re.compile(r"""(\?)(?=(?:[^'"]|['"][^'"]*['"])*$)""")
LONGEST_CELL = 1000


@dataclass(frozen=True)
class Cell:
    """An input cell: what it is compared with and what is written in it."""

    rule: str
    input: str
    text: str


def is_dmn(root: etree._Element) -> bool:
    """Tell a DMN file by its root element."""
    tag = etree.QName(root)
    return tag.localname == "definitions" and "/DMN/" in (tag.namespace or "")


def decision_of(root: etree._Element) -> str | None:
    """Answer the id of the decision that the engine reads, the first."""
    return next((each.get("id") for each in _named(root, "decision")), None)


def decision_defects(root: etree._Element) -> Iterator[Defect]:
    """Find what is wrong with a file of decision tables."""
    decisions = _named(root, "decision")
    if len(decisions) != 1:
        yield Defect(None, "dmn-decisions", "一个 DMN 文件里要有且只有一个决策，请拆分")
    for decision in decisions:
        tables = _named(decision, "decisionTable")
        if len(tables) != 1:
            yield Defect(
                decision.get("id"),
                "dmn-table",
                "决策里没有决策表，引擎只会用决策表，请改画",
            )
        for table in tables:
            yield from _table(table)


def _table(table: etree._Element) -> Iterator[Defect]:
    name = table.get("id")
    policy = table.get("hitPolicy", "UNIQUE").upper()
    if policy not in HIT_POLICIES:
        yield Defect(
            name,
            "hit-policy",
            f"命中策略 {policy} 会被当作取第一条，请改为 UNIQUE、FIRST 或 COLLECT",
        )
    if table.get("aggregation"):
        yield Defect(
            name, "hit-policy", "引擎不理会 COLLECT 的汇总方式，请删去 aggregation"
        )
    inputs = []
    for node in _named(table, "input"):
        text = _text(_named(node, "inputExpression"))
        inputs.append(text)
        yield from _expression(node.get("id"), text or "", "输入")
    for node in _named(table, "output"):
        yield from _output(node)
    rows = []
    for node in _named(table, "rule"):
        cells = [
            Cell(node.get("id", ""), expression or "", _text([entry]) or "")
            for expression, entry in zip(
                inputs, _named(node, "inputEntry"), strict=False
            )
        ]
        rows.append(cells)
        for cell in cells:
            yield from _cell(cell)
        for entry in _named(node, "outputEntry"):
            text = _text([entry])
            if text:
                yield from _expression(node.get("id"), text, "输出")
    if policy == "UNIQUE":
        yield from _overlaps(rows)


def _output(node: etree._Element) -> Iterator[Defect]:
    name = node.get("name") or node.get("label")
    if not name:
        yield Defect(node.get("id"), "dmn-output", "输出没有名称，请写上变量的名称")
    elif RESERVED_NAMES & set(name.split(".")):
        yield Defect(
            node.get("id"),
            "reserved-name",
            "“typename”是引擎保留的名称，请换一个",
        )


def _expression(element: str | None, text: str, what: str) -> Iterator[Defect]:
    try:
        compile_expression(text)
    except UnsafeExpression as unsafe:
        yield Defect(
            element, "expression", f"{what}“{text[:60]}”不能用：{unsafe.reason}，请改写"
        )


def _cell(cell: Cell) -> Iterator[Defect]:
    if _matches_all(cell) or not _compiles(cell.input):
        return
    try:
        reason = _wrong(cell)
    except UnsafeExpression as unsafe:
        reason = unsafe.reason
    if reason:
        yield Defect(
            cell.rule,
            "dmn-cell",
            f"单元格“{cell.text[:60]}”不能用：{reason}，请改写",
        )


def _wrong(cell: Cell) -> str | None:
    """Tell what a cell would do otherwise than it looks.

    Raises UnsafeExpression for one outside the whitelist.
    """
    if not cell.text.strip():
        return "空格不等于不限，应删去空格"
    text = _with_input(cell)
    if DECISION_INPUT in text:
        compile_expression(text)
        return None
    if _compiles(text):
        tree = ast.parse(text.strip(), mode="eval").body
        if isinstance(tree, ast.Tuple):
            return "并列的几个值永远不会相等，应写成 ? in (1, 2)"
        if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
            return "not(…) 永远不会相等，应写成 ? != 5"
        if isinstance(tree, ast.BoolOp):
            return "and 和 or 两边要写全，应写成 ? == 5 or ? == 6"
        compile_expression(f"({cell.input}) == ({text})")
        return None
    whole = compile_expression(cell.input + text)
    compile_expression(f"v {text}")
    if not compile_expression(cell.input).names <= whole.names:
        return "这样的比较要写出问号，如 ? in (1, 2)"
    return None


def _with_input(cell: Cell) -> str:
    if len(cell.text) > LONGEST_CELL:
        raise UnsafeExpression(f"超过 {LONGEST_CELL} 个字符")
    return QUESTION_MARK.sub(DECISION_INPUT, cell.text)


def _overlaps(rows: list[list[Cell]]) -> Iterator[Defect]:
    reported: set[str] = set()
    for number, (first, second) in enumerate(combinations(rows, 2)):
        if number > MOST_COMPARISONS:
            return
        if not first or not second or second[0].rule in reported:
            continue
        if all(_meet(one, other) for one, other in zip(first, second, strict=False)):
            reported.add(second[0].rule)
            yield Defect(
                second[0].rule,
                "unique-overlap",
                f"与“{first[0].rule}”会同时命中，UNIQUE 只许命中一条，"
                "请改条件或者改用 FIRST",
            )


def _meet(one: Cell, other: Cell) -> bool:
    """Tell whether two cells certainly hold for one same value."""
    if _matches_all(one) or _matches_all(other):
        return True
    if one.text.strip() == other.text.strip():
        return True
    return _holds(one, other) or _holds(other, one)


def _holds(constant: Cell, condition: Cell) -> bool:
    try:
        compiled = compile_expression(constant.text)
        if compiled.names:
            return False
        text = _with_input(condition)
        if DECISION_INPUT not in text:
            equality = f"{DECISION_INPUT} == ({text})"
            text = equality if _compiles(text) else DECISION_INPUT + " " + text
        names = {DECISION_INPUT: compiled.evaluate({})}
        return bool(compile_expression(text).evaluate(names))
    except (UnsafeExpression, ExpressionFailed):
        return False


def _matches_all(cell: Cell) -> bool:
    return cell.text in {"", "-"}


def _compiles(text: str) -> bool:
    try:
        compile_expression(text)
    except UnsafeExpression:
        return False
    return True


def _named(node: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in node if each.tag == f"{_space(node)}{name}"]


def _space(node: etree._Element) -> str:
    return node.tag[: node.tag.rindex("}") + 1]


def _text(nodes: list[etree._Element]) -> str | None:
    """Answer the raw text, with its blanks, as the library takes it."""
    for node in nodes:
        for text in _named(node, "text"):
            return text.text
    return None
