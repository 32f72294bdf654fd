"""What is thrown inside a sub-process: who catches it, and what runs on meanwhile."""

from collections.abc import Iterator, Sequence

from engine.bpmn.reading import Definition, Element, Process, Trigger
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
                and not _caught(element, trigger, definition, graph, around)
            ):
                yield Defect(
                    element.id,
                    "uncaught-error",
                    "没有边界事件接住这个错误，流程会当作正常结束，"
                    "请在外层加错误边界事件",
                )
    for host, events in graph.attached.items():
        late = [
            (event, trigger)
            for event in events
            if event.interrupting
            for trigger in event.triggers
            if trigger.kind in {"signal", "escalation"}
        ]
        if late:
            yield from _late(host, late, definition, process, graph)


def _caught(
    thrower: Element,
    trigger: Trigger,
    definition: Definition,
    graph: Graph,
    around: Surroundings,
) -> bool:
    code = _code(definition, trigger)
    if _caught_above(thrower.scope, code, definition, graph):
        return True
    for caller_definition in around.definitions:
        for caller in caller_definition.processes.values():
            calls = [
                each.id
                for each in caller.elements.values()
                if each.attributes.get("calledElement") == graph.process.id
            ]
            outside = Graph(caller) if calls else graph
            if any(
                _caught_above(call, code, caller_definition, outside) for call in calls
            ):
                return True
    return False


def _caught_above(
    scope: str, code: str | None, definition: Definition, graph: Graph
) -> bool:
    """Tell whether a boundary event of this element or one around it catches."""
    while scope in graph.attached:
        for event in graph.attached[scope]:
            for trigger in event.triggers:
                if trigger.kind == "error" and (
                    _code(definition, trigger) in {None, code}
                ):
                    return True
        scope = graph.process.elements[scope].scope
    return False


def _code(definition: Definition, trigger: Trigger) -> str | None:
    """Answer the code by which SpiffWorkflow matches; none catches everything."""
    event = definition.events.get((trigger.kind, trigger.reference or ""))
    return None if event is None else event.get(f"{trigger.kind}Code")


def _late(
    host: str,
    events: Sequence[tuple[Element, Trigger]],
    definition: Definition,
    process: Process,
    graph: Graph,
) -> Iterator[Defect]:
    """Find what runs on inside after it has thrown what should interrupt it."""
    throwers = [
        (thrower, thrown, step)
        for thrower in _inside(host, graph)
        if thrower.kind in {"intermediateThrowEvent", "endEvent"}
        for thrown in thrower.triggers
        if thrown.kind in {"signal", "escalation"}
        and (step := _automatic_step(thrower, host, process, graph)) is not None
    ]
    for event, trigger in events:
        for thrower, thrown, step in throwers:
            if _matches(trigger, thrown, definition):
                yield Defect(
                    event.id,
                    "late-interruption",
                    f"中断之前“{step}”还会自动执行，请在“{thrower.id}”之后"
                    "先等人办理，或者改用错误事件",
                )
                break


def _matches(catcher: Trigger, thrown: Trigger, definition: Definition) -> bool:
    if thrown.kind != catcher.kind:
        return False
    if catcher.kind == "signal":
        return thrown.reference == catcher.reference
    return _code(definition, catcher) in {None, _code(definition, thrown)}


def _inside(scope: str, graph: Graph) -> list[Element]:
    found = list(graph.scopes.get(scope, ()))
    for element in found:
        found.extend(graph.scopes.get(element.id, ()))
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
