"""Repeated activities: multi-instance and standard loops."""

from collections.abc import Iterator

from engine.bpmn.reading import Element, Process
from engine.bpmn.xml import children
from engine.check.graph import Graph, cycles
from engine.check.loops import CHOICES
from engine.check.report import Defect


def repetition_defects(process: Process, graph: Graph) -> Iterator[Defect]:
    """Find repetitions that stick, fail or count wrongly."""
    in_cycle = {
        identifier
        for elements in graph.scopes.values()
        for cycle in cycles((each.id for each in elements), graph.following)
        for identifier in cycle
    }
    after_boundary = _after_boundary(process, graph)
    for element in process.elements.values():
        if element.loop is None:
            continue
        if element.loop.standard:
            yield from _standard(element)
            continue
        yield from _multi_instance(element)
        if element.loop.output and _repeats(element, process, in_cycle):
            yield Defect(
                element.id,
                "second-pass",
                "带输出列表的多实例在循环里第二次会失败，请去掉输出列表",
            )
        if element.id in after_boundary:
            yield Defect(
                element.id,
                "boundary-to-multi-instance",
                "边界事件的路上不能直接到多实例任务，请在中间加排他网关，"
                "或者把多实例放进子流程",
            )


def _standard(element: Element) -> Iterator[Defect]:
    loop = element.loop
    if loop is None:
        return
    if loop.cardinality is None and loop.condition is None:
        yield Defect(
            element.id, "loop-without-end", "循环没有写次数也没有条件，请写一个"
        )
    if loop.cardinality is not None and not (
        loop.cardinality.isascii() and loop.cardinality.isdigit()
    ):
        yield Defect(element.id, "cardinality", "循环次数应当是不小于零的整数，请改正")


def _multi_instance(element: Element) -> Iterator[Defect]:
    loop = element.loop
    if loop is None:
        return
    if not loop.collection and not loop.cardinality:
        yield Defect(
            element.id,
            "loop-without-collection",
            "多实例没有写集合也没有写个数，请写其中一个",
        )
    elif loop.collection and loop.cardinality is not None:
        yield Defect(
            element.id,
            "loop-without-collection",
            "多实例的集合和个数只能写一个，请删去一个",
        )
    elif loop.cardinality and _bad_constant(loop.cardinality):
        yield Defect(
            element.id, "cardinality", "多实例的个数应当是不小于零的整数，请改正"
        )
    for node in children(element.node, "multiInstanceLoopCharacteristics"):
        behavior = node.get("behavior", "All")
        if behavior != "All":
            yield Defect(
                element.id,
                "multi-instance-behavior",
                f"引擎不理会多实例的 behavior=“{behavior}”，请删去",
            )


def _bad_constant(text: str) -> bool:
    """Tell whether a cardinality is a constant that is no count."""
    try:
        value = float(text.strip("\"'"))
    except ValueError:
        return text[:1] in {'"', "'"} or text in {"None", "True", "False"}
    return not (text.isascii() and text.isdigit()) or value < 0


def _repeats(element: Element, process: Process, in_cycle: set[str]) -> bool:
    identifier = element.id
    while identifier in process.elements:
        if identifier in in_cycle:
            return True
        identifier = process.elements[identifier].scope
        owner = process.elements.get(identifier)
        # A sub-process starts afresh, with the data of the scope outside.
        if owner is not None and owner.loop is not None:
            return True
    return False


def _after_boundary(process: Process, graph: Graph) -> set[str]:
    """Answer what a boundary event leads to before the next choice."""

    def certain(identifier: str) -> list[str]:
        if process.elements[identifier].kind in CHOICES:
            return []
        return [flow.target for flow in graph.out[identifier]]

    return graph.reachable((each.id for each in process.boundary_events()), certain)
