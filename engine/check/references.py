"""What a diagram names by id must be there."""

from collections.abc import Iterator

from engine.bpmn.reading import ACTIVITIES, Definition, Element, Process
from engine.bpmn.xml import BPMN, TRUE, children, text_of
from engine.check.graph import Graph
from engine.check.report import Defect

NAMED = {
    "message": "消息",
    "signal": "信号",
    "error": "错误",
    "escalation": "升级",
}


def reference_defects(
    definition: Definition, process: Process, graph: Graph
) -> Iterator[Defect]:
    """Find references that lead nowhere."""
    for element in process.elements.values():
        for kind, reference in _references(element):
            event = definition.events.get((kind, reference))
            if event is None:
                yield _dangling(element.id, f"{NAMED[kind]}“{reference}”")
            elif kind in {"message", "signal"} and not event.get("name"):
                yield Defect(
                    reference,
                    "unnamed-event",
                    f"{NAMED[kind]}没有名称，引擎按名称对应，请起一个",
                )
        yield from _default(element, graph)
        if element.kind == "boundaryEvent":
            yield from _host(element, process)
    yield from _lanes(definition, process)


def _references(element: Element) -> Iterator[tuple[str, str]]:
    for trigger in element.triggers:
        if trigger.kind in NAMED and trigger.reference is not None:
            yield trigger.kind, trigger.reference
    if element.kind in {"sendTask", "receiveTask"}:
        reference = element.attributes.get("messageRef")
        if reference is not None:
            yield "message", reference


def _default(element: Element, graph: Graph) -> Iterator[Defect]:
    default = element.attributes.get("default")
    if default is None:
        return
    if default not in {flow.id for flow in graph.out[element.id]}:
        yield _dangling(element.id, f"从这里出去的默认连线“{default}”")


def _host(element: Element, process: Process) -> Iterator[Defect]:
    host = process.elements.get(element.attached_to or "")
    if host is None:
        yield _dangling(element.id, f"边界事件所附的“{element.attached_to}”")
    elif host.kind not in ACTIVITIES or host.scope != element.scope:
        yield Defect(
            element.id, "boundary-host", "边界事件要附在同一层的任务或子流程上"
        )
    elif host.event_sub_process or host.attributes.get("isForCompensation") in TRUE:
        yield Defect(
            element.id, "boundary-host", "边界事件不能附在事件子流程上，请移走"
        )


def _lanes(definition: Definition, process: Process) -> Iterator[Defect]:
    for lane in process.node.iter(f"{{{BPMN}}}lane"):
        for reference in children(lane, "flowNodeRef"):
            name = text_of(reference)
            if name not in definition.ids:
                yield _dangling(lane.get("id"), f"泳道里的“{name}”")


def _dangling(element: str | None, what: str) -> Defect:
    return Defect(element, "dangling-reference", f"{what}不存在，请改正或者删去")
