"""What changed between two texts, line by line and character by character."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "inserted", "deleted"]

#: How much of a stretch that stayed is shown on either side of a change.
_SHOWN = 24

#: Lines less alike than this are shown as one that went and one that came.
_ALIKE = 0.4

#: Longer lines are compared as a whole: character by character takes too long.
_LONGEST = 5000


@dataclass(frozen=True)
class Stretch:
    """Some characters of a line: they stayed, came, or went."""

    kind: Kind
    text: str

    @property
    def shown(self) -> str:
        """The characters, without the middle of a long stretch that stayed."""
        if self.kind != "same" or len(self.text) <= 2 * _SHOWN:
            return self.text
        return f"{self.text[:_SHOWN]}……{self.text[-_SHOWN:]}"


@dataclass(frozen=True)
class Changes:
    """The lines that are not as they were, and how many places that makes."""

    lines: tuple[tuple[Stretch, ...], ...]
    places: int


def changes(old: Sequence[str], new: Sequence[str]) -> Changes:
    """Return what became of the lines of a text; unchanged lines are left out."""
    lines: list[tuple[Stretch, ...]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[first:last], new[begin:end]
        pairs = min(len(gone), len(come))
        for before, after in zip(gone[:pairs], come[:pairs], strict=True):
            lines.extend(_lines(before, after))
        lines.extend((Stretch("deleted", line),) for line in gone[pairs:])
        lines.extend((Stretch("inserted", line),) for line in come[pairs:])
    return Changes(tuple(lines), sum(map(_places, lines)))


def stretches(old: str, new: str) -> tuple[Stretch, ...]:
    """Return a line with what came into it and what went."""
    found: list[Stretch] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            found.append(Stretch("same", old[first:last]))
            continue
        if first < last:
            found.append(Stretch("deleted", old[first:last]))
        if begin < end:
            found.append(Stretch("inserted", new[begin:end]))
    return tuple(found)


def _lines(old: str, new: str) -> list[tuple[Stretch, ...]]:
    apart: list[tuple[Stretch, ...]] = [
        (Stretch("deleted", old),),
        (Stretch("inserted", new),),
    ]
    if max(len(old), len(new)) > _LONGEST:
        return apart
    if SequenceMatcher(None, old, new, autojunk=False).ratio() < _ALIKE:
        return apart
    return [stretches(old, new)]


def _places(line: tuple[Stretch, ...]) -> int:
    """Count the places of a line: what went and what came instead are one."""
    count, before = 0, "same"
    for stretch in line:
        count += stretch.kind != "same" and before == "same"
        before = stretch.kind
    return count
