"""Plain text: its lines, and the same lines without what is cut."""

from collections.abc import Mapping, Sequence

from engine.content.blocks import Block, Cut, Reading
from engine.content.package import Unreadable
from engine.content.passages import cut_text
from engine.content.standing import kinds


def read(data: bytes) -> Reading:
    """Read the lines that have something on them."""
    lines = [
        (number, line.strip())
        for number, line in enumerate(_lines(data), start=1)
        if line.strip()
    ]
    stands = kinds([line for _, line in lines])
    return Reading(
        tuple(
            Block(f"line/{number}", f"第 {number} 行", line, kind)
            for (number, line), kind in zip(lines, stands, strict=True)
        )
    )


def copy(data: bytes, cuts: Mapping[str, Sequence[Cut]]) -> bytes:
    """Return the text without what is cut."""
    lines = (
        cut_text(line, cuts.get(f"line/{number}", ()))
        for number, line in enumerate(_lines(data), start=1)
    )
    return "".join(lines).encode()


def _lines(data: bytes) -> list[str]:
    try:
        # The mark that some editors write at the beginning is no character.
        return data.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        raise Unreadable("文本不是 UTF-8 编码") from error
