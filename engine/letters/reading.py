"""Reads a letter back: what it says, line by line, as a page shows it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph


@dataclass(frozen=True)
class Line:
    """One paragraph of a letter, or one row of a table in it."""

    #: The paragraph's style, by which a page lays it out; "row" for a table's row.
    style: str
    #: One text, or the cells of a row.
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that the line says."""
        return "\t".join(self.cells)


def lines(letter: bytes) -> list[Line]:
    """Return what a letter says from the head of its first page to its end."""
    document = Document(io.BytesIO(letter))
    head = document.sections[0].first_page_header
    return [
        line
        for part in (head, document)
        for line in _lines_of(part)
        if line.text.strip()
    ]


def text_of(letter: bytes) -> str:
    """Return all that a letter says, a line each."""
    return "\n".join(line.text for line in lines(letter))


def _lines_of(part: Any) -> Iterator[Line]:
    for block in part.iter_inner_content():
        if isinstance(block, Paragraph):
            style = block.style
            yield Line(str(style.style_id) if style else "", (block.text,))
        elif isinstance(block, Table):
            for row in block.rows:
                yield Line("row", tuple(_cells(row)))


def _cells(row: Any) -> Iterator[str]:
    """Return a row's texts; a cell over several columns is one."""
    before = None
    for cell in row.cells:
        if cell._tc is not before:  # noqa: SLF001 (the only way to tell them apart)
            yield str(cell.text)
        before = cell._tc  # noqa: SLF001
