"""Text of one encoding that was read as if it were another: 鏀垮姟 for 政务."""

import re
from collections.abc import Iterator

from engine.content.checks.characters import is_hanzi, oddity
from engine.content.checks.gbk import pair_of
from engine.content.checks.shifted import GAP, MARKS, Run

#: What is left of characters that were lost on the way from one encoding to another.
_LOST_TWICE = re.compile(r"(?:锟斤拷)+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{3,}")
#: The letters and signs of Western Europe, with the controls among them.
_WESTERN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u203a\u20ac\u2122]{4,}"
)
#: Fewer characters than these could have come out by chance.
_FEWEST = 2


def misdecoded(text: str) -> Iterator[Run]:
    """Find the stretches of a text that were read in a wrong encoding."""
    if not any(oddity(char) for char in set(text)):
        return
    for match in _LOST_TWICE.finditer(text):
        yield Run(match.start(), match.end(), GAP)
    for match in _WESTERN.finditer(text):
        said = _reads(_western_bytes(match[0]), "utf-8")
        said = said or _reads(_western_bytes(match[0]), "gb18030")
        if said:
            yield Run(match.start(), match.end(), said)
    for match in _BEYOND_ASCII.finditer(text):
        said = _utf8_read_as_gbk(match[0])
        if said:
            cut = said.endswith(GAP) and text[match.end() : match.end() + 1] in MARKS
            yield Run(match.start(), match.end() + cut, said)


def _utf8_read_as_gbk(text: str) -> str | None:
    if 3 * sum(oddity(char) == 2 for char in text) < len(text):
        return None
    pairs = [pair_of(char) for char in text]
    data = b"".join(pair for pair in pairs if pair)
    return None if None in pairs else _reads(data, "utf-8")


def _western_bytes(text: str) -> bytes:
    """Return the bytes that were read as Western letters."""
    return b"".join(
        # The code page of Windows leaves five of the controls where they are.
        char.encode("cp1252", "ignore") or char.encode("latin-1", "ignore")
        for char in text
    )


def _reads(data: bytes, encoding: str) -> str | None:
    """Return what the bytes say, if that is ordinary Chinese."""
    ending = ""
    try:
        said = data.decode(encoding)
    except UnicodeDecodeError as error:
        # The last character has lost its end.
        if error.end < len(data) or len(data) - error.start > 2:
            return None
        said, ending = data[: error.start].decode(encoding), GAP
    if sum(map(is_hanzi, said)) < _FEWEST or any(oddity(char) == 2 for char in said):
        return None
    return said + ending
