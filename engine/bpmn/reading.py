"""Our own reading of a BPMN file: what the check and the engine need to know of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from lxml import etree

from engine.bpmn.xml import (
    BPMN,
    TRUE,
    UnreadableDefinition,
    children,
    kind_of,
    read_xml,
    text_of,
)

GONGKAI = "urn:gongkai:bpmn"

TASKS = frozenset(
    {
        *("task", "userTask", "manualTask", "serviceTask", "scriptTask"),
        *("sendTask", "receiveTask", "businessRuleTask"),
    }
)
SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES = TASKS | SUB_PROCESSES | {"callActivity"}
GATEWAYS = frozenset(
    {
        *("exclusiveGateway", "parallelGateway", "inclusiveGateway"),
        *("complexGateway", "eventBasedGateway"),
    }
)
EVENTS = frozenset(
    {
        *("startEvent", "endEvent", "boundaryEvent"),
        *("intermediateCatchEvent", "intermediateThrowEvent"),
    }
)
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS
#: What a user task does to the matter; `separateFrom` may name all tasks of a duty.
DUTIES = frozenset({"making", "reviewing", "approving"})
TIMERS = frozenset({"timeDate", "timeDuration", "timeCycle"})


@dataclass(frozen=True)
class Lane:
    """A lane: who may claim the tasks in it."""

    id: str
    name: str
    role: str | None
    organisation: str | None


@dataclass(frozen=True)
class Timer:
    """When a timer event fires: the kind of expression and its text."""

    kind: str
    expression: str


@dataclass(frozen=True)
class Trigger:
    """An event definition: what an event waits for or throws."""

    kind: str
    reference: str | None
    timer: Timer | None = None


@dataclass(frozen=True)
class Loop:
    """How often an activity is repeated."""

    sequential: bool
    standard: bool
    collection: str | None
    cardinality: str | None
    condition: str | None
    output: str | None


@dataclass(frozen=True)
class Element:
    """A flow node of a process: a task, an event, a gateway, a sub-process."""

    id: str
    kind: str
    name: str
    scope: str
    lane: Lane | None
    attributes: Mapping[str, str]
    triggers: tuple[Trigger, ...] = ()
    loop: Loop | None = None
    separate_from: tuple[str, ...] = ()
    duty: str | None = None
    limit: str | None = None
    documentation: str = ""
    node: etree._Element = field(repr=False, compare=False, kw_only=True)

    @property
    def attached_to(self) -> str | None:
        """The activity on whose border a boundary event sits."""
        return self.attributes.get("attachedToRef")

    @property
    def interrupting(self) -> bool:
        """Whether a boundary or start event ends what it interrupts."""
        return (
            self.attributes.get("cancelActivity", "true") in TRUE
            and self.attributes.get("isInterrupting", "true") in TRUE
        )

    @property
    def timer(self) -> Timer | None:
        """The first timer among the triggers."""
        return next((each.timer for each in self.triggers if each.timer), None)

    @property
    def called(self) -> str:
        """The process that a call activity calls."""
        return self.attributes.get("calledElement", "")

    @property
    def event_sub_process(self) -> bool:
        """Whether this is a sub-process that an event starts."""
        return self.attributes.get("triggeredByEvent") in TRUE


@dataclass(frozen=True)
class Flow:
    """A sequence flow."""

    id: str
    source: str
    target: str
    scope: str
    name: str
    condition: str | None


@dataclass(frozen=True)
class Process:
    """A process with everything in it, sub-processes included."""

    id: str
    name: str
    executable: bool
    elements: Mapping[str, Element]
    flows: tuple[Flow, ...]
    lanes: tuple[Lane, ...]
    node: etree._Element = field(repr=False, compare=False, kw_only=True)

    def within(self, scope: str) -> tuple[Element, ...]:
        """Answer the elements directly inside the process or one sub-process."""
        return tuple(each for each in self.elements.values() if each.scope == scope)

    def boundary_events(self) -> tuple[Element, ...]:
        """Answer the boundary events of all activities."""
        return self._of("boundaryEvent")

    def user_tasks(self) -> tuple[Element, ...]:
        """Answer the tasks for a person's form."""
        return self._of("userTask")

    def service_tasks(self) -> tuple[Element, ...]:
        """Answer the tasks that call an action."""
        return self._of("serviceTask")

    def calls(self) -> tuple[Element, ...]:
        """Answer the activities that call another process."""
        return self._of("callActivity")

    def timers(self) -> tuple[Element, ...]:
        """Answer the events that wait for a time."""
        return tuple(each for each in self.elements.values() if each.timer)

    def _of(self, kind: str) -> tuple[Element, ...]:
        return tuple(each for each in self.elements.values() if each.kind == kind)


