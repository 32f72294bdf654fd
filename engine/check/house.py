"""The rules of our own house, for the diagrams in the folder `processes`."""

import keyword
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.bpmn.reading import DUTIES, Definition, Element, Process
from engine.bpmn.xml import BPMN
from engine.check.graph import Graph
from engine.check.report import Defect

#: The parts that several organisations may play at once.
SHARED_PARTS = frozenset({"joint", "consulted"})
DIAGRAM = "{http://www.omg.org/spec/BPMN/20100524/DI}"


@dataclass(frozen=True)
class HouseRules:
    """What a process folder provides: names by which the diagram may ask for it."""

    forms: set[str]
    actions: set[str]
    texts: set[str]
    limits: set[str]
    roles: set[str]
    organisations: set[str]
    #: The files of the other folders, whose processes the diagram may call.
    folders: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)


def house_defects(
    definition: Definition, process: Process, graph: Graph, house: HouseRules
) -> Iterator[Defect]:
    """Find what the process folder lacks for its diagram, or names otherwise."""
    for element in process.user_tasks():
        yield from _user_task(element, process, house)
    for element in process.service_tasks():
        if element.id not in house.actions:
            yield Defect(
                element.id,
                "process/action",
                f"actions.py 里没有函数“{element.id}”，请写上",
            )
    for element in process.timers():
        yield from _timer(element, house)
    for element in process.elements.values():
        if (
            element.kind in {"exclusiveGateway", "inclusiveGateway"}
            and len(graph.out[element.id]) > 1
            and "default" not in element.attributes
        ):
            yield Defect(
                element.id,
                "process/default-flow",
                "网关没有默认连线，条件都不成立时会卡住，请设一条",
            )
    for name in [process.id, *process.elements, *(flow.id for flow in process.flows)]:
        if not name.isidentifier() or keyword.iskeyword(name):
            yield Defect(
                name, "process/id", f"编号“{name}”不是 Python 名称，请改用英文名"
            )
    yield from _layout(definition, process)


def _user_task(
    element: Element, process: Process, house: HouseRules
) -> Iterator[Defect]:
    lane = element.lane
    if lane is None:
        yield Defect(
            element.id, "process/lane", "人工任务不在泳道里，请放进候选组的泳道"
        )
    else:
        if lane.role not in house.roles:
            yield Defect(
                element.id,
                "process/role",
                f"泳道“{lane.name}”的角色“{lane.role}”不存在，请改正 candidates",
            )
        if lane.organisation not in house.organisations:
            yield Defect(
                element.id,
                "process/organisation",
                f"泳道“{lane.name}”的单位“{lane.organisation}”不存在，"
                "请改正 candidates",
            )
    if element.id not in house.forms:
        yield Defect(
            element.id, "process/form", f"forms.py 里没有“{element.id}”的表单，请写上"
        )
    if element.id not in house.texts:
        yield Defect(
            element.id,
            "process/text",
            f"texts.toml 里没有“{element.id}”的标题，请写上",
        )
    if element.limit is not None and element.limit not in house.limits:
        yield Defect(
            element.id,
            "process/limit",
            f"time_limits.py 里没有时限“{element.limit}”，请写上",
        )
    yield from _duties(element, process)
    if element.loop is not None:
        yield from _co_signing(element)


def _duties(element: Element, process: Process) -> Iterator[Defect]:
    if element.duty is not None and element.duty not in DUTIES:
        yield Defect(
            element.id,
            "process/duty",
            f"职责“{element.duty}”不存在，请写 making、reviewing 或 approving",
        )
    others = {each.id for each in process.user_tasks()} - {element.id}
    for name in element.separate_from:
        if name not in others | DUTIES:
            yield Defect(
                element.id,
                "process/separate-from",
                f"separateFrom 里的“{name}”不是别的人工任务，也不是职责，请改正",
            )


def _co_signing(element: Element) -> Iterator[Defect]:
    """Find repetitions of a person's step that are no round of organisations."""
    loop = element.loop
    if loop is None:
        return
    if (
        loop.sequential
        or not loop.collection
        or any((loop.standard, loop.cardinality, loop.condition, loop.output))
    ):
        yield Defect(
            element.id,
            "process/co-signing",
            "人工任务只能作并行的多实例，只写单位名单 loopDataInputRef，"
            "怎样算通过写在数据里，请改正",
        )
    if element.lane and element.lane.organisation not in SHARED_PARTS:
        yield Defect(
            element.id,
            "process/co-signing",
            "几个单位一起办的任务要放在 joint 或 consulted 的泳道里，请移过去",
        )


def _timer(element: Element, house: HouseRules) -> Iterator[Defect]:
    for trigger in element.triggers:
        timer = trigger.timer
        if timer is not None and (
            timer.kind != "timeDate" or timer.expression not in house.limits
        ):
            yield Defect(
                element.id,
                "process/timer",
                f"定时“{timer.expression}”不是本流程的时限，"
                "请用 timeDate 写 time_limits.py 里的名称",
            )


def _layout(definition: Definition, process: Process) -> Iterator[Defect]:
    drawn = {
        shape.get("bpmnElement")
        for kind in ("BPMNShape", "BPMNEdge")
        for shape in definition.root.iter(f"{DIAGRAM}{kind}")
    }
    lanes = [lane.get("id", "") for lane in process.node.iter(f"{{{BPMN}}}lane")]
    for name in [*process.elements, *(flow.id for flow in process.flows), *lanes]:
        if name not in drawn:
            yield Defect(name, "process/layout", f"图上没有画出“{name}”，请在图里排好")
