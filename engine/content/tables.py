"""Where the cells of a Word table stand, with the columns and rows that they span."""

from dataclasses import dataclass

from engine.content.names import w
from engine.content.package import Element

_LETTERS = 26
_MOST_COLUMNS = 16_384


@dataclass
class Where:
    """A cell's first row and column, counted from one, and its last ones."""

    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def address(self) -> str:
        """The place as a spreadsheet writes it: B7, A1:C1."""
        first = f"{letters(self.column)}{self.row}"
        last = f"{letters(self.last_column)}{self.last_row}"
        return first if first == last else f"{first}:{last}"


def letters(column: int) -> str:
    """Return a column's letters: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, digit = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + digit) + name
    return name


def number(name: str) -> int:
    """Return the number of a column's letters."""
    column = 0
    for letter in name:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return column


def places(table: Element) -> dict[Element, Where]:
    """Return where each cell of a table stands; tables within it are not looked at."""
    found: dict[Element, Where] = {}
    above: dict[int, Where] = {}
    rows = [row for row in table.iter(w("tr")) if _owner(row, "tbl") is table]
    for number_, row in enumerate(rows, start=1):
        column = 1 + _count(row, "trPr", "gridBefore", least=0)
        current: dict[int, Where] = {}
        for cell in row.iter(w("tc")):
            if _owner(cell, "tr") is not row:
                continue
            width = _count(cell, "tcPr", "gridSpan", least=1)
            place = Where(number_, column, number_, column + width - 1)
            if _goes_on(cell) and column in above:
                above[column].last_row = number_
                current[column] = above[column]
            else:
                current[column] = place
            found[cell] = place
            column += width
        above = current
    return found


def _owner(element: Element, name: str) -> Element | None:
    return next(element.iterancestors(w(name)), None)


def _goes_on(cell: Element) -> bool:
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return merge is not None and merge.get(w("val"), "continue") == "continue"


def _count(element: Element, properties: str, name: str, *, least: int) -> int:
    found = element.find(f"{w(properties)}/{w(name)}")
    text = "" if found is None else found.get(w("val"), "")
    # A row of a broken file may claim millions.
    return min(max(int(text), least), _MOST_COLUMNS) if text.isdigit() else least
