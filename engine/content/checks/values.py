"""Values that identify somebody, and the form of them that may be published."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a text, what it is in a sentence, and what may stand for it."""

    start: int
    end: int
    code: str
    message: str
    suggestion: Literal["redact", "look"]
    replacement: str


#: What stays of a value: so many characters at its beginning and at its end. Offices
#: commonly keep the first three and the last four. Of an identity number two are kept
#: at the end: who knows the birth date could work out the rest from four of them.
_KEPT = {
    "identity_number": (3, 2),
    "mobile_phone": (3, 4),
    "bank_card": (0, 4),
    "credit_code": (2, 4),
    "passport": (1, 2),
    "vehicle_plate": (2, 2),
}
#: The area code of a landline names no more than the town.
_AREA = re.compile(r"\D{0,2}(?:86\D{0,2})?0\d{2,3}\D{0,2}|\+86\D?\d{2,3}\D")
#: An address stays down to the county or district.
_COUNTY = re.compile(
    r"(?:[^省]{2,3}省|[^区]{2,6}自治区)?(?:[^市州盟县区]{2,8}(?:市|州|盟))?"
    r"(?:[^县区旗市]{1,6}(?:县|(?<!小)(?<!社)区|旗|市))?"
)


def mask(code: str, value: str) -> str:
    """Return the form of a value that may be published, as long as the value is."""
    if code == "email":
        name, at, domain = value.partition("@")
        return _starred(name, 1, 0) + at + domain
    if code == "landline":
        area = _AREA.match(value)
        kept = area.end() if area else 0
        return value[:kept] + _starred(value[kept:], 0, 2)
    if code == "home_address":
        county = _COUNTY.match(value)
        kept = county.end() if county else 0
        return value[:kept] + "*" * (len(value) - kept)
    first, last = _KEPT.get(code, (0, 0))
    if code == "mobile_phone":
        # The country's code stays as well.
        first += sum(map(str.isdigit, value)) - len("13800138000")
    return _starred(value, first, last)


def apart(values: Iterable[Value]) -> list[Value]:
    """Return values in their order; of those that meet, the one that came first."""
    kept: list[Value] = []
    taken: set[int] = set()
    for value in values:
        span = range(value.start, value.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(value)
    return sorted(kept, key=lambda value: value.start)


def _starred(value: str, first: int, last: int) -> str:
    """Star all letters and digits but the first and last ones."""
    marks = [at for at, char in enumerate(value) if char.isalnum()]
    hidden = set(marks[first : len(marks) - last])
    return "".join("*" if at in hidden else char for at, char in enumerate(value))
