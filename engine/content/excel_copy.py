"""The public copy of an Excel file: the values that are seen, and their looks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from engine.content import drawing_copy
from engine.content.blocks import Cut
from engine.content.excel import Table, address
from engine.content.excel_book import Book, Cell, Sheet, pieces
from engine.content.excel_scales import scales
from engine.content.names import EXCEL, a, local, space, x
from engine.content.package import Element, Package, Unreadable, unnamed_root, written
from engine.content.passages import Passage, cut_text
from engine.content.remaking import Handler, PartMaker, Remaking, Rules, keep_space

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TEXTS = "xl/sharedStrings.xml"
_PARTS = {
    "officeDocument": ("xl/workbook.xml", f"{_TYPE}.sheet.main+xml"),
    "worksheet": ("xl/worksheets/sheet{}.xml", f"{_TYPE}.worksheet+xml"),
    "styles": ("xl/styles.xml", f"{_TYPE}.styles+xml"),
    "theme": (
        "xl/theme/theme1.xml",
        "application/vnd.openxmlformats-officedocument.theme+xml",
    ),
    "drawing": (
        "xl/drawings/drawing{}.xml",
        "application/vnd.openxmlformats-officedocument.drawing+xml",
    ),
    **drawing_copy.parts("xl"),
}
#: What of a sheet is about what is seen of it.
_SHEET = frozenset(
    x(name)
    for name in (
        *("sheetPr", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells"),
        *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks"),
        *("colBreaks", "drawing", "conditionalFormatting"),
    )
)
_ROW = frozenset(
    {
        *("s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel"),
        *("collapsed", "thickTop", "thickBot"),
    }
)
#: Looks of conditions and of tables, which a copy has not.
_DROPPED = drawing_copy.DROPPED | {x("dxfs"), x("tableStyles"), x("pivotSelection")}
_PRINTED = re.compile(r"_xlnm\.(Print_Area|Print_Titles)")
_RANGE = re.compile(r"!(\$?[A-Z]{0,3}\$?\d{0,7}(?::\$?[A-Z]{0,3}\$?\d{0,7})?)(?=,|$)")
_LONGEST_NAME = 31
_NO_ROWS = b"<sheetData/>"


def copy(data: bytes, cuts: Mapping[str, Sequence[Cut]]) -> bytes:
    """Return the public copy of an Excel file.

    Formulas are replaced by their values, and a value that shows only a part of what
    is stored by what it shows.
    """
    return _Copy(Table(Package(data)), cuts).make()


class _Copy:
    """One copy while it is made."""

    def __init__(self, table: Table, cuts: Mapping[str, Sequence[Cut]]) -> None:
        self._book: Book = table.book
        self._cuts = cuts
        self._texts: dict[bytes | str, int] = {}
        for passage in table.passages():
            passage.cut(cuts.get(passage.address, ()))
        self._kept = [sheet for sheet in self._book.sheets if not sheet.hidden]
        if not self._kept:
            raise Unreadable("工作簿里没有看得见的表")
        roots = {part: story.root for part, story in table.stories.items()}
        roots.update((sheet.part, sheet.root) for sheet in self._kept)
        roots[self._book.main] = self._book.root
        if self._book.styles is not None:
            roots[self._book.styles_part] = self._book.styles
        self._used_formats = self._book.used_formats(
            lambda sheet, cell: address(sheet, cell) in cuts
        )
        gone = {one for story in table.stories.values() for one in story.gone}
        self._whole = Remaking(table.package, self._rules(), roots, gone)

    def make(self) -> bytes:
        """Return the whole file."""
        main = self._whole.take(self._book.main, "officeDocument")
        for sheet in self._kept:
            self._with_rows(sheet)
        self._whole.tie("", {"rId1": ("officeDocument", main)})
        self._whole.put(_TEXTS, self._shared_texts(), f"{_TYPE}.sharedStrings+xml")
        return self._whole.data()

    def _rules(self) -> Rules:
        special: dict[str, Handler] = {
            x("workbook"): self._workbook,
            x("worksheet"): _worksheet,
            x("sheetData"): lambda maker, _: [maker.root.makeelement(x("sheetData"))],
            x("pageSetup"): _page,
            x("cellStyle"): _style,
            x("conditionalFormatting"): scales,
            x("numFmt"): self._format,
        }
        return Rules(
            _PARTS,
            "xl/media",
            _DROPPED,
            special={**drawing_copy.SPECIAL, **special},
            unnamed={"officeDocument": ("styles", "theme")},
            finish=_finish,
        )

    def _workbook(self, maker: PartMaker, element: Element) -> list[Element]:
        new = maker.root.makeelement
        made = new(str(element.tag))
        properties = new(x("workbookPr"))
        if self._book.since_1904:
            properties.set("date1904", "1")
        views, sheets = new(x("bookViews")), new(x("sheets"))
        names: list[Element] = []
        views.append(new(x("workbookView")))
        titles = list(_titles(sheet.entry.get("name", "") for sheet in self._kept))
        for index, (sheet, title) in enumerate(zip(self._kept, titles, strict=True)):
            entry = maker.alike(sheet.entry)[0]
            for key in list(entry.attrib):
                if not space(str(key)):
                    del entry.attrib[key]
            entry.set("name", title)
            entry.set("sheetId", str(index + 1))
            sheets.append(entry)
            names += self._printed(maker, sheet, index, title)
        made.extend([properties, views, sheets])
        if names:
            defined = new(x("definedNames"))
            defined.extend(names)
            made.append(defined)
        maker.tied("texts", "sharedStrings", _TEXTS)
        return [made]

    def _printed(
        self, maker: PartMaker, sheet: Sheet, index: int, title: str
    ) -> Iterator[Element]:
        """Yield what of a sheet is printed."""
        quoted = title.replace("'", "''")
        entries = list(self._book.root.iter(x("sheet")))
        old_index = str(entries.index(sheet.entry))
        for name in self._book.root.iter(x("definedName")):
            called, ranges = name.get("name", ""), _RANGE.findall(name.text or "")
            is_this = name.get("localSheetId") == old_index
            if is_this and ranges and _PRINTED.fullmatch(called):
                made = maker.root.makeelement(x("definedName"))
                made.set("name", called)
                made.set("localSheetId", str(index))
                made.text = ",".join(f"'{quoted}'!{one}" for one in ranges)
                yield made

    def _with_rows(self, sheet: Sheet) -> None:
        """Put the cells into a sheet; as text, since there may be very many."""
        cells: dict[int, list[Cell]] = {}
        for cell in sheet.cells:
            if sheet.sees(cell):
                cells.setdefault(cell.row, []).append(cell)
        lines = ["<sheetData>"]
        for at, looks in sorted(sheet.rows.items()):
            attributes = "".join(
                f" {key}={quoteattr(str(value))}"
                for key, value in looks.attrib.items()
                if key in _ROW
            )
            in_row = sorted(cells.get(at, ()), key=lambda each: each.column)
            inside = "".join(self._cell(sheet, cell) for cell in in_row)
            lines.append(f'<row r="{at}"{attributes}>{inside}</row>')
        lines.append("</sheetData>")
        name = self._whole.take(sheet.part, "worksheet")
        self._whole.change(name, _NO_ROWS, "".join(lines).encode())

    def _cell(self, sheet: Sheet, cell: Cell) -> str:
        shown = self._book.shown(cell)
        cuts = self._cuts.get(address(sheet, cell), ())
        text = self._book.text(cell)
        kind = "s"
        if text is not None and text.rich is not None and shown.text:
            value = str(self._rich(text.rich, cuts))
        elif cuts or shown.number is None or text is not None:
            plain = cut_text(shown.text, cuts)
            if not plain:
                return ""
            value = str(self._text(plain))
        else:
            value, kind = escape(shown.number), cell.kind
        style = f' s="{cell.style}"' if cell.style else ""
        type_ = f' t="{kind}"' if kind in {"s", "b", "e"} else ""
        return f'<c r="{cell.place}"{style}{type_}><v>{value}</v></c>'

    def _text(self, plain: str) -> int:
        return self._texts.setdefault(plain, len(self._texts))

    def _rich(self, rich: Element, cuts: Sequence[Cut]) -> int:
        made = unnamed_root(x("si"), EXCEL)
        made.extend(_alike(one) for one in rich)
        Passage("", "", pieces(made)).cut(cuts)
        return self._texts.setdefault(etree.tostring(made), len(self._texts))

    def _shared_texts(self) -> bytes:
        root = unnamed_root(x("sst"), EXCEL)
        for text in self._texts:
            if isinstance(text, str):
                one = etree.SubElement(root, x("si"))
                etree.SubElement(one, x("t")).text = text
            else:
                root.append(etree.fromstring(text))
        for words in root.iter(x("t")):
            keep_space(words)
        return written(root)

    def _format(self, maker: PartMaker, element: Element) -> list[Element]:
        """Keep the formats of what is kept; the words of others are gone."""
        made = maker.alike(element)
        if element.get("numFmtId") not in self._used_formats:
            made[0].set("formatCode", "General")
        return made


def _alike(element: Element) -> Element:
    """Return a piece of a text as it is, without what is not known."""
    made = etree.Element(str(element.tag))
    if element.tag == x("t"):
        made.text = element.text
    for key, value in element.attrib.items():
        if not space(str(key)):
            made.set(key, value)
    made.extend(_alike(one) for one in element if space(str(one.tag)) == EXCEL)
    return made


def _titles(names: Iterator[str]) -> Iterator[str]:
    """Yield names that sheets may have, each one once."""
    taken: set[str] = set()
    for name in names:
        plain = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:_LONGEST_NAME] or "表"
        title, number = plain, 1
        while title.lower() in taken:
            number += 1
            title = f"{plain[: _LONGEST_NAME - 6]} ({number})"
        taken.add(title.lower())
        yield title


def _worksheet(maker: PartMaker, element: Element) -> list[Element]:
    made = maker.root.makeelement(str(element.tag))
    for child in element:
        if child.tag in _SHEET:
            made.extend(maker.element(child))
    return [made]


def _page(maker: PartMaker, element: Element) -> list[Element]:
    """Keep how a sheet is printed without the printer that it was printed on."""
    made = maker.root.makeelement(x("pageSetup"))
    for key, value in element.attrib.items():
        if not space(str(key)):
            made.set(key, value)
    return [made]


def _style(maker: PartMaker, element: Element) -> list[Element]:
    """Give a style that somebody made a name that says nothing."""
    made = maker.alike(element)
    if element.get("builtinId") is None:
        made[0].set("name", f"样式 {element.get('xfId', '')}")
    return made


def _finish(root: Element) -> None:
    """Take away the anchors of drawings of which nothing is left."""
    for graphic in list(root.iter(a("graphicData"))):
        for up in graphic.iterancestors():
            parent = up.getparent()
            is_anchor = local(str(up.tag)).endswith("Anchor")
            if len(graphic) == 0 and is_anchor and parent is not None:
                parent.remove(up)
                break
