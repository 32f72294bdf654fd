"""The fields of a Word text: codes that no reader sees, and results that one does."""

import re
from dataclasses import dataclass, field

from engine.content.names import w
from engine.content.package import Element

#: The codes of fields that stay fields: what they show changes from page to page.
PAGE_NUMBER = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTIONPAGES)"
    r"(\s+\\\*\s+(MERGEFORMAT|Arabic|CHINESENUM[123]|roman|ROMAN|ArabicDash))*\s*"
)
#: The codes of fields that Office draws from the code alone.
_DRAWN = re.compile(r"\s*(EQ|SYMBOL|MACROBUTTON|FORMCHECKBOX|FORMDROPDOWN)\b")


@dataclass
class _Field:
    """A field that is open: its code so far, and the elements that are the code's."""

    code: str = ""
    in_code: bool = True
    marks: list[Element] = field(default_factory=list)


class Fields:
    """The fields of one story, as a walk comes upon their marks."""

    def __init__(self, root: Element) -> None:
        #: What a copy leaves out: the marks and codes of fields that do not stay.
        self.gone: set[Element] = set()
        #: How many have no result, only a code that Office draws.
        self.drawn = 0
        self._open: list[_Field] = []
        self._closed = _closed(root)

    @property
    def in_code(self) -> bool:
        """Whether the walk is inside of a code."""
        return any(each.in_code for each in self._open)

    def code(self, element: Element) -> None:
        """Come upon a piece of a code."""
        if self._open:
            self._open[-1].code += element.text or ""
            self._open[-1].marks.append(element)
        else:
            self.gone.add(element)

    def mark(self, element: Element) -> None:
        """Come upon the mark where a field begins, shows its result or ends."""
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            if element not in self._closed:
                self.gone.add(element)
                return
            self._open.append(_Field())
        if not self._open:
            self.gone.add(element)
            return
        current = self._open[-1]
        current.marks.append(element)
        if kind == "separate":
            current.in_code = False
        elif kind == "end":
            self._open.pop()
            self.drawn += bool(_DRAWN.match(current.code))
            if not PAGE_NUMBER.fullmatch(current.code):
                self.gone.update(current.marks)


def _closed(root: Element) -> set[Element]:
    """Return where the fields begin that also end; a broken file has others."""
    found: set[Element] = set()
    begun: list[Element] = []
    for mark in root.iter(w("fldChar")):
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            begun.append(mark)
        elif kind == "end" and begun:
            found.add(begun.pop())
    return found
