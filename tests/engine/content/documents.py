"""Readings to check: the lines of a text, the cells of a sheet; the samples."""

from collections.abc import Sequence
from pathlib import Path

from engine.content.blocks import Block, Reading

_SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> str:
    """Return the text of a sample."""
    return (_SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


def reading(text: str, kind: str = "body") -> Reading:
    """Return what a text file says, line by line."""
    return Reading(
        tuple(
            Block(f"line/{number}", f"第 {number} 行", line.strip(), kind)
            for number, line in enumerate(text.split("\n"), start=1)
            if line.strip()
        )
    )


def sheet(*rows: Sequence[str]) -> Reading:
    """Return what a sheet says, cell by cell."""
    return Reading(
        tuple(
            Block(
                f"sheet/1/{column}{row}", f"表“名单”{column}{row} 单元格", text, "cell"
            )
            for row, cells in enumerate(rows, start=1)
            for column, text in zip("ABCDEFG", cells, strict=False)
            if text
        )
    )
