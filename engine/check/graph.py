"""The sequence flows of a process as a graph."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from engine.bpmn.reading import Element, Flow, Process


class Graph:
    """Who follows whom in a process, scope by scope."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.out: dict[str, list[Flow]] = {id_: [] for id_ in process.elements}
        self.into: dict[str, list[Flow]] = {id_: [] for id_ in process.elements}
        self.attached: dict[str, list[Element]] = {id_: [] for id_ in process.elements}
        for flow in process.flows:
            if flow.source in self.out and flow.target in self.into:
                self.out[flow.source].append(flow)
                self.into[flow.target].append(flow)
        for event in process.boundary_events():
            if event.attached_to in self.attached:
                self.attached[event.attached_to].append(event)

    @cached_property
    def scopes(self) -> Mapping[str, list[Element]]:
        """The elements of the process and of each sub-process in it."""
        scopes: dict[str, list[Element]] = {self.process.id: []}
        for element in self.process.elements.values():
            scopes.setdefault(element.scope, []).append(element)
        return scopes

    def following(self, element: str) -> list[str]:
        """Answer what a token may go to: along flows and over boundary events."""
        return [flow.target for flow in self.out[element]] + [
            event.id for event in self.attached[element]
        ]

    def preceding(self, element: str) -> list[str]:
        """Answer where a token may have come from."""
        sources = [flow.source for flow in self.into[element]]
        host = self.process.elements[element].attached_to
        return [*sources, host] if host in self.out else sources

    def reachable(
        self, starts: Iterable[str], step: Callable[[str], Iterable[str]]
    ) -> set[str]:
        """Answer everything that the steps from these elements lead to."""
        found = set(starts)
        waiting = list(found)
        while waiting:
            for each in step(waiting.pop()):
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return found


def components(
    nodes: Iterable[str], step: Callable[[str], Iterable[str]]
) -> list[list[str]]:
    """Answer the strongly connected components, those that follow first."""
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[list[str]] = []
    for root in nodes:
        if root in index:
            continue
        index[root] = lowest[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(step(root)))]
        while work:
            node, rest = work[-1]
            for each in rest:
                if each not in index:
                    index[each] = lowest[each] = len(index)
                    stack.append(each)
                    on_stack.add(each)
                    work.append((each, iter(step(each))))
                    break
                if each in on_stack:
                    lowest[node] = min(lowest[node], index[each])
            else:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[node])
                if lowest[node] == index[node]:
                    found.append(_unstack(stack, on_stack, node))
    return found


def cycles(
    nodes: Iterable[str], step: Callable[[str], Iterable[str]]
) -> list[list[str]]:
    """Answer the components in which a token can go round."""
    return [
        each
        for each in components(nodes, step)
        if len(each) > 1 or each[0] in step(each[0])
    ]


def _unstack(stack: list[str], on_stack: set[str], until: str) -> list[str]:
    component = []
    while True:
        node = stack.pop()
        on_stack.discard(node)
        component.append(node)
        if node == until:
            return component