@dataclass(frozen=True)
class Definition:
    """A BPMN file."""

    processes: Mapping[str, Process]
    root: etree._Element = field(repr=False, compare=False, kw_only=True)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of everything that BPMN defines in the file."""
        return frozenset(node.get("id", "") for node in self.root.iter(f"{{{BPMN}}}*"))

    @cached_property
    def events(self) -> Mapping[tuple[str, str], etree._Element]:
        """The messages, signals, errors and escalations, by kind and id."""
        return {(kind_of(node), node.get("id", "")): node for node in self.root}


def read_definition(data: bytes) -> Definition:
    """Read a BPMN file.

    Raises UnreadableDefinition when it is hostile, broken or no BPMN.
    """
    return definition_in(read_xml(data))


def definition_in(root: etree._Element) -> Definition:
    """Read a BPMN file whose XML has been read.

    Raises UnreadableDefinition when it is no BPMN.
    """
    if root.tag != f"{{{BPMN}}}definitions":
        raise UnreadableDefinition(
            "not-bpmn", "这不是 BPMN 2.0 文件：根元素应当是 definitions"
        )
    processes = [_process(node) for node in root.findall(f"{{{BPMN}}}process")]
    return Definition(
        MappingProxyType({each.id: each for each in processes}), root=root
    )


def calls_of(definitions: Iterable[Definition]) -> list[str]:
    """Answer the processes that these files call and do not have themselves."""
    definitions = list(definitions)
    own = {key for each in definitions for key in each.processes}
    called = {
        call.called
        for each in definitions
        for process in each.processes.values()
        if process.executable
        for call in process.calls()
    }
    return sorted(called - own - {""})


def _process(node: etree._Element) -> Process:
    identifier = node.get("id", "")
    lanes, lane_of = _lanes(node)
    elements: dict[str, Element] = {}
    flows: list[Flow] = []
    _read_scope(node, identifier, None, lane_of, elements, flows)
    # Otherwise what is inside such an element would lie inside itself, without end.
    for unusable in ("", identifier):
        elements.pop(unusable, None)
    return Process(
        identifier,
        node.get("name", ""),
        node.get("isExecutable", "true") in TRUE,
        MappingProxyType(elements),
        tuple(flows),
        tuple(lanes),
        node=node,
    )


def _read_scope(
    node: etree._Element,
    scope: str,
    lane: Lane | None,
    lane_of: Mapping[str, Lane],
    elements: dict[str, Element],
    flows: list[Flow],
) -> None:
    for child in node:
        kind = kind_of(child)
        if kind == "sequenceFlow":
            flows.append(_flow(child, scope))
        if kind not in FLOW_NODES:
            continue
        element = _element(child, kind, scope, lane_of.get(child.get("id", ""), lane))
        elements.setdefault(element.id, element)
        if kind in SUB_PROCESSES:
            _read_scope(child, element.id, element.lane, lane_of, elements, flows)


def _flow(node: etree._Element, scope: str) -> Flow:
    return Flow(
        node.get("id", ""),
        node.get("sourceRef", ""),
        node.get("targetRef", ""),
        scope,
        node.get("name", ""),
        text_of(node.find(f"{{{BPMN}}}conditionExpression")),
    )


def _element(node: etree._Element, kind: str, scope: str, lane: Lane | None) -> Element:
    extension = _extension(node, "task")
    return Element(
        node.get("id", ""),
        kind,
        node.get("name", ""),
        scope,
        lane,
        MappingProxyType({str(name): str(text) for name, text in node.attrib.items()}),
        tuple(_triggers(node)),
        _loop(node),
        tuple(extension.get("separateFrom", "").split()),
        extension.get("duty"),
        extension.get("limit"),
        text_of(node.find(f"{{{BPMN}}}documentation")) or "",
        node=node,
    )


def _extension(node: etree._Element, name: str) -> Mapping[str, str]:
    found = node.find(f"{{{BPMN}}}extensionElements/{{{GONGKAI}}}{name}")
    if found is None:
        return {}
    return {str(key): str(text) for key, text in found.attrib.items()}


def _triggers(node: etree._Element) -> Iterator[Trigger]:
    for child in node:
        kind = kind_of(child)
        if kind.endswith("EventDefinition"):
            name = kind.removesuffix("EventDefinition")
            timer = _timer(child) if name == "timer" else None
            yield Trigger(name, child.get(f"{name}Ref"), timer)


def _timer(node: etree._Element) -> Timer:
    for child in node:
        if kind_of(child) in TIMERS:
            return Timer(kind_of(child), text_of(child) or "")
    return Timer("", "")


def _loop(node: etree._Element) -> Loop | None:
    for child in children(
        node, "standardLoopCharacteristics", "multiInstanceLoopCharacteristics"
    ):
        standard = kind_of(child) == "standardLoopCharacteristics"
        condition = "loopCondition" if standard else "completionCondition"

        def inner(name: str, child: etree._Element = child) -> str | None:
            return text_of(child.find(f"{{{BPMN}}}{name}"))

        return Loop(
            child.get("isSequential") in TRUE,
            standard,
            inner("loopDataInputRef"),
            child.get("loopMaximum") if standard else inner("loopCardinality"),
            inner(condition),
            inner("loopDataOutputRef"),
        )
    return None


def _lanes(process: etree._Element) -> tuple[list[Lane], dict[str, Lane]]:
    lanes: list[Lane] = []
    lane_of: dict[str, Lane] = {}
    for lane_set in children(process, "laneSet"):
        _read_lane_set(lane_set, None, lanes, lane_of)
    return lanes, lane_of


def _read_lane_set(
    lane_set: etree._Element,
    outer: Lane | None,
    lanes: list[Lane],
    lane_of: dict[str, Lane],
) -> None:
    for node in children(lane_set, "lane"):
        candidates = _extension(node, "candidates")
        lane = Lane(
            node.get("id", ""),
            node.get("name", "") or (outer.name if outer else ""),
            candidates.get("role") or (outer.role if outer else None),
            candidates.get("organisation") or (outer.organisation if outer else None),
        )
        lanes.append(lane)
        for reference in children(node, "flowNodeRef"):
            lane_of[text_of(reference) or ""] = lane
        for inner in children(node, "childLaneSet"):
            _read_lane_set(inner, lane, lanes, lane_of)
