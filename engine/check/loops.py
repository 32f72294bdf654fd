"""What goes round without end, and what grows beyond measure."""

from collections.abc import Iterator

from engine.bpmn.reading import ACTIVITIES, Element, Process
from engine.check.graph import Graph, components, cycles
from engine.check.report import Defect

MOST_PREDICTED = 1000
SPLITS = frozenset({"parallelGateway", "inclusiveGateway"})
CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway", "eventBasedGateway"})
WAITS = frozenset({"intermediateCatchEvent", "eventBasedGateway"})


def loop_defects(process: Process, graph: Graph) -> Iterator[Defect]:
    """Find cycles that the engine gets wrong or never leaves."""
    for elements in graph.scopes.values():
        yield from _divided_cycles(elements, process, graph)
        yield from _idle_cycles(elements, graph)
        yield from _prediction(elements, process, graph)


def _divided_cycles(
    elements: list[Element], process: Process, graph: Graph
) -> Iterator[Defect]:
    for cycle in cycles((each.id for each in elements), graph.following):
        for identifier in cycle:
            element = process.elements[identifier]
            if element.kind in SPLITS and (
                len(graph.out[identifier]) > 1 or len(graph.into[identifier]) > 1
            ):
                yield Defect(
                    identifier,
                    "split-in-cycle",
                    "循环里有并行或包容网关，引擎会算错，请把这一段放进子流程"
                    "（put the block into a sub-process）",
                )


def _idle_cycles(elements: list[Element], graph: Graph) -> Iterator[Defect]:
    idle = {
        each.id
        for each in elements
        if each.kind not in ACTIVITIES and each.kind not in WAITS
    }

    def step(identifier: str) -> list[str]:
        return [flow.target for flow in graph.out[identifier] if flow.target in idle]

    for cycle in cycles(sorted(idle), step):
        yield Defect(
            min(cycle),
            "endless-cycle",
            "这个循环里没有任务也没有等待，会一直转下去，请在循环里加一个任务",
        )


def _prediction(
    elements: list[Element], process: Process, graph: Graph
) -> Iterator[Defect]:
    """Count the tasks that SpiffWorkflow creates ahead of the present one.

    It follows every path up to the next choice, and a path is not shared after a
    join: a row of parallel blocks doubles with each.
    """

    def certain(identifier: str) -> list[str]:
        if process.elements[identifier].kind in CHOICES:
            return []
        return [flow.target for flow in graph.out[identifier]]

    counts: dict[str, int] = {}
    for component in components((each.id for each in elements), certain):
        first = component[0]
        if len(component) > 1 or first in certain(first):
            yield Defect(
                min(component),
                "endless-prediction",
                "这个循环里没有排他网关，引擎会无止境地展开，请用排他网关离开循环",
            )
            return
        counts[first] = _size(first, certain(first), counts, graph)
    largest = max(counts, key=lambda each: counts[each], default=None)
    if largest is not None and counts[largest] > MOST_PREDICTED:
        yield Defect(
            largest,
            "prediction-explodes",
            f"连续的并行段会展开成 {counts[largest]} 个任务，"
            "请把各段放进子流程（put blocks into sub-processes）",
        )


def _size(
    identifier: str, following: list[str], counts: dict[str, int], graph: Graph
) -> int:
    events = len(graph.attached[identifier])
    own = 1 + (2 + 3 * events if events else 0)
    if not following:
        return own + 2 * len(graph.out[identifier])
    return min(own + sum(counts[each] for each in following), 10**6)
