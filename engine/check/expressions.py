"""Expressions and timers: what may stand where something is computed."""

from collections.abc import Iterator

from engine.bpmn.expressions import (
    UnsafeExpression,
    compile_expression,
    literal_kind,
)
from engine.bpmn.reading import Definition, Element, Process
from engine.bpmn.xml import BPMN, text_of
from engine.check.graph import Graph
from engine.check.report import Defect

SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
LITERALS = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}
SAMPLES = {
    "timeDate": "时限的名称或 2026-03-02T09:00:00+08:00 这样的时间",
    "timeDuration": "P5D、PT8H 这样的时长",
    "timeCycle": "R3/P1D 这样的重复",
}


def expression_defects(process: Process) -> Iterator[Defect]:
    """Find expressions outside the whitelist."""
    for flow in process.flows:
        if flow.condition is not None:
            yield from refuse_expression(flow.id, "条件", flow.condition)
    for element in process.elements.values():
        yield from _repetitions(element)
        if element.kind == "adHocSubProcess":
            ending = text_of(element.node.find(f"{{{BPMN}}}completionCondition"))
            if ending:
                yield from refuse_expression(element.id, "完成条件", ending)
        for name in ("messagePayload", "messageVariable"):
            for node in element.node.iter(f"{{{SPIFF}}}{name}"):
                yield from refuse_expression(element.id, name, text_of(node) or "")


def correlation_defects(definition: Definition) -> Iterator[Defect]:
    """Find correlations that are computed by more than a whitelisted expression."""
    for node in definition.root.iter(f"{{{BPMN}}}correlationProperty"):
        for retrieval in node.iter(f"{{{BPMN}}}correlationPropertyRetrievalExpression"):
            for path in retrieval:
                yield from refuse_expression(
                    node.get("id"), "关联", text_of(path) or ""
                )
    for node in definition.root.iter(f"{{{SPIFF}}}processVariableCorrelation"):
        for path in node.iter(f"{{{SPIFF}}}expression"):
            yield from refuse_expression(None, "关联", text_of(path) or "")


def refuse_expression(element: str | None, what: str, text: str) -> Iterator[Defect]:
    """Yield a defect for an expression outside the whitelist."""
    try:
        compile_expression(text)
    except UnsafeExpression as unsafe:
        yield Defect(
            element,
            "expression",
            f"{what}“{text[:60]}”不能用：{unsafe.reason}，请改写",
        )


def _repetitions(element: Element) -> Iterator[Defect]:
    loop = element.loop
    if loop is None:
        return
    if loop.condition is not None:
        yield from refuse_expression(element.id, "完成条件", loop.condition)
    if loop.cardinality and not loop.standard:
        yield from refuse_expression(element.id, "个数", loop.cardinality)


def timer_defects(process: Process, graph: Graph) -> Iterator[Defect]:
    """Find timers that would never fire, fire wrongly or fail."""
    del graph
    for element in process.elements.values():
        for trigger in element.triggers:
            if trigger.timer is None:
                continue
            kind, text = trigger.timer.kind, trigger.timer.expression
            if not kind or not text:
                yield Defect(
                    element.id,
                    "timer",
                    f"定时没有写时间，请写{SAMPLES.get(kind, SAMPLES['timeDate'])}",
                )
            elif kind == "timeCycle" and _interrupts(element):
                yield Defect(
                    element.id,
                    "interrupting-cycle",
                    "中断的边界事件不能用重复的定时，请改用 timeDate 或 timeDuration",
                )
            elif not _well_formed(kind, text):
                yield Defect(
                    element.id,
                    "timer",
                    f"定时“{text[:60]}”读不懂，请写{SAMPLES[kind]}",
                )


def _interrupts(element: Element) -> bool:
    return element.kind == "boundaryEvent" and element.interrupting


def _well_formed(kind: str, text: str) -> bool:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    elif kind == "timeDate" and text.isidentifier():
        return literal_kind(text) is None and _allowed_name(text)
    return literal_kind(text) == LITERALS[kind]


def _allowed_name(text: str) -> bool:
    try:
        compile_expression(text)
    except UnsafeExpression:
        return False
    return True
