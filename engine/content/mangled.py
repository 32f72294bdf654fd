"""Text that a wrong conversion has garbled: where, and what it said before.

Nothing is invented. What the bytes still tell is proposed; where characters are gone
a □ stands in the proposal, and a person has to type them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.content.checks.characters import HANZI, is_hanzi, is_traditional, simplified
from engine.content.checks.misdecoded import misdecoded
from engine.content.checks.shifted import ANNOTATION, GAP, ShiftedText

PINYIN_IN_BRACKETS = "pinyin_in_brackets"
MISREAD_BYTES = "misread_bytes"
LOST_CHARACTERS = "lost_characters"
TRADITIONAL_CHARACTERS = "traditional_characters"
INVISIBLE_CHARACTERS = "invisible_characters"


@dataclass(frozen=True, slots=True)
class Place:
    """One garbled stretch of a text and what stands there after the repair."""

    start: int
    end: int
    code: str
    replacement: str


@dataclass(frozen=True)
class Repair:
    """A text as it should be, and every place where it was not."""

    text: str
    places: tuple[Place, ...]
    #: Traditional characters of simplified lines: not repaired, they may be names.
    left: tuple[Place, ...]


#: From this share of traditional characters on, a text or line is a traditional one.
_TRADITIONAL_TEXT = 0.05
_TRADITIONAL_LINE = 0.1
#: Fewer may be a name in a simplified text.
_FEWEST = 2

#: Byte order marks, zero-width and direction characters, which nobody sees.
_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]+")
#: Replacement characters, half pairs, and characters of private fonts without those
#: that are Word's bullets and ticks (F0xx).
_LOST = re.compile("[\ufffd\ud800-\udfff\ue000-\uefff\uf100-\uf8ff]+")
_HALF_WIDTH = re.compile(rf"(?<=[{HANZI}”’》〕])[,:;()!?](?=[{HANZI}“‘《〔])")


def repair(text: str) -> Repair:
    """Return a text without what a wrong conversion did to it."""
    segments = _segments(text)
    final = _in_simplified("".join(segment.text for segment in segments))
    places = tuple(_places(segments, final))
    parts, end = [], 0
    for place in places:
        parts += [text[end : place.start], place.replacement]
        end = place.end
    return Repair("".join(parts) + text[end:], places, tuple(_left(segments, final)))


def needs_typing(replacement: str) -> bool:
    """Whether characters are missing from a proposal, which a person has to type."""
    return GAP in replacement


def half_width_punctuation(text: str) -> int:
    """Count half-width signs between Chinese characters."""
    return sum(1 for _ in _HALF_WIDTH.finditer(text))


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of a text and what it says before characters are simplified."""

    start: int
    end: int
    text: str
    #: None where it says what it always said.
    code: str | None = None


def _segments(text: str) -> Sequence[_Segment]:
    """Part a text into what stays, what is read anew and what is taken out."""
    taken = bytearray(len(text))
    changed = []
    for segment in _changed(text):
        if not any(taken[segment.start : segment.end]):
            taken[segment.start : segment.end] = b"x" * (segment.end - segment.start)
            changed.append(segment)
    changed.sort(key=lambda segment: segment.start)
    segments, end = [], 0
    for segment in changed:
        segments.append(_Segment(end, segment.start, text[end : segment.start]))
        segments.append(segment)
        end = segment.end
    return [*segments, _Segment(end, len(text), text[end:])]


def _changed(text: str) -> Iterator[_Segment]:
    """Find what is read anew or taken out; what is found first goes before."""
    for found in (ShiftedText(text).runs(), misdecoded(text)):
        for run in found:
            code = LOST_CHARACTERS if needs_typing(run.text) else MISREAD_BYTES
            yield _Segment(run.start, run.end, run.text, code)
    for match in ANNOTATION.finditer(text):
        if match.start() and is_traditional(text[match.start() - 1]):
            yield _Segment(match.start(), match.end(), "", PINYIN_IN_BRACKETS)
    for match in _INVISIBLE.finditer(text):
        yield _Segment(match.start(), match.end(), "", INVISIBLE_CHARACTERS)
    for match in _LOST.finditer(text):
        yield _Segment(match.start(), match.end(), GAP, LOST_CHARACTERS)


def _in_simplified(text: str) -> str:
    """Simplify a traditional text; of a simplified one, its traditional lines."""
    traditional = {char for char in set(text) if is_traditional(char)}
    if not traditional:
        return text
    if _share(text, traditional) >= _TRADITIONAL_TEXT:
        return simplified(text)
    return "\n".join(
        simplified(line) if _share(line, traditional) >= _TRADITIONAL_LINE else line
        for line in text.split("\n")
    )


def _share(text: str, traditional: set[str]) -> float:
    """Return how much of a text is traditional; nothing if it may be a name."""
    count = sum(char in traditional for char in text)
    return count / sum(map(is_hanzi, text)) if count >= _FEWEST else 0.0


def _places(segments: Sequence[_Segment], final: str) -> Iterator[Place]:
    """Return where the text changes; a character and its pronunciation are one."""
    at, held = 0, ""
    for index, segment in enumerate(segments):
        said = final[at : at + len(segment.text)]
        at += len(segment.text)
        if segment.code:
            start = segment.start - len(held)
            yield Place(start, segment.end, segment.code, held + simplified(said))
            held = ""
            continue
        if segments[index + 1 : index + 2] and _is_annotation(segments[index + 1]):
            held = simplified(said[-1])
        if said != segment.text:
            yield from _stretches(segment, said, len(said) - len(held))


def _is_annotation(segment: _Segment) -> bool:
    return segment.code == PINYIN_IN_BRACKETS


def _stretches(segment: _Segment, said: str, end: int) -> Iterator[Place]:
    """Return the stretches of characters that were simplified."""
    start = None
    for at in range(end + 1):
        changes = at < end and said[at] != segment.text[at]
        if changes and start is None:
            start = at
        elif not changes and start is not None:
            begin, stop = segment.start + start, segment.start + at
            yield Place(begin, stop, TRADITIONAL_CHARACTERS, said[start:at])
            start = None


def _left(segments: Sequence[_Segment], final: str) -> Iterator[Place]:
    """Return the traditional characters that stay."""
    if not any(map(is_traditional, set(final))):
        return
    at = 0
    for segment in segments:
        for offset, char in enumerate(final[at : at + len(segment.text)]):
            if segment.code is None and is_traditional(char):
                place = segment.start + offset
                yield Place(place, place + 1, TRADITIONAL_CHARACTERS, simplified(char))
        at += len(segment.text)
