"""Called processes and decisions: they must be there, and calls must end."""

from collections.abc import Iterator, Mapping

from engine.bpmn.reading import Element, Process
from engine.check.expressions import SPIFF
from engine.check.graph import Graph, cycles
from engine.check.report import Defect, Surroundings
from engine.check.throwing import PAUSES


def call_defects(process: Process, around: Surroundings) -> Iterator[Defect]:
    """Find calls that lead nowhere or round in a circle."""
    processes = {**around.processes, process.id: process}
    for element in process.elements.values():
        if element.kind == "callActivity":
            called = element.called
            if not called:
                yield Defect(
                    element.id,
                    "call-without-process",
                    "调用活动没有写调用哪个流程，请选定",
                )
            elif not _runs(called, processes) and called not in around.known_processes:
                yield Defect(
                    element.id,
                    "unknown-process",
                    f"找不到被调用的流程“{called}”，请一并提交它的文件",
                )
        elif element.kind == "businessRuleTask":
            decision = decision_asked(element)
            if not decision:
                yield Defect(
                    element.id,
                    "no-decision",
                    "业务规则任务没有指定决策，请写上 spiffworkflow:calledDecisionId",
                )
            elif decision not in around.decisions:
                yield Defect(
                    element.id,
                    "unknown-decision",
                    f"找不到决策“{decision}”，请一并提交它的 DMN 文件",
                )
    yield from _circles(process, processes)


def decision_asked(element: Element) -> str:
    """Answer the decision that a business rule task asks, or an empty string."""
    node = element.node.find(f"{{*}}extensionElements/{{{SPIFF}}}calledDecisionId")
    return (node.text or "") if node is not None else ""


def _runs(called: str, processes: Mapping[str, Process]) -> bool:
    return called in processes and processes[called].executable


def _circles(process: Process, processes: Mapping[str, Process]) -> Iterator[Defect]:
    if not any(each.kind == "callActivity" for each in process.elements.values()):
        return
    calls = _immediate_calls(processes)
    for circle in cycles(
        [process.id], lambda name: sorted(calls.get(name, {}).values())
    ):
        if process.id not in circle:
            continue
        for element, called in calls[process.id].items():
            if called in circle:
                yield Defect(
                    element,
                    "endless-call",
                    "流程直接或间接地调用自己，中间没有等待，"
                    "会一直调用下去，请先安排一个人工步骤",
                )


def _immediate_calls(processes: Mapping[str, Process]) -> dict[str, dict[str, str]]:
    """Answer which calls each process makes before it first waits.

    A call ends at once if the called process does; that is found step by step.
    """
    ends_at_once: set[str] = set()
    while True:
        calls = {}
        ending = set()
        for name, process in processes.items():
            calls[name], ends = _run_until_waiting(process, ends_at_once)
            if ends:
                ending.add(name)
        if ending <= ends_at_once:
            return calls
        ends_at_once |= ending


def _run_until_waiting(
    process: Process, ends_at_once: set[str]
) -> tuple[dict[str, str], bool]:
    graph = Graph(process)
    calls: dict[str, str] = {}
    ends = False

    def begin(scope: str) -> list[str]:
        return [
            each.id
            for each in graph.scopes.get(scope, ())
            if each.kind == "startEvent" and not each.triggers
        ]

    def step(identifier: str) -> list[str]:
        nonlocal ends
        element = process.elements[identifier]
        onward = [flow.target for flow in graph.out[identifier]]
        if element.kind in PAUSES:
            return []
        if element.kind == "callActivity":
            calls[identifier] = element.called
            return onward if element.called in ends_at_once else []
        if element.kind in {"subProcess", "transaction"}:
            return begin(identifier)
        if element.kind == "endEvent":
            if element.scope == process.id:
                ends = True
                return []
            owner = graph.out.get(element.scope, [])
            return [flow.target for flow in owner]
        return onward

    graph.reachable(begin(process.id), step)
    return calls, ends
