"""Where a way divides: gateways, conditions and flows out of activities."""

from collections.abc import Iterator

from engine.bpmn.reading import Element, Process
from engine.check.graph import Graph
from engine.check.report import Defect

CONDITIONAL = frozenset({"exclusiveGateway", "inclusiveGateway"})
DIVIDING = CONDITIONAL | {"parallelGateway", "eventBasedGateway", "complexGateway"}


def flow_defects(process: Process, graph: Graph) -> Iterator[Defect]:
    """Find divisions that the engine would take otherwise than drawn."""
    for element in process.elements.values():
        if element.kind == "complexGateway":
            yield Defect(
                element.id,
                "complex-gateway",
                "不支持复杂网关，请改用排他、包容或并行网关",
            )
        elif element.kind in CONDITIONAL:
            yield from _conditions(element, graph)
        else:
            yield from _unconditional(element, graph)


def _conditions(element: Element, graph: Graph) -> Iterator[Defect]:
    outgoing = graph.out[element.id]
    default = element.attributes.get("default")
    for flow in outgoing:
        if flow.id == default and flow.condition is not None:
            yield Defect(
                flow.id, "condition-on-default", "默认连线不能带条件，请删去条件"
            )
        if flow.condition is None and flow.id != default and len(outgoing) > 1:
            yield Defect(
                flow.id,
                "missing-condition",
                "从网关出去的连线没有条件，请写上，或者设为默认",
            )


def _unconditional(element: Element, graph: Graph) -> Iterator[Defect]:
    outgoing = graph.out[element.id]
    for flow in outgoing:
        if flow.condition is not None:
            yield Defect(
                flow.id,
                "conditional-flow",
                "引擎不理会这里的条件，总会走这条线，请在前面加一个排他网关",
            )
    if len(outgoing) > 1 and element.kind not in DIVIDING | {"startEvent"}:
        yield Defect(
            element.id,
            "several-outgoing",
            "一个步骤只能有一条出去的连线，请加并行或排他网关",
        )
