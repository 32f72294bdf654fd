"""Events: the ones that the engine would ignore, and the ones that nobody catches."""

from collections.abc import Iterator

from engine.bpmn.reading import EVENTS, Element, Process
from engine.bpmn.xml import TRUE, children
from engine.check.graph import Graph
from engine.check.report import Defect

CATCHES = frozenset({"message", "signal", "timer"})
ALLOWED = {
    "startEvent": CATCHES,
    "intermediateCatchEvent": CATCHES,
    "intermediateThrowEvent": frozenset({"message", "signal", "escalation"}),
    "endEvent": frozenset({"message", "error", "escalation", "cancel", "terminate"}),
    "boundaryEvent": CATCHES | {"error", "escalation", "cancel"},
}
REFUSED = {
    "link": ("link-event", "链接事件会让令牌消失，请改用连线"),
    "compensate": ("compensation", "引擎不做补偿，请改为画出来的步骤"),
    "conditional": ("conditional-event", "引擎不会再算条件事件，请改用消息或网关"),
}
NEEDS_TRIGGER = frozenset({"intermediateCatchEvent", "boundaryEvent"})
EVENT_STARTS = frozenset({"message", "signal"})


def event_defects(process: Process, graph: Graph) -> Iterator[Defect]:
    """Find events that are ignored, forbidden or never caught."""
    for element in process.elements.values():
        if element.kind in EVENTS:
            yield from _triggers(element, process)
            yield from _messages(element)
            yield from _multiple(element)
        elif element.kind in {"sendTask", "receiveTask"}:
            yield from _message_task(element)
        elif element.kind == "eventBasedGateway":
            yield from _event_gateway(element, process, graph)
        if element.event_sub_process:
            yield from _event_sub_process(element, process, graph)
        if element.attributes.get("isForCompensation") in TRUE:
            yield Defect(element.id, *REFUSED["compensate"])


def _triggers(element: Element, process: Process) -> Iterator[Defect]:
    if any(True for _ in children(element.node, "eventDefinitionRef")):
        yield Defect(
            element.id,
            "event-definition-ref",
            "引擎不读 eventDefinitionRef，请把事件定义写在事件里面",
        )
    elif not element.triggers and element.kind in NEEDS_TRIGGER:
        yield Defect(
            element.id, "event-without-trigger", "事件没有写明等什么，请选定消息或定时"
        )
    owner = process.elements.get(element.scope)
    for trigger in element.triggers:
        if trigger.kind in REFUSED:
            yield Defect(element.id, *REFUSED[trigger.kind])
        elif trigger.kind == "signal" and element.kind == "endEvent":
            yield Defect(
                element.id,
                "signal-end-event",
                "引擎不会发出结束事件上的信号，请在前面加一个抛出信号的中间事件",
            )
        elif element.kind == "startEvent" and owner is not None:
            if not owner.event_sub_process:
                yield Defect(
                    element.id,
                    "event-kind",
                    "子流程的开始事件不能有触发，请删去触发",
                )
        elif trigger.kind not in ALLOWED[element.kind]:
            yield Defect(
                element.id,
                "event-kind",
                f"这个位置不能用 {trigger.kind} 事件，请换一种",
            )
        yield from _transaction(element, trigger.kind, process)
        if (
            element.kind == "boundaryEvent"
            and trigger.kind in {"error", "cancel"}
            and not element.interrupting
        ):
            yield Defect(
                element.id,
                "event-kind",
                "错误和取消的边界事件必须中断，请改为中断的",
            )


def _transaction(element: Element, trigger: str, process: Process) -> Iterator[Defect]:
    if trigger != "cancel" or element.kind not in {"endEvent", "boundaryEvent"}:
        return
    place = element.scope if element.kind == "endEvent" else element.attached_to
    owner = process.elements.get(place or "")
    if owner is None or owner.kind != "transaction":
        yield Defect(
            element.id,
            "cancel-outside-transaction",
            "取消事件只能用在事务子流程上，请改用错误事件",
        )


def _messages(element: Element) -> Iterator[Defect]:
    for trigger in element.triggers:
        if trigger.kind in {"message", "signal"} and not trigger.reference:
            yield _without_message(element.id)


def _message_task(element: Element) -> Iterator[Defect]:
    if not element.attributes.get("messageRef"):
        yield _without_message(element.id)
    if element.attributes.get("instantiate") in TRUE:
        yield Defect(
            element.id,
            "instantiating-receive",
            "接收任务不能启动流程，请改用消息开始事件",
        )


def _without_message(element: str) -> Defect:
    return Defect(
        element, "event-without-message", "没有指定消息，引擎会直接走过，请选定消息"
    )


def _multiple(element: Element) -> Iterator[Defect]:
    if element.attributes.get("parallelMultiple") in TRUE:
        yield Defect(
            element.id, "parallel-multiple", "不支持要几个触发都到齐，请分成几个事件"
        )
    if sum(1 for each in element.triggers if each.kind == "timer") > 1:
        yield _two_timers(element.id)


def _two_timers(element: str) -> Defect:
    return Defect(
        element,
        "two-timers",
        "几个定时会用同一个时间，请只留一个",
    )


def _event_gateway(
    element: Element, process: Process, graph: Graph
) -> Iterator[Defect]:
    following = [process.elements[flow.target] for flow in graph.out[element.id]]
    if (
        element.attributes.get("eventGatewayType", "Exclusive") != "Exclusive"
        or element.attributes.get("instantiate") in TRUE
    ):
        yield Defect(
            element.id,
            "event-gateway-kind",
            "事件网关不能启动流程，也不能等全部事件，请改为排他的",
        )
    if len(following) < 2:
        yield Defect(element.id, "event-gateway-target", "事件网关后面至少要有两个事件")
    if sum(1 for each in following if each.timer) > 1:
        yield _two_timers(element.id)
    for each in following:
        if each.kind not in {"intermediateCatchEvent", "receiveTask"}:
            yield Defect(
                element.id,
                "event-gateway-target",
                f"事件网关后面只能是中间捕获事件，“{each.id}”不是，请移开",
            )
        elif len(graph.into[each.id]) > 1 or graph.attached[each.id]:
            yield Defect(
                each.id,
                "event-gateway-target",
                "事件网关后面的事件不能再有别的来路或边界事件，请分开画",
            )


def _event_sub_process(
    element: Element, process: Process, graph: Graph
) -> Iterator[Defect]:
    if graph.into[element.id] or graph.out[element.id]:
        yield Defect(
            element.id, "event-sub-process", "事件子流程不能有连线，请删去连线"
        )
    if element.scope != process.id:
        yield Defect(
            element.id,
            "nested-event-sub-process",
            "子流程里的事件子流程不会启动，请移到最外层，或者用边界事件",
        )
    for start in graph.scopes.get(element.id, ()):
        if start.kind != "startEvent":
            continue
        kinds = {each.kind for each in start.triggers}
        if not kinds or not kinds <= EVENT_STARTS | REFUSED.keys():
            yield Defect(
                start.id,
                "event-sub-process-start",
                "事件子流程只能由消息或信号启动，请改用边界事件",
            )
        if start.interrupting:
            yield Defect(
                start.id,
                "interrupting-event-sub-process",
                "中断的事件子流程不会中断，请设为不中断，或者用边界事件",
            )
