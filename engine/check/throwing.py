"""What is thrown inside a sub-process: who catches it, and what runs on meanwhile."""

from collections.abc import Iterator

from engine.bpmn.reading import BPMN, Definition, Element, Process, Trigger
from engine.check.graph import Graph
from engine.check.report import Defect, Surroundings

PAUSES = frozenset(
    {
        *("task", "userTask", "manualTask", "receiveTask"),
        *("intermediateCatchEvent", "eventBasedGateway"),
    }
)
PASSED = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway"})


def throwing_defects(
    definition: Definition, process: Process, graph: Graph, around: Surroundings
) -> Iterator[Defect]:
    """Find errors that nobody catches, and interruptions that come too late."""
    for element in process.elements.values():
        for trigger in element.triggers:
            if (
                element.kind == "endEvent"
                and trigger.kind == "error"
                and not _caught(element, trigger, definition, process, around)
            ):
                yield Defect(
                    element.id,
                    "uncaught-error",
                    "没有边界事件接住这个错误，流程会当作正常结束，请在外层加错误边界事件",
                )
        if element.kind == "boundaryEvent" and element.interrupting:
            yield from _late(element, definition, process, graph)


def _caught(
    thrower: Element,
    trigger: Trigger,
    definition: Definition,
    process: Process,
    around: Surroundings,
) -> bool:
    code = _code(definition, trigger)
    if _caught_above(thrower.scope, code, definition, process):
        return True
    for caller_definition in (definition, *around.definitions):
        for caller in caller_definition.processes.values():
            for call in caller.elements.values():
                if call.attributes.get("calledElement") == process.id and (
                    _caught_above(call.id, code, caller_definition, caller)
                ):
                    return True
    return False


def _caught_above(
    scope: str, code: str | None, definition: Definition, process: Process
) -> bool:
    """Tell whether a boundary event of this element or one around it catches."""
    while scope in process.elements:
        for event in process.boundary_events():
            if event.attached_to != scope:
                continue
            for trigger in event.triggers:
                if trigger.kind == "error" and (
                    _code(definition, trigger) in {None, code}
                ):
                    return True
        scope = process.elements[scope].scope
    return False


def _code(definition: Definition, trigger: Trigger) -> str | None:
    """Answer the code by which SpiffWorkflow matches; none catches everything."""
    for node in definition.root.findall(f"{{{BPMN}}}{trigger.kind}"):
        if node.get("id") == trigger.reference:
            return node.get(f"{trigger.kind}Code")
    return None


def _late(
    event: Element, definition: Definition, process: Process, graph: Graph
) -> Iterator[Defect]:
    inside = _inside(event.attached_to or "", process)
    for trigger in event.triggers:
        if trigger.kind not in {"signal", "escalation"}:
            continue
        for thrower in inside:
            if thrower.kind not in {"intermediateThrowEvent", "endEvent"}:
                continue
            if not any(
                _matches(trigger, each, definition) for each in thrower.triggers
            ):
                continue
            step = _automatic_step(thrower, event.attached_to or "", process, graph)
            if step is not None:
                yield Defect(
                    event.id,
                    "late-interruption",
                    f"中断之前“{step}”还会自动执行，请在“{thrower.id}”之后"
                    "先等人办理，或者改用错误事件",
                )


def _matches(catcher: Trigger, thrown: Trigger, definition: Definition) -> bool:
    if thrown.kind != catcher.kind:
        return False
    if catcher.kind == "signal":
        return thrown.reference == catcher.reference
    return _code(definition, catcher) in {None, _code(definition, thrown)}


def _inside(scope: str, process: Process) -> list[Element]:
    found = list(process.within(scope))
    for element in found:
        found.extend(process.within(element.id))
    return found


def _automatic_step(
    thrower: Element, outermost: str, process: Process, graph: Graph
) -> str | None:
    waiting = [thrower.id]
    seen = set(waiting)
    while waiting:
        element = process.elements[waiting.pop()]
        if element.kind == "endEvent":
            owner = process.elements.get(element.scope)
            following = (
                [] if owner is None or owner.id == outermost else graph.out[owner.id]
            )
        else:
            following = graph.out[element.id]
        for flow in following:
            target = process.elements[flow.target]
            if target.id in seen or target.kind in PAUSES:
                continue
            if target.kind not in PASSED and (
                target.kind != "endEvent" or target.triggers
            ):
                return target.id
            seen.add(target.id)
            waiting.append(target.id)
    return None
