"""Garbled places that lie together, as one proposal that a clerk can read."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.content.checks.shifted import GAP
from engine.content.mangled import (
    PINYIN_IN_BRACKETS,
    TRADITIONAL_CHARACTERS,
    Place,
)

#: Places of these kinds fill whole paragraphs; they are proposed together.
_TOGETHER = (PINYIN_IN_BRACKETS, TRADITIONAL_CHARACTERS)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line with one or more garbled places, and how it should be."""

    start: int
    end: int
    code: str
    replacement: str
    pronunciations: int
    characters: int


class Taken:
    """Stretches of a text that have findings of their own."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def meets(self, start: int, end: int) -> bool:
        """Whether any of them has a character from here to there."""
        before = bisect_right(self._starts, end - 1) - 1
        return before >= 0 and self._ends[before] > start


def stretches(text: str, places: Iterable[Place], taken: Taken) -> Iterator[Stretch]:
    """Put places together that one proposal can change.

    What has a finding of its own is left out, and so are a line's end and any □ that
    the text has itself: there one proposal ends and the next one begins.
    """
    together: list[Place] = []
    for place in places:
        if taken.meets(place.start, place.end):
            continue
        if together and not _goes_on(text, together[-1], place, taken):
            yield _stretch(text, together)
            together = []
        together.append(place)
    if together:
        yield _stretch(text, together)


def _goes_on(text: str, last: Place, place: Place, taken: Taken) -> bool:
    between = text[last.end : place.start]
    return (
        last.code in _TOGETHER
        and place.code in _TOGETHER
        and "\n" not in between
        and GAP not in between
        and not (between and taken.meets(last.end, place.start))
    )


def _stretch(text: str, places: Sequence[Place]) -> Stretch:
    parts, end = [], places[0].start
    for place in places:
        parts += [text[end : place.start], place.replacement]
        end = place.end
    codes = [place.code for place in places]
    with_pinyin = codes.count(PINYIN_IN_BRACKETS)
    return Stretch(
        start=places[0].start,
        end=end,
        code=PINYIN_IN_BRACKETS if with_pinyin else codes[0],
        replacement="".join(parts),
        pronunciations=with_pinyin,
        characters=sum(
            place.end - place.start if place.code == TRADITIONAL_CHARACTERS else 1
            for place in places
        ),
    )
