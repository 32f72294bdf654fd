"""What a document says of itself: title, number, dates, issuer. Nothing is guessed.

A number or a date that is merely cited in the text is another document's. What is not
said is left open; people are asked for it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.content.blocks import Reading
from engine.content.checks.dates import parse
from engine.content.checks.headers import header
from engine.content.checks.lines import Line, has_running_text, lines
from engine.content.checks.signatures import signature
from engine.content.checks.titles import enclosed_title, title, top


@dataclass(frozen=True)
class Recognised:
    """What was read, with the place in words for each field that was."""

    title: str | None
    document_number: str | None
    #: 成文日期: the date of the signature.
    written_on: date | None
    #: 生成日期: when the website made its record of the document.
    formed_on: date | None
    index_number: str | None
    issuer: str | None
    #: public, on_request or not_public, as the document's note says (此件公开发布).
    attribute_mark: str | None
    category: str | None
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of one field, and where."""

    value: str
    source: str


_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,20})\s*[〔\[［【（(]\s*((?:19|20)\d{2})\s*[〕\]］】）)]"
    r"\s*(?:第\s*)?(\d{1,5})\s*号(?:\s+签发人.*)?"
)
_NOTE = re.compile(r"[（(]?\s*此件\s*(\S{2,5}?)\s*[）)]?")
_MARKS = {
    **dict.fromkeys(("公开发布", "主动公开", "公开"), "public"),
    "依申请公开": "on_request",
    **dict.fromkeys(("不予公开", "不公开"), "not_public"),
}
#: The header of a website is on its first lines, or in a table there.
_LINES_OF_HEADER = 60


def recognise(reading: Reading) -> Recognised:
    """Read what a document says of itself.

    A garbled text is read as it stands; the repaired one says the same in clean words.
    """
    seen = lines(reading)
    running = [line for line in seen if line.kind not in ("aside", "cell")]
    if not has_running_text(reading):
        running = []
    heading = top(running)
    said = _signed(running, len(heading))
    said |= _noted(running)
    for field, found in _stated(seen, heading).items():
        said.setdefault(field, found)
    said |= _numbered([*heading, *(line for line in seen if line.kind == "aside")])
    named = title(heading)
    if named is None and "title" not in said:
        named = enclosed_title(running)
    if named:
        said["title"] = _Said(*named)
    return _recognised(said)


def _recognised(said: Mapping[str, _Said]) -> Recognised:
    def text(field: str) -> str | None:
        return said[field].value if field in said else None

    def day(field: str) -> date | None:
        return parse(said[field].value) if field in said else None

    return Recognised(
        title=text("title"),
        document_number=text("document_number"),
        written_on=day("written_on"),
        formed_on=day("formed_on"),
        index_number=text("index_number"),
        issuer=text("issuer"),
        attribute_mark=text("attribute_mark"),
        category=text("category"),
        sources={field: found.source for field, found in said.items()},
    )


def _signed(running: Sequence[Line], heading: int) -> dict[str, _Said]:
    signed = signature(running, heading)
    if signed is None:
        return {}
    said = {"written_on": _Said(signed.date, f"{signed.label}（落款）")}
    if signed.issuer:
        said["issuer"] = _Said(signed.issuer, f"{signed.issuer_label}（落款）")
    return said


def _noted(running: Sequence[Line]) -> dict[str, _Said]:
    for line in running:
        note = _NOTE.fullmatch(line.plain)
        if note and note[1] in _MARKS:
            return {"attribute_mark": _Said(_MARKS[note[1]], f"{line.label}（附注）")}
    return {}


def _stated(seen: Sequence[Line], heading: Sequence[Line]) -> dict[str, _Said]:
    """Return what a header states; what is no number, date or mark is left out."""
    first = [line for line in seen if line.kind == "cell"][:_LINES_OF_HEADER]
    said: dict[str, _Said] = {}
    for stated in (*header(heading), *header(first)):
        value: str | None = stated.value
        if stated.field == "document_number":
            value = _document_number(stated.value)
        elif stated.field == "attribute_mark":
            value = _MARKS.get(stated.value)
        elif stated.field in ("written_on", "formed_on"):
            value = stated.value if parse(stated.value) else None
        if value:
            said.setdefault(stated.field, _Said(value, stated.label))
    return said


def _numbered(candidates: Sequence[Line]) -> dict[str, _Said]:
    """Return the number that stands alone on its line."""
    for line in candidates:
        number = _document_number(line.text)
        if number:
            return {"document_number": _Said(number, f"{line.label}（单独一行）")}
    return {}


def _document_number(text: str) -> str | None:
    match = _NUMBER.fullmatch(text.strip())
    return f"{match[1]}〔{match[2]}〕{match[3]}号" if match else None
