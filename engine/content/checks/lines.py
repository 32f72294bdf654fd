"""The lines that a reader of a file sees, ready to be looked at one by one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.content.blocks import Block, Reading
from engine.content.checks.characters import WIDE_DIGITS, simplified
from engine.content.checks.shifted import ANNOTATION

_ROW = re.compile(r"(.*/)[A-Z]{1,3}(\d+)(?::[A-Z]+\d+)?(?:/\d+)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what is seen."""

    #: As it stands, without the white space around it.
    text: str
    #: In simplified characters without pronunciations, figures in half width.
    plain: str
    label: str
    kind: str
    #: The row of a table to which a cell belongs.
    row: str = ""


def has_running_text(reading: Reading) -> bool:
    """Whether a file is a document, and no mere list or picture.

    A sheet has cells and a name, what stands beside a page is its header or a note.
    """
    return any(
        block.kind not in ("cell", "aside", "heading") for block in reading.visible
    )


def lines(reading: Reading) -> Sequence[Line]:
    """Return the lines that have something on them."""
    return [line for block in reading.visible for line in _of_block(block)]


def _of_block(block: Block) -> Iterator[Line]:
    place = _ROW.fullmatch(block.address) if block.kind == "cell" else None
    row = f"{place[1]}{place[2]}" if place else ""
    for text in re.sub("[\u200b-\u200f\ufeff]", "", block.text).splitlines():
        if text.strip():
            plain = simplified(ANNOTATION.sub("", text)).translate(WIDE_DIGITS)
            yield Line(text.strip(), plain.strip(), block.label, block.kind, row)
