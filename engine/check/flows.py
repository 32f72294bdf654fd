"""Where a way divides: gateways, conditions and flows out of activities."""

from collections.abc import Iterator
from itertools import combinations, product

from engine.bpmn.reading import Element, Process
from engine.check.graph import Graph
from engine.check.report import Defect

CHOICES = frozenset({"exclusiveGateway", "eventBasedGateway"})
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
        if element.kind == "parallelGateway":
            yield from _impossible_join(element, process, graph)


def _impossible_join(join: Element, process: Process, graph: Graph) -> Iterator[Defect]:
    """Find a parallel join of two ways of which only one is ever taken.

    Tokens come by both at once only where something before has sent out several.
    """
    entries = [flow.id for flow in graph.into[join.id]]
    together = {
        frozenset((one, other))
        for reached in _divided(join, process, graph)
        for a, b in combinations(reached, 2)
        for one, other in product(a, b)
    }
    for one, other in combinations(entries, 2):
        if frozenset((one, other)) not in together:
            yield Defect(
                join.id,
                "join-of-choices",
                f"并行网关要等“{one}”和“{other}”都到，可是两条路只会走其中一条，"
                "会一直等下去，请改用排他网关汇合",
            )


def _divided(join: Element, process: Process, graph: Graph) -> Iterator[list[set[str]]]:
    """Answer by which flows into a join the ways out of each division lead there."""

    def on(identifier: str) -> list[str]:
        return [] if identifier == join.id else graph.following(identifier)

    for element in process.within(join.scope):
        if element.id == join.id:
            continue
        ways = _ways(element, graph)
        if len(ways) > 1:
            reached = [
                {
                    flow.id
                    for flow in graph.into[join.id]
                    if flow.id == way or flow.source in graph.reachable([target], on)
                }
                for way, target in ways
            ]
            yield reached


def _ways(element: Element, graph: Graph) -> list[tuple[str, str]]:
    """Answer the ways that tokens take at once out of an element."""
    out = [(flow.id, flow.target) for flow in graph.out[element.id]]
    if element.kind in {"parallelGateway", "inclusiveGateway", "startEvent"}:
        return out
    beside = [
        (event.id, event.id)
        for event in graph.attached[element.id]
        if not event.interrupting
    ]
    return [*out[:1], *beside] if element.kind not in CHOICES else []


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
