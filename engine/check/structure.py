"""The shape of a diagram: starts, ends, flows, and what they join."""

from collections import Counter
from collections.abc import Iterator

from engine.bpmn.reading import (
    ACTIVITIES,
    FLOW_NODES,
    SUB_PROCESSES,
    Definition,
    Element,
    Process,
)
from engine.bpmn.xml import BPMN, kind_of
from engine.check.graph import Graph
from engine.check.report import Defect

DIAGRAM_SPACES = (
    BPMN,
    "http://www.omg.org/spec/BPMN/20100524/DI",
    "http://www.omg.org/spec/DD/20100524/DI",
)
GLOBAL_TASKS = frozenset(
    {
        *("globalTask", "globalUserTask", "globalManualTask"),
        *("globalScriptTask", "globalBusinessRuleTask"),
    }
)


def file_defects(definition: Definition) -> Iterator[Defect]:
    """Find what is wrong with the file as a whole."""
    ids = Counter(
        str(node.get("id"))
        for node in definition.root.iter("{*}*")
        if node.get("id")
        and node.tag.startswith(tuple(f"{{{s}}}" for s in DIAGRAM_SPACES))
    )
    for identifier, times in ids.items():
        if times > 1:
            yield Defect(
                identifier,
                "duplicate-id",
                f"编号“{identifier}”用了 {times} 次，请改成唯一的",
            )
    processes = definition.processes.values()
    if not processes:
        yield Defect(None, "no-process", "文件里没有流程，请画一个流程")
    elif not any(process.executable for process in processes):
        yield Defect(
            next(iter(processes)).id,
            "not-executable",
            "没有可执行的流程，请把 isExecutable 改为 true",
        )
    for node in definition.root.iter(f"{{{BPMN}}}*"):
        if kind_of(node) in FLOW_NODES and not node.get("id"):
            yield Defect(
                None, "missing-id", f"有一个 {kind_of(node)} 没有编号，请写上 id"
            )
        if kind_of(node) in GLOBAL_TASKS:
            yield Defect(
                node.get("id"), "global-task", "不支持全局任务，请改为流程里的任务"
            )


def structure_defects(process: Process, graph: Graph) -> Iterator[Defect]:
    """Find flows and events that do not fit together."""
    yield from _flows(process, graph)
    for scope, elements in graph.scopes.items():
        owner = process.elements.get(scope)
        if owner is not None and owner.kind == "adHocSubProcess":
            continue
        yield from _starts(scope, owner, elements)
        yield from _ways(scope, elements, graph)
    for element in process.elements.values():
        yield from _quantities(element)
        if (
            element.kind in SUB_PROCESSES
            and element.kind != "adHocSubProcess"
            and element.id not in graph.scopes
        ):
            yield Defect(element.id, "no-start", "子流程是空的，请画出开始、步骤和结束")


def _flows(process: Process, graph: Graph) -> Iterator[Defect]:
    for flow in process.flows:
        source = process.elements.get(flow.source)
        target = process.elements.get(flow.target)
        if source is None or target is None:
            missing = flow.source if source is None else flow.target
            yield Defect(
                flow.id, "dangling-flow", f"连线的一端“{missing}”不存在，请重新连接"
            )
        elif not source.scope == target.scope == flow.scope:
            yield Defect(
                flow.id,
                "cross-scope-flow",
                "连线穿过了子流程的边界，请在同一层里连接，或者用边界事件",
            )
    for element in process.elements.values():
        if element.kind == "startEvent" and graph.into[element.id]:
            yield Defect(
                element.id, "start-with-incoming", "开始事件不能有进来的连线，请删去"
            )
        if element.kind == "endEvent" and graph.out[element.id]:
            yield Defect(
                element.id, "end-with-outgoing", "结束事件不能有出去的连线，请删去"
            )
        if element.kind == "boundaryEvent" and graph.into[element.id]:
            yield Defect(
                element.id,
                "boundary-with-incoming",
                "边界事件不能有进来的连线，请删去",
            )


def _starts(
    scope: str, owner: Element | None, elements: list[Element]
) -> Iterator[Defect]:
    starts = [each for each in elements if each.kind == "startEvent"]
    plain = [each for each in starts if not each.triggers]
    where = "流程" if owner is None else "子流程"
    if not starts:
        yield Defect(scope, "no-start", f"{where}没有开始事件，请加一个")
    if not any(each.kind == "endEvent" for each in elements):
        yield Defect(scope, "no-end", f"{where}没有结束事件，请加一个")
    if len(plain) > 1 or (owner is not None and len(starts) > 1):
        yield Defect(
            scope, "several-starts", f"{where}有几个开始事件，请只留一个没有触发的"
        )


def _ways(scope: str, elements: list[Element], graph: Graph) -> Iterator[Defect]:
    del scope
    starts = {each.id for each in elements if each.kind == "startEvent"}
    ends = {each.id for each in elements if each.kind == "endEvent"}
    free = {each.id for each in elements if _stands_alone(each)}
    if starts:
        reached = graph.reachable(starts | free, graph.following)
        for element in elements:
            if element.id not in reached:
                yield Defect(
                    element.id,
                    "unreachable",
                    "从开始走不到这里，请连上或者删去",
                )
    if ends:
        leading = graph.reachable(ends, graph.preceding)
        for element in elements:
            if element.id in free or element.kind == "endEvent":
                continue
            if element.id not in leading or not graph.out[element.id]:
                yield Defect(
                    element.id, "dead-end", "从这里走不到结束，请连到一个结束事件"
                )


def _stands_alone(element: Element) -> bool:
    """Tell what has no flows by its nature, or is refused for another reason."""
    return (
        element.event_sub_process
        or element.attributes.get("isForCompensation") in {"true", "1"}
        or any(each.kind in {"link", "compensate"} for each in element.triggers)
    )


def _quantities(element: Element) -> Iterator[Defect]:
    if element.kind not in ACTIVITIES:
        return
    for name in ("startQuantity", "completionQuantity"):
        if element.attributes.get(name, "1").strip() != "1":
            yield Defect(
                element.id, "quantity", f"{name} 会被引擎忽略，请删去，改用并行网关"
            )
