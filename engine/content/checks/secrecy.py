"""Marks by which a file says that it holds a state secret."""

import re
from collections.abc import Iterator

from engine.content.checks.stream import Stream

_LEVEL = r"(?:绝\s?密|机\s?密|秘\s?密)"
#: 秘密★10年: the mark of a document on paper, with how long it holds.
_STARRED = re.compile(
    rf"{_LEVEL}\s?[★☆](?:\s?(?:\d{{1,2}}\s?(?:年|个?月|日|天)|长期|启用前|解密前))?"
)
_STATED = re.compile(rf"密\s*级\s*[:：\s]\s*{_LEVEL}[件级]?(?![\u4e00-\u9fff])")
_TERM = re.compile(
    r"(?:^|(?<=\n))[ \u3000]{0,20}保密期限\s{0,3}[:：]?\s{0,3}"
    r"(?:\d{1,2}\s?(?:年|个?月)|长期|启用前|解密前)"
)
#: Without a star, only a line of its own at the top of the file is a mark.
_ALONE = re.compile(rf"{_LEVEL}[件级]?")
_TOP = 12
_LEVELS_HEAD = re.compile(r"密\s*级")


def marks(stream: Stream) -> Iterator[tuple[int, int]]:
    """Yield where the marks begin and end; words about secrecy are none."""
    end = 0
    for mark in sorted(_candidates(stream)):
        if mark[0] >= end:
            end = mark[1]
            yield mark


def _candidates(stream: Stream) -> Iterator[tuple[int, int]]:
    for mark in (_STARRED, _STATED, _TERM):
        for match in mark.finditer(stream.text):
            yield match.span()
    at = 0
    for line in stream.text.split("\n", _TOP)[:_TOP]:
        if _ALONE.fullmatch(line.strip()):
            yield at, at + len(line)
        at += len(line) + 1
    for start, end in stream.cells_below(_LEVELS_HEAD):
        if _ALONE.fullmatch(stream.text[start:end].strip()):
            yield start, end
