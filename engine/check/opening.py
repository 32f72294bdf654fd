"""Files as the check holds them: read once, whatever a stranger wrote."""

from dataclasses import dataclass

from lxml import etree

from engine.bpmn.reading import Definition, definition_in
from engine.bpmn.xml import UnreadableDefinition, read_xml
from engine.check.dmn import decision_of, is_dmn
from engine.check.report import Defect


@dataclass(frozen=True)
class File:
    """A file whose XML could be read: a diagram or else a decision table."""

    data: bytes
    root: etree._Element
    definition: Definition | None

    @property
    def decision(self) -> str:
        """The id of the decision in a decision table; empty for a diagram."""
        return "" if self.definition is not None else decision_of(self.root) or ""


def open_file(data: bytes) -> File | Defect:
    """Read a file; answer what is wrong with it where that is not possible."""
    try:
        root = read_xml(data)
        return File(data, root, None if is_dmn(root) else definition_in(root))
    except UnreadableDefinition as unreadable:
        return Defect(None, unreadable.rule, unreadable.reason)
