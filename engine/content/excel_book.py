"""An Excel file taken apart: sheets, cells, and which of them a reader sees."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from engine.content.excel_values import Shown, format_of, shown
from engine.content.names import local, r, x
from engine.content.package import Element, Package, Unreadable
from engine.content.passages import Leaf
from engine.content.tables import letters, number

#: More than anybody reads; a larger table is published in parts.
MOST_CELLS = 500_000

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_OFF = frozenset({"0", "false", ""})
_MOST_COLUMNS = 16_384

_FEW_COVERED = 10_000


def is_on(value: str | None) -> bool:
    """Whether an attribute that is there or not is switched on."""
    return value is not None and value not in _OFF


@dataclass(eq=False, slots=True)
class Text:
    """A text of a cell: plain, or in pieces of different looks."""

    plain: str
    #: The pieces, if it has them.
    rich: Element | None = None
    #: How it is pronounced: stored beside the text, on no page.
    spoken: str = ""


@dataclass(eq=False, slots=True)
class Cell:
    """A cell with something in it."""

    row: int
    column: int
    kind: str
    style: int
    raw: str = ""
    formula: str = ""
    #: A text of its own, in the cell and not in the table of texts.
    text: Text | None = None
    has_formula: bool = False

    @property
    def place(self) -> str:
        """Its place as people write it."""
        return f"{letters(self.column)}{self.row}"


@dataclass(eq=False)
class Sheet:
    """A sheet: its cells, what of them is hidden, and the rest of its part."""

    number: int
    name: str
    part: str
    hidden: bool
    #: The sheet's entry in the book.
    entry: Element
    root: Element
    cells: list[Cell]
    rows: dict[int, Element]
    hidden_rows: set[int] = field(default_factory=set)

    @cached_property
    def merges(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return the last row and column of what is merged, by the first ones."""
        found = {}
        for merge in self.root.iter(x("mergeCell")):
            ends = _PLACE.findall(merge.get("ref", ""))
            if len(ends) == 2:
                (left, top), (right, bottom) = ends
                found[int(top), number(left)] = int(bottom), number(right)
        return found

    @cached_property
    def hidden_columns(self) -> set[int]:
        """Return the columns that no reader sees."""
        shown_: set[int] = set()
        found: set[int] = set()
        for column in self.root.iter(x("col")):
            first = _whole(column.get("min"))
            last = min(_whole(column.get("max")), _MOST_COLUMNS)
            is_hidden = is_on(column.get("hidden")) or _is_zero(column.get("width"))
            (found if is_hidden else shown_).update(range(first, last + 1))
        usual = self.root.find(x("sheetFormatPr"))
        if usual is not None and _is_zero(usual.get("defaultColWidth")):
            found.update(set(range(1, _MOST_COLUMNS + 1)) - shown_)
        return found

    def span(self, cell: Cell) -> str:
        """Return the place of a cell with all that is merged into it."""
        last = self.merges.get((cell.row, cell.column))
        if last is None or last == (cell.row, cell.column):
            return cell.place
        return f"{cell.place}:{letters(last[1])}{last[0]}"

    def sees(self, cell: Cell) -> bool:
        """Whether a reader sees a cell."""
        place = cell.row, cell.column
        if self.hidden or place in self._covered:
            return False
        if place not in self.merges:
            return not (
                cell.row in self.hidden_rows or cell.column in self.hidden_columns
            )
        last_row, last_column = self.merges[place]
        rows = range(cell.row, min(last_row, cell.row + _FEW_COVERED) + 1)
        columns = range(cell.column, min(last_column, _MOST_COLUMNS) + 1)
        # What is merged shows in whatever row and column of it is not hidden.
        return any(row not in self.hidden_rows for row in rows) and any(
            column not in self.hidden_columns for column in columns
        )

    @cached_property
    def _covered(self) -> set[tuple[int, int]]:
        """Return the cells that lie under others that are merged."""
        filled = {(cell.row, cell.column) for cell in self.cells}
        found = set()
        for (top, left), (bottom, right) in self.merges.items():
            if (bottom - top + 1) * (right - left + 1) > _FEW_COVERED:
                inside = {
                    (row, column)
                    for row, column in filled
                    if top <= row <= bottom and left <= column <= right
                }
            else:
                inside = {
                    (row, column)
                    for row in range(top, bottom + 1)
                    for column in range(left, right + 1)
                }
            found |= inside - {(top, left)}
        return found


def _no_cell(_sheet: Sheet, _cell: Cell) -> bool:
    return False


