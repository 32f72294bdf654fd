"""What a page shows of a file: paragraphs and tables, without the file's own looks."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from engine.content.blocks import Block
from engine.content.reading import read
from engine.content.tables import number

#: A page in the browser is no place for more; the file has them all.
MOST_ROWS = 300

_CELL = re.compile(r"(.+)/([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?(?:/\d+)?")
_PRINT_CODE = re.compile(r'&(?:"[^"]*"|[A-Za-z]|\d+)')
#: Page numbers and the like say nothing on a page that has none.
_SAYS_NOTHING = re.compile(r"[\W\d_第页共]*")
_ENDS = ("。", "！", "？", "；", "：", "”", "）")
#: A line that fills this part of the widest one goes on in the next.
_FULL = 0.9


@dataclass(frozen=True)
class Line:
    """A paragraph and how it stands: title, heading, body, right, aside."""

    text: str
    kind: str


@dataclass(frozen=True)
class Cell:
    """A cell of a table and how many columns and rows it spans."""

    text: str = ""
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """A table, row by row; what others span is left out."""

    rows: tuple[tuple[Cell, ...], ...]
    #: The first row names the columns.
    headed: bool = False
    #: How many rows are not shown.
    left_out: int = 0
    kind: str = "table"


Piece = Line | Table


def text_of(media_type: str, data: bytes) -> list[Piece] | None:
    """Return what a page shows of a file; None where it can show nothing."""
    return pieces(read(media_type, data).visible) or None


def pieces(blocks: Iterable[Block]) -> list[Piece]:
    """Return blocks as they stand on a page."""
    found: list[Piece] = []
    for place, group in groupby(blocks, key=_place):
        if place.startswith("page "):
            found += _joined(list(group))
        elif place:
            found.append(_table(list(group)))
        else:
            found += filter(None, map(_line, group))
    return found


def _place(block: Block) -> str:
    """Return what a block is a part of: a table, a page, or nothing."""
    if block.kind == "cell":
        found = _CELL.fullmatch(block.address)
        return found[1] if found else ""
    is_page = block.address.startswith("page/")
    return f"page {block.address.split('/')[1]}" if is_page else ""


def _line(block: Block) -> Line | None:
    text = block.text
    if "/print/" in block.address:
        text = _PRINT_CODE.sub(" ", text).strip()
    if block.kind == "aside" and _SAYS_NOTHING.fullmatch(text):
        return None
    return Line(text, block.kind)


def _joined(lines: Sequence[Block]) -> Iterator[Line]:
    """Yield a page's lines as the paragraphs that they make up."""
    widest = max(_width(line.text) for line in lines)
    current: Line | None = None
    goes_on = False
    for block in lines:
        if _SAYS_NOTHING.fullmatch(block.text):
            continue
        if current is not None and goes_on and block.kind == "body":
            gap = " " if (current.text[-1:] + block.text[:1]).isascii() else ""
            current = replace(current, text=current.text + gap + block.text)
        else:
            if current is not None:
                yield current
            current = Line(block.text, block.kind)
        is_full = _width(block.text) >= widest * _FULL
        goes_on = is_full and not block.text.endswith(_ENDS)
    if current is not None:
        yield current


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(each) in "WF") for each in text)


def _table(blocks: Sequence[Block]) -> Table:
    texts: dict[tuple[int, int], list[str]] = {}
    lasts: dict[tuple[int, int], tuple[int, int]] = {}
    for block in blocks:
        found = _CELL.fullmatch(block.address)
        if found is None:
            continue
        first = int(found[3]), number(found[2])
        texts.setdefault(first, []).append(block.text)
        lasts[first] = (int(found[5] or found[3]), number(found[4] or found[2]))
    # Rows and columns in which nothing begins are not shown.
    rows = sorted({row for row, _ in texts})
    columns = sorted({column for _, column in texts})
    shown = rows[:MOST_ROWS]
    covered: set[tuple[int, int]] = set()
    made: list[tuple[Cell, ...]] = []
    for row in shown:
        cells: list[Cell] = []
        for column in columns:
            if (row, column) in covered:
                continue
            if (row, column) not in texts:
                cells.append(Cell())
                continue
            last_row, last_column = lasts[row, column]
            down = [each for each in shown if row <= each <= last_row]
            across = [each for each in columns if column <= each <= last_column]
            covered |= {(one, other) for one in down for other in across}
            text = "\n".join(texts[row, column])
            cells.append(Cell(text, len(across), len(down)))
        made.append(tuple(cells))
    headed = len(made) > 1 and all(
        cell.text and cell.rows == cell.columns == 1 for cell in made[0]
    )
    return Table(tuple(made), headed, len(rows) - len(shown))
