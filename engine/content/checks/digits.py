"""Long numbers in a text, also where spaces and dashes part them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Characters that nobody sees; between two digits they part nothing.
_UNSEEN = "[\u200b-\u200f\u2060-\u2064\ufeff]*+"
#: Possessive, so that a long row of digits is read once.
_GROUP = re.compile(rf"(?<!\d)\d(?:{_UNSEEN}\d)*+(?: ?[Xx](?![0-9A-Za-z]))?+")
#: Groups are parted in one way: a dash beside a space begins another number.
_CLUSTERS = (
    _GROUP,
    re.compile(rf"{_GROUP.pattern}(?:-{_GROUP.pattern})++"),
    re.compile(rf"{_GROUP.pattern}(?: {{1,2}}{_GROUP.pattern})++"),
)
#: The shortest and the longest number that is looked for, and the most groups of one.
_SHORTEST = 11
_LONGEST = 19
_MOST_GROUPS = 5


@dataclass(frozen=True, slots=True)
class Number:
    """A long number: its place in the text, and its digits alone."""

    start: int
    end: int
    digits: str
    #: How many digits stand together.
    groups: tuple[int, ...] = ()
    #: How many stand together in all the numbers of its row.
    row: tuple[int, ...] = ()


def numbers(plain: str) -> Iterator[Number]:
    """Yield the long numbers of a text in half width, those in one piece first."""
    for cluster in _CLUSTERS:
        for match in cluster.finditer(plain):
            if match.end() - match.start() >= _SHORTEST:
                yield from _of_row(list(_GROUP.finditer(plain, *match.span())))


def broken(plain: str) -> Iterator[tuple[Number, Number]]:
    """Yield the two halves of numbers that a line's end may have parted."""
    for match in re.finditer(r"(?<!\d)(\d{1,18})\n(?=(\d{1,18}[Xx]?)(?!\d))", plain):
        if _SHORTEST <= len(match[1]) + len(match[2]) <= _LONGEST:
            second = Number(*match.span(2), match[2].upper())
            yield Number(*match.span(1), match[1]), second


def _of_row(groups: Sequence[re.Match[str]]) -> Iterator[Number]:
    """Yield what neighbours make together as people part a number."""
    texts = [re.sub(r"[^\dX]", "", group[0].upper()) for group in groups]
    row = tuple(len(text.rstrip("X")) for text in texts)
    for first, last in _spans(row):
        digits = "".join(texts[first:last])
        if "X" not in digits[:-1]:
            start, end = groups[first].start(), groups[last - 1].end()
            yield Number(start, end, digits, row[first:last], row)


def _spans(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the groups that may be a number: in groups, or all digit by digit."""
    if len(row) == 1:
        if _SHORTEST <= row[0] <= _LONGEST:
            yield 0, 1
        return
    if set(row) == {1}:
        if len(row) <= _LONGEST:
            yield 0, len(row)
        return
    for first in range(len(row)):
        yield from _longest_first(row, first)


def _longest_first(row: Sequence[int], first: int) -> Iterator[tuple[int, int]]:
    length, ends = 0, []
    for last in range(first, min(first + _MOST_GROUPS, len(row))):
        length += row[last]
        if length > _LONGEST:
            break
        if length >= _SHORTEST and last > first:
            ends.append(last + 1)
    for end in reversed(ends):
        yield first, end