class Book:
    """An Excel file: its sheets in order, its texts, its formats."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main("xl/workbook.xml")
        self.root = package.root(self.main)
        if self.root.tag != x("workbook"):
            raise Unreadable("文件里没有 Excel 工作簿")
        properties = self.root.find(x("workbookPr"))
        self.since_1904 = properties is not None and is_on(properties.get("date1904"))
        self._left = MOST_CELLS
        self.texts = list(self._texts())
        self.styles_part = self.part("styles")
        self.styles = package.root(self.styles_part) if self.styles_part else None
        #: The numbers of the formats, by style.
        self.format_numbers = self._read_format_numbers()
        self._formats = self._read_formats()
        #: Sheets that are no tables: charts and dialogs.
        self.strange: list[str] = []
        self.sheets = list(self._sheets())

    def part(self, kind: str) -> str:
        """Return the part of a kind that the book is tied to, if there is one."""
        for tie in self.package.relationships(self.main).values():
            if tie.kind == kind and not tie.external:
                return tie.target
        return ""

    def text(self, cell: Cell) -> Text | None:
        """Return the text that a cell holds, if it is one."""
        if cell.kind == "s":
            index = _whole(cell.raw)
            return self.texts[index] if index < len(self.texts) else Text("")
        if cell.kind == "inlineStr":
            return cell.text
        return Text(cell.raw) if cell.kind in {"str", "d"} else None

    def shown(self, cell: Cell) -> Shown:
        """Return what a reader sees of a cell."""
        text = self.text(cell)
        if text is not None:
            hides = self.format(cell).count(";") >= 3 and self._hides_text(cell)
            return Shown("" if hides else text.plain, None)
        if cell.kind == "b":
            return Shown("TRUE" if cell.raw == "1" else "FALSE", cell.raw)
        if cell.kind == "e" or not cell.raw:
            return Shown(cell.raw, cell.raw)
        return shown(cell.raw, self.format(cell), since_1904=self.since_1904)

    def format(self, cell: Cell) -> str:
        """Return the format of a cell's numbers."""
        if 0 <= cell.style < len(self._formats):
            return self._formats[cell.style]
        return "General"

    def used_formats(self, but: Callable[[Sheet, Cell], bool] = _no_cell) -> set[str]:
        """Return the numbers of the formats of the cells that are seen."""
        return {
            str(self.format_numbers[cell.style])
            for sheet in self.sheets
            for cell in sheet.cells
            if cell.style < len(self.format_numbers)
            and sheet.sees(cell)
            and not but(sheet, cell)
        }

    def _hides_text(self, cell: Cell) -> bool:
        return not self.format(cell).split(";")[3].strip()

    def _texts(self) -> Iterator[Text]:
        part = self.part("sharedStrings")
        found: list[Text] = []
        if part:
            self.package.stream(part, x("si"), lambda one: found.append(_text(one)))
        return iter(found)

    def _read_formats(self) -> list[str]:
        if self.styles is None:
            return []
        own = {
            _whole(one.get("numFmtId")): one.get("formatCode", "")
            for one in self.styles.iter(x("numFmt"))
        }
        return [format_of(each, own) for each in self.format_numbers]

    def _read_format_numbers(self) -> list[int]:
        styles = None if self.styles is None else self.styles.find(x("cellXfs"))
        return [
            _whole(one.get("numFmtId")) for one in ([] if styles is None else styles)
        ]

    def _sheets(self) -> Iterator[Sheet]:
        ties = self.package.relationships(self.main)
        for order, entry in enumerate(self.root.iter(x("sheet")), start=1):
            name = entry.get("name", "")
            tie = ties.get(entry.get(r("id"), ""))
            if tie is None or tie.external:
                continue
            if tie.kind != "worksheet":
                self.strange.append(name)
                continue
            yield self._sheet(order, entry, tie.target)

    def _sheet(self, order: int, entry: Element, part: str) -> Sheet:
        cells: list[Cell] = []
        rows: dict[int, Element] = {}
        hidden: set[int] = set()

        def visit(row: Element) -> None:
            at = _whole(row.get("r")) or max(rows, default=0) + 1
            rows[at] = row.makeelement(x("row"))
            rows[at].attrib.update(row.attrib)
            if is_on(row.get("hidden")) or _is_zero(row.get("ht")):
                hidden.add(at)
            before = len(cells)
            cells.extend(_cells(row, at))
            self._left -= len(cells) - before
            if self._left < 0:
                raise Unreadable(
                    f"表格超过 {MOST_CELLS // 10_000} 万个单元格，请拆分成几个文件"
                )

        root = self.package.stream(part, x("row"), visit)
        usual = root.find(x("sheetFormatPr"))
        if usual is not None and is_on(usual.get("zeroHeight")):
            hidden.update(at for at, row in rows.items() if not row.get("ht"))
        is_hidden = entry.get("state", "visible") != "visible"
        name = entry.get("name", "")
        return Sheet(order, name, part, is_hidden, entry, root, cells, rows, hidden)


def pieces(text: Element) -> list[Leaf]:
    """Return the pieces of a cell's text; how it is pronounced is none."""
    return [
        Leaf(piece, piece.text or "")
        for piece in text.iter(x("t"))
        if not any(local(str(up.tag)) == "rPh" for up in piece.iterancestors())
    ]


def _text(element: Element) -> Text:
    """Read a text; a rich one keeps its pieces."""
    plain = "".join(leaf.text for leaf in pieces(element))
    if len(element) == 1 and element[0].tag == x("t"):
        return Text(plain)
    spoken = "".join(
        piece.text or "" for one in element.iter(x("rPh")) for piece in one
    )
    kept = element.makeelement(x("si"))
    kept.extend([one for one in element if one.tag in (x("r"), x("t"))])
    return Text(plain, kept, spoken)


def _cells(row: Element, at: int) -> Iterator[Cell]:
    column = 0
    for element in row:
        if element.tag != x("c"):
            continue
        found = _PLACE.fullmatch(element.get("r", ""))
        column = number(found[1]) if found else column + 1
        raw, formula = element.findtext(x("v")), element.find(x("f"))
        own = element.find(x("is"))
        cell = Cell(
            at,
            column,
            element.get("t", "n"),
            _whole(element.get("s")),
            raw or "",
            "" if formula is None else formula.text or "",
            None if own is None else _text(own),
            formula is not None,
        )
        if raw or formula is not None or own is not None:
            yield cell


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < _SANE else 0


def _is_zero(text: str | None) -> bool:
    try:
        return text is not None and float(text) == 0
    except ValueError:
        return False


#: A number with more digits counts nothing in a table.
_SANE = 10
