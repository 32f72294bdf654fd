"""The signature of a document: who issues it, and the date below that name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.content.checks.dates import DATE, parse
from engine.content.checks.lines import Line

#: A line that is an agency's name: of letters alone, with a word that ends such names.
AGENCY = re.compile(
    r"(?!附|抄|主送|经办|联系|关于)[\u4e00-\u9fff·（）()]{1,40}?(?:政府|办公室|办公厅|委员会"
    r"|局|委|厅|部|院|中心|处|站|所|队|小组|指挥部|公司|学校|大学|协会|联合会|工会|党组"
    r"|分局|室|科|社|会|办|庭|组|团|馆)(?:[（(]\S{0,2}章[）)])?"
)
_SEAL = re.compile(r"[（(]\S{0,2}章[）)]")
DATE_LINE = re.compile(DATE)
_BOTH = re.compile(rf"(\D*?[^\d\s一二])\s*({DATE})")
#: Agencies that issue a document together each have their line.
_MOST_ISSUERS = 8


@dataclass(frozen=True, slots=True)
class Signature:
    """A date that stands as a signature does, and the names above it."""

    index: int
    date: str
    label: str
    issuer: str | None = None
    issuer_label: str = ""


def signature(lines: Sequence[Line], heading: int) -> Signature | None:
    """Return the first date with a name above it; else the one date of its own line.

    Without a name, a date below the text is taken only if no other one is there, and
    one in the heading never: it may be the day on which a website showed the document.
    """
    dated = [found for at in range(len(lines)) if (found := _dated(lines, at))]
    signed = [found for found in dated if found.issuer]
    if signed:
        return signed[0]
    below = [found for found in dated if found.index >= heading]
    return below[0] if len(below) == 1 else None


def _dated(lines: Sequence[Line], at: int) -> Signature | None:
    line = lines[at]
    if DATE_LINE.fullmatch(line.plain) and parse(line.plain):
        return _with_issuer(lines, Signature(at, line.plain, line.label))
    both = _BOTH.fullmatch(line.plain)
    if both and parse(both[2]) and _agencies(both[1]):
        return Signature(at, both[2], line.label, _names(both[1]), line.label)
    return None


def _with_issuer(lines: Sequence[Line], found: Signature) -> Signature:
    """Add the names above the date, each on its line."""
    above: list[Line] = []
    for line in reversed(lines[max(0, found.index - _MOST_ISSUERS) : found.index]):
        if not _agencies(line.plain):
            break
        above.insert(0, line)
    if not above:
        return found
    issuer = "、".join(_names(line.text) for line in above)
    return replace(found, issuer=issuer, issuer_label=above[0].label)


def _agencies(text: str) -> bool:
    return all(map(AGENCY.fullmatch, _parted(text)))


def _names(text: str) -> str:
    return "、".join(_SEAL.sub("", name) for name in _parted(text))


def _parted(text: str) -> list[str]:
    """Part names by the space between them; letters spread over a line are one name."""
    parts = text.split()
    return ["".join(parts)] if all(len(part) == 1 for part in parts) else parts
