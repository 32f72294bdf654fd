"""A file's blocks as one text, with the way back from a character to its block."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from engine.content.blocks import Block

#: How far the words that tell what a number is stand before and after it.
_BEFORE = 40
_AFTER = 16
_IN_SIGHT = 200
#: A cell's table and column: the address ends in a place like B7 or A1:C1.
_COLUMN = re.compile(r"(.*/[A-Z]{1,3})\d+(?::[A-Z]+\d+)?(?:/\d+)?")
#: A table's name may stand above the words that head its columns.
_HEADERS = 3
_LONGEST_HEADER = 20

#: Digits, letters and signs of full width, and the spaces and dashes of all kinds.
_PLAIN: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\u202f\t"), " "),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
}


class Stream:
    """The text of blocks, one line after the other."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        #: Where each block begins.
        self.starts: list[int] = []
        self._columns: dict[str, list[int]] = {}
        at = 0
        for index, block in enumerate(blocks):
            self.starts.append(at)
            at += len(block.text) + 1
            column = _COLUMN.fullmatch(block.address) if block.kind == "cell" else None
            if column:
                self._columns.setdefault(column[1], []).append(index)
        self.text = "\n".join(block.text for block in blocks)

    @cached_property
    def plain(self) -> str:
        """The same text in half width, each character in its place."""
        return self.text.translate(_PLAIN)

    def block_at(self, position: int) -> tuple[Block, int]:
        """Return the block of a character, and where in the text it begins."""
        index = bisect_right(self.starts, position) - 1
        return self._blocks[index], self.starts[index]

    def before(self, position: int, reach: int = _BEFORE) -> str:
        """Return the words before a character; before a cell, its column's heads."""
        block, start = self.block_at(position)
        if block.kind != "cell":
            return self.plain[max(0, position - reach) : position]
        outside = self.plain[max(0, start - reach) : start]
        return outside + self._header(block) + self.plain[start:position][-reach:]

    def after(self, position: int, reach: int = _AFTER) -> str:
        """Return the words that follow on the same line."""
        return self.plain[position : position + reach].split("\n")[0]

    def line(self, position: int) -> str:
        """Return the line of a character, as far as it is in sight."""
        before = self.plain[max(0, position - _IN_SIGHT) : position]
        after = self.plain[position : position + _IN_SIGHT]
        return before.rpartition("\n")[2] + after.partition("\n")[0]

    def cells_below(self, header: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield where the cells begin and end that stand below such a header."""
        for indexes in self._columns.values():
            if header.search(self._heads(indexes)):
                for index in indexes:
                    start = self.starts[index]
                    yield start, start + len(self._blocks[index].text)

    def _header(self, cell: Block) -> str:
        column = _COLUMN.fullmatch(cell.address)
        return self._heads(self._columns[column[1]]) if column else ""

    def _heads(self, indexes: Sequence[int]) -> str:
        """Return the words that head a column; what has digits is no header."""
        texts = [self._blocks[index].text for index in indexes[:_HEADERS]]
        return "".join(
            f"{text} "
            for text in texts
            if len(text) <= _LONGEST_HEADER and not re.search(r"\d", text)
        )
