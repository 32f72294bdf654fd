"""Data objects and data stores, and names that data must not have."""

from collections.abc import Iterator

from engine.bpmn.expressions import RESERVED_NAMES
from engine.bpmn.reading import Definition, Element, Process
from engine.bpmn.xml import BPMN, children, text_of
from engine.check.expressions import SPIFF
from engine.check.report import Defect

DATA_NAMES = frozenset(
    {
        *("dataObject", "dataInput", "dataOutput", "property"),
        *("inputDataItem", "outputDataItem", "dataObjectReference"),
    }
)
FORM_FIELDS = frozenset({"formField", "formProperty"})


def file_data_defects(definition: Definition) -> Iterator[Defect]:
    """Find data stores and reserved names anywhere in the file."""
    for node in definition.root.iter("{*}*"):
        local = node.tag.rpartition("}")[2]
        if node.tag == f"{{{BPMN}}}dataStore":
            yield Defect(
                node.get("id"),
                "data-store",
                "引擎没有数据存储，请删去，业务数据由办理动作保存",
            )
        elif (
            node.tag == f"{{{BPMN}}}{local}" and local in DATA_NAMES
        ) or local in FORM_FIELDS:
            if RESERVED_NAMES & {node.get("id"), node.get("name")}:
                yield _reserved(node.get("id"))
        elif node.tag in {
            *(f"{{{BPMN}}}loopDataInputRef", f"{{{BPMN}}}loopDataOutputRef"),
            *(f"{{{SPIFF}}}variableName", f"{{{SPIFF}}}messageVariable"),
        } and (text_of(node) in RESERVED_NAMES):
            yield _reserved(text_of(node))


def data_defects(process: Process) -> Iterator[Defect]:
    """Find data associations on which the library hangs or fails."""
    if process.id in RESERVED_NAMES:
        yield _reserved(process.id)
    objects, pointers = _objects(process), _pointers(process)
    for element in process.elements.values():
        if element.id in RESERVED_NAMES:
            yield _reserved(element.id)
        read = _associated(element, "dataInputAssociation", "sourceRef", pointers)
        writes = _associated(element, "dataOutputAssociation", "targetRef", pointers)
        for name in [*read, *writes]:
            yield from _association(element, name, objects, process)
        specified = any(True for _ in children(element.node, "ioSpecification"))
        if specified and any(name in objects for name in [*read, *writes]):
            yield Defect(
                element.id,
                "data-object-mapping",
                "ioSpecification 与数据对象的对应会失败，请删去其中之一",
            )
    yield from _ad_hoc(process)


def _objects(process: Process) -> dict[str, str]:
    """Answer the scope in which each data object is defined."""
    found = {}
    for node in process.node.iter(f"{{{BPMN}}}dataObject"):
        parent = node.getparent()
        found[node.get("id", "")] = "" if parent is None else parent.get("id", "")
    return found


def _pointers(process: Process) -> dict[str, str]:
    """Answer the data object to which each reference in the file points."""
    root = process.node.getroottree().getroot()
    return {
        node.get("id", ""): node.get("dataObjectRef", "")
        for node in root.iter(f"{{{BPMN}}}dataObjectReference")
    }


def _associated(
    element: Element, association: str, end: str, pointers: dict[str, str]
) -> list[str]:
    """Answer the data objects, or else the references, at the end of associations."""
    names = [
        text_of(reference) or ""
        for node in children(element.node, association)
        for reference in children(node, end)
    ]
    return [pointers.get(name, name) for name in names]


def _association(
    element: Element, name: str, objects: dict[str, str], process: Process
) -> Iterator[Defect]:
    if name not in objects:
        yield Defect(
            element.id,
            "data-association",
            f"“{name}”不是本流程的数据对象，引擎不能读写，请删去这条数据关联",
        )
        return
    scope, depth = element.scope, 0
    while scope != objects[name] and scope in process.elements:
        scope, depth = process.elements[scope].scope, depth + 1
    if scope != objects[name] or depth > 1:
        yield Defect(
            element.id,
            "data-object-nested",
            f"数据对象“{name}”在隔了几层的子流程里用不了，请在同一层里定义",
        )


def _ad_hoc(process: Process) -> Iterator[Defect]:
    for element in process.elements.values():
        if element.kind != "adHocSubProcess":
            continue
        inside = process.within(element.id)
        objects = any(True for _ in children(element.node, "dataObject"))
        ending = text_of(element.node.find(f"{{{BPMN}}}completionCondition"))
        if (
            not (inside and objects and ending)
            or element.attributes.get("ordering", "Parallel") != "Parallel"
            or any(each.kind in {"startEvent", "endEvent"} for each in inside)
        ):
            yield Defect(
                element.id,
                "ad-hoc",
                "这样的临时子流程引擎不能运行，请改用普通子流程和网关",
            )


def _reserved(name: str | None) -> Defect:
    return Defect(
        name,
        "reserved-name",
        "“typename”是引擎保留的名称，会让办件再也打不开，请换一个",
    )
