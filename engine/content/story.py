"""The text of one part of an Office file, in passages, as a reader would see it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.content.blocks import Block
from engine.content.fields import PAGE_NUMBER, Fields
from engine.content.names import KNOWN, a, c, local, m, mc, v, w
from engine.content.package import Element
from engine.content.passages import Leaf, Passage, State
from engine.content.styles import Styles, is_on
from engine.content.tables import places

_SIGNS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("br"): "\n",
    a("br"): "\n",
    w("noBreakHyphen"): "-",
}
#: Breaks of pages and columns are no characters.
_LAYOUT_BREAKS = frozenset({"page", "column"})
#: Properties: no text of theirs is on the page.
_SKIPPED = frozenset(
    {
        *(w(f"{what}Pr") for what in ("p", "r", "tbl", "tr", "tc", "sect", "ruby")),
        *(w("tblGrid"), w("tblPrEx"), m("ctrlPr"), a("pPr"), a("rPr")),
    }
)
#: What a paragraph may hold besides text.
_MORE_THAN_TEXT = (w("drawing"), w("pict"), w("object"), w("sectPr"))
#: Where people leave words that no page shows, and the attribute that has them.
_NOTES = {
    w("alias"): ("控件名称", "val"),
    w("tag"): ("控件标记", "val"),
    w("listItem"): ("控件选项", "displayText"),
    w("helpText"): ("控件说明", "val"),
    w("statusText"): ("控件说明", "val"),
    w("default"): ("控件默认值", "val"),
    w("listEntry"): ("控件选项", "val"),
    w("hyperlink"): ("链接提示", "tooltip"),
    w("tblCaption"): ("表格说明", "val"),
    w("tblDescription"): ("表格说明", "val"),
    w("bookmarkStart"): ("书签", "name"),
    w("docVar"): ("文档变量", "val"),
}
#: Names that a program gives by itself: Picture 1, 文本框 2.
_GIVEN_NAME = re.compile(r"_.*|[A-Za-z_ ]*\d{0,5}|\w{1,4} ?\d{1,5}")


@dataclass(frozen=True)
class _Place:
    """Where the walk is."""

    words: str
    kind: str = "aside"
    table: str = ""
    cell: str = ""
    state: State = State.SEEN

    def within(self, state: State) -> "_Place":
        """Return the same place where nothing is seen, or this one if it is so."""
        if self.state is not State.SEEN or state is State.SEEN:
            return self
        return _Place(self.words, self.kind, self.table, self.cell, state)


_Visit = Callable[[Element, Passage | None, _Place], None]


class Story:
    """What one part says, and which of its elements no reader sees."""

    def __init__(
        self,
        part: str,
        root: Element,
        words: str,
        *,
        kind: str = "aside",
        styles: Styles | None = None,
        hidden: bool = False,
    ) -> None:
        self.root = root
        self.passages: list[Passage] = []
        #: What a copy leaves out.
        self.gone: set[Element] = set()
        #: Paragraphs whose end was deleted: they run on into the next one.
        self.run_on: set[Element] = set()
        self.pictures: list[Element] = []
        self.notes: list[tuple[str, str]] = []
        self._cells: dict[Element, _Place] = {}
        self._part = part
        self._styles = styles or Styles(None)
        self._hidden = hidden
        self._fields = Fields(root)
        self._tables = 0
        self._visits = self._visitors()
        self._walk(root, None, _Place(words, kind))
        self.gone |= self._fields.gone
        #: How many fields have no result, only a code that Office draws.
        self.drawn_codes = self._fields.drawn
        self._number()

    def blocks(self) -> Iterator[Block]:
        """Yield the text, and apart what is not seen."""
        seen = {passage.seen for passage in self.passages}
        for passage in self.passages:
            for block in passage.blocks():
                # Old programs' version of a text box mostly says the same.
                repeats = block.address.endswith("/aside") and block.text in seen
                if not repeats and not PAGE_NUMBER.fullmatch(block.text):
                    yield block
        for number, (name, text) in enumerate(self.notes, start=1):
            yield Block(f"{self._part}/note/{number}", name, text, hidden=True)

    def _number(self) -> None:
        counts: Counter[str] = Counter()
        for passage in self.passages:
            if passage.kind != "cell" and any(leaf.text for leaf in passage.leaves):
                counts[passage.label] += 1
                passage.label = f"{passage.label}第 {counts[passage.label]} 段"

    def _walk(self, element: Element, passage: Passage | None, place: _Place) -> None:
        for child in element:
            self._visit(child, passage, place)

    def _visit(self, child: Element, passage: Passage | None, place: _Place) -> None:
        tag = child.tag
        if tag in _SKIPPED:
            return
        visit = self._visits.get(tag)
        if visit is not None:
            visit(child, passage, place)
        else:
            self._note(child)
            self._walk(child, passage, place)

    def _visitors(self) -> dict[str, _Visit]:
        """Return how the elements are visited that have, hold or hide a text."""
        return {
            **dict.fromkeys(
                (w("t"), m("t"), w("delText"), a("t"), c("v")), self._plain
            ),
            **dict.fromkeys((*_SIGNS, w("sym")), self._sign),
            **dict.fromkeys((w("instrText"), w("delInstrText")), self._code),
            **dict.fromkeys((w("p"), a("p")), self._paragraph),
            **dict.fromkeys((w("tr"), w("tc")), self._row_or_cell),
            **dict.fromkeys((w("del"), w("moveFrom")), self._deleted),
            **dict.fromkeys((a("blip"), v("imagedata")), self._picture),
            w("r"): self._run,
            w("tbl"): self._table,
            w("fldChar"): self._field,
            w("fldSimple"): self._small_field,
            w("txbxContent"): self._box,
            v("textpath"): self._watermark,
            mc("AlternateContent"): self._choice,
        }

    def _plain(self, child: Element, passage: Passage | None, place: _Place) -> None:
        self._add(passage, place, Leaf(child, child.text or ""))

    def _box(self, child: Element, passage: Passage | None, place: _Place) -> None:
        del passage
        self._walk(child, None, _Place("文本框", state=place.state))

    def _picture(self, child: Element, passage: Passage | None, place: _Place) -> None:
        self._note(child)
        if place.state is State.SEEN:
            self.pictures.append(child)
        self._walk(child, passage, place)

    def _watermark(
        self, child: Element, passage: Passage | None, place: _Place
    ) -> None:
        del passage
        alone = self._begin(_Place("艺术字", state=place.state))
        self._add(
            alone, place, Leaf(child, child.get("string", ""), attribute="string")
        )

    def _small_field(
        self, child: Element, passage: Passage | None, place: _Place
    ) -> None:
        code = Leaf(child, child.get(w("instr"), ""), attribute=w("instr"))
        self._add(passage, place.within(State.CODE), code)
        self._walk(child, passage, place)

    def _deleted(self, child: Element, passage: Passage | None, place: _Place) -> None:
        self.gone.add(child)
        self._walk(child, passage, place.within(State.DELETED))

    def _paragraph(
        self, child: Element, passage: Passage | None, place: _Place
    ) -> None:
        mark = child.find(f"{w('pPr')}/{w('rPr')}")
        passage = self._begin(place)
        self._walk(child, passage, place)
        if mark is None:
            return
        if mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None:
            self.run_on.add(child)
        holds_more = next(child.iter(*_MORE_THAN_TEXT), None) is not None
        if is_on(mark.find(w("vanish"))) and not (passage.seen or holds_more):
            self.gone.add(child)

    def _run(self, child: Element, passage: Passage | None, place: _Place) -> None:
        if self._styles.hides(child):
            self.gone.add(child)
            place = place.within(State.VANISHED)
        self._walk(child, passage, place)

    def _sign(self, child: Element, passage: Passage | None, place: _Place) -> None:
        if child.get(w("type")) in _LAYOUT_BREAKS:
            return
        text = _SIGNS.get(str(child.tag)) or _symbol(child.get(w("char"), ""))
        self._add(passage, place, Leaf(child, text, as_text=_put_text))

    def _add(self, passage: Passage | None, place: _Place, leaf: Leaf) -> None:
        if self._fields.in_code:
            place = place.within(State.CODE)
        leaf.state = place.state
        if leaf.state is not State.SEEN and not leaf.attribute:
            self.gone.add(leaf.element)
        if leaf.text:
            passage = passage or self._begin(place)
            passage.leaves.append(leaf)

    def _begin(self, place: _Place) -> Passage:
        where = f"/{place.table}/{place.cell}" if place.cell else ""
        address = f"{self._part}{where}/{len(self.passages) + 1}"
        kind = "cell" if place.cell else place.kind
        passage = Passage(address, place.words, [], kind, self._hidden)
        self.passages.append(passage)
        return passage

    def _code(self, child: Element, passage: Passage | None, place: _Place) -> None:
        text = child.text or ""
        if text and place.state is State.SEEN:
            passage = passage or self._begin(place)
            passage.leaves.append(Leaf(child, text, State.CODE))
        self._fields.code(child)

    def _field(self, child: Element, passage: Passage | None, place: _Place) -> None:
        self._fields.mark(child)
        self._walk(child, passage, place)

    def _choice(self, child: Element, passage: Passage | None, place: _Place) -> None:
        taken = chosen(child)
        for branch in child:
            state = State.SEEN if branch is taken else State.ASIDE
            self._walk(branch, passage, place.within(state))

    def _table(self, child: Element, passage: Passage | None, place: _Place) -> None:
        del passage
        for property_ in child.iterfind(f"{w('tblPr')}/*"):
            self._note(property_)
        self._tables += 1
        table = f"T{self._tables}"
        for cell, where in places(child).items():
            self._cells[cell] = _Place(
                f"表格 {self._tables} 第 {where.row} 行第 {where.column} 列",
                table=table,
                cell=where.address,
            )
        self._walk(child, None, place)

    def _row_or_cell(
        self, child: Element, passage: Passage | None, place: _Place
    ) -> None:
        del passage
        self._walk(child, None, self._in_table(child, place))

    def _in_table(self, child: Element, place: _Place) -> _Place:
        """Return the place of a row or cell, which may be deleted or hidden."""
        state = State.SEEN
        marks = (f"{w('trPr')}/{w('del')}", f"{w('tcPr')}/{w('cellDel')}")
        if any(child.find(mark) is not None for mark in marks):
            state = State.DELETED
        elif is_on(child.find(f"{w('trPr')}/{w('hidden')}")):
            state = State.VANISHED
        if state is not State.SEEN:
            self.gone.add(child)
        inner = self._cells.get(child, place)
        return inner.within(state if place.state is State.SEEN else place.state)

    def _note(self, element: Element) -> None:
        """Keep what an element says that no page shows."""
        name, attribute = _NOTES.get(str(element.tag), ("", ""))
        if name:
            text = element.get(w(attribute), "")
            self._keep_note(name, text)
        if local(element.tag) in {"docPr", "cNvPr"}:
            given = element.get("name", "")
            self._keep_note("图片名称", given)
            self._keep_note("图片说明", element.get("descr", ""))
            self._keep_note("图片说明", element.get("title", ""))
        elif local(element.tag) in {"shape", "imagedata", "rect"}:
            for key, value in element.attrib.items():
                if local(str(key)) in {"alt", "title"}:
                    self._keep_note("图片说明", str(value))

    def _keep_note(self, name: str, text: str) -> None:
        if not _GIVEN_NAME.fullmatch(text.strip()):
            self.notes.append((name, text.strip()))


def chosen(alternate: Element) -> Element | None:
    """Return the version that today's programs show of those that are offered."""
    for branch in alternate:
        if branch.tag == mc("Fallback"):
            return branch
        needed = branch.get("Requires", "").split()
        if branch.tag == mc("Choice") and all(
            branch.nsmap.get(prefix) in KNOWN for prefix in needed
        ):
            return branch
    return None


def _symbol(code: str) -> str:
    """Return the character of a symbol font; most are boxes to be ticked."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "□"
    if "\ue000" <= character <= "\uf8ff":
        return "☑" if code.upper() in {"F052", "F0FE"} else "□"
    return character if character.isprintable() else "□"


def _put_text(element: Element, text: str) -> None:
    """Let words stand where a sign was."""
    parent = element.getparent()
    if parent is None:
        return
    if text:
        words = parent.makeelement(w("t"))
        words.text = text
        parent.replace(element, words)
    else:
        parent.remove(element)
