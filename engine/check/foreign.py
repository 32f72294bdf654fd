"""Code in diagrams, and extensions of other engines that change what happens."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.reading import Definition
from engine.bpmn.xml import BPMN
from engine.check.report import Defect

CODE = {
    "preScript": "前置脚本",
    "postScript": "后置脚本",
    "serviceTaskOperator": "服务操作",
    "script": "脚本",
}
LISTENERS = frozenset(
    {
        *("executionListener", "taskListener"),
        *("executionListeners", "taskListeners"),
    }
)
MAPPINGS = frozenset({"inputOutput", "ioMapping", "connector"})
# Names that only pass on what is passed on anyway.
HARMLESS = frozenset({"variables", "businessKey", "local"})


def foreign_defects(definition: Definition) -> Iterator[Defect]:
    """Find what the engine must not run or would silently leave out."""
    for node in definition.root.iter("{*}*"):
        tag = etree.QName(node)
        if tag.namespace == BPMN:
            if tag.localname == "scriptTask":
                yield Defect(
                    node.get("id"),
                    "script-task",
                    "不执行脚本任务，请改用服务任务，动作写在流程的文件夹里",
                )
            continue
        if not _is_extension(node):
            continue
        if tag.localname in CODE:
            yield Defect(
                _owner(node),
                "extension-script",
                f"不执行{CODE[tag.localname]}，请删去，改用服务任务",
            )
        elif tag.localname in LISTENERS:
            yield Defect(
                _owner(node), "extension-listener", "引擎不理会监听器，请改用服务任务"
            )
        elif tag.localname in MAPPINGS or _renames(node):
            yield Defect(
                _owner(node),
                "extension-mapping",
                "引擎不理会变量映射，请删去，数据会原样传递",
            )


def _is_extension(node: etree._Element) -> bool:
    """Tell an extension's outermost element, so that each is named once."""
    parent = node.getparent()
    if parent is None:
        return False
    if parent.tag == f"{{{BPMN}}}extensionElements":
        return True
    grandparent = parent.getparent()
    return (
        grandparent is not None
        and grandparent.tag == f"{{{BPMN}}}extensionElements"
        and etree.QName(parent).localname not in LISTENERS | MAPPINGS | CODE.keys()
    )


def _renames(node: etree._Element) -> bool:
    """Tell a call activity's mapping that gives a variable another name."""
    if etree.QName(node).localname not in {"in", "out"}:
        return False
    if node.keys() and set(node.keys()) <= HARMLESS:
        return False
    return node.get("source") is None or node.get("source") != node.get("target")


def _owner(node: etree._Element) -> str | None:
    parent = node.getparent()
    while parent is not None:
        if parent.tag.startswith(f"{{{BPMN}}}") and parent.get("id"):
            return parent.get("id")
        parent = parent.getparent()
    return None
