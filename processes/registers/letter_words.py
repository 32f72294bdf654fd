"""What a letter says, from what was entered to the words that stand on paper."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engine.authoring import (
    InvalidAnswers,
    Refusal,
    Work,
    calendar_of,
    settings,
    word_letters,
)
from models.letters import ServiceWay
from models.people import Organisation
from processes.registers import remedies
from processes.registers.decision_codes import CODES
from processes.registers.letter_elements import (
    ATTACHMENTS,
    Element,
    Fields,
    Form,
    LetterKind,
)
from processes.registers.letter_kinds import with_defaults

#: What the program itself puts in; a drafter cannot.
_GIVEN = frozenset({"agency", "number", "issued_on", "remedy", "contact"})

#: By which way of service it will go out; not printed.
SERVED_BY = "served_by"

_COLUMNS = ("part", "ground", "cited_law", "reason")

#: What stands inside of a sentence of the template, which has its own full stop.
_INSIDE = frozenset(
    {
        *("subject", "counts", "period", "consequence", "restart"),
        *("reason", "question", "silence", "reply_form", "asked", "not_counted"),
        *("clock_effect", "law", "other_agency", "other_contact", "article"),
        *("cited_law", "record", "part"),
    }
)

#: What a draft shows where something is still to come.
_TO_COME = {"number": "（签发时编号）", "issued_on": "（签发时填写日期）"}


def kept(kind: LetterKind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a letter says as it is sealed: texts, ISO days, lists.

    A value under a name that the kind does not have is a fault of the caller.

    Raises:
        InvalidAnswers: a value that no letter can show, by its name.
    """
    found: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, value in fields.items():
        element = kind.element(name)
        if name == SERVED_BY:
            found[name] = str(value)
            continue
        if element is None or name in _GIVEN:
            raise KeyError(name)
        try:
            found[name] = _kept(element, value)
        except Refusal as refusal:
            errors[name] = [f"“{element.label}”里{refusal.message}"]
    if errors:
        raise InvalidAnswers(errors)
    return found


def _kept(element: Element, value: Any) -> Any:
    if element.form == Form.ITEMS:
        items = value.splitlines() if isinstance(value, str) else value or ()
        return [text for item in items if (text := word_letters.cleaned(str(item)))]
    if element.form == Form.PARTS:
        return [_part(row) for row in value or ()]
    if element.form in (Form.DAY, Form.LIMIT):
        return _day(value)
    return _text(element.name, value)


def _text(name: str, value: Any) -> str:
    text = word_letters.cleaned("" if value is None else str(value))
    return text.rstrip("。；，") if name in _INSIDE else text


def _part(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(name, row.get(name)) for name in _COLUMNS}


def _day(value: Any) -> str:
    """Return a day, or a computed day, in ISO; empty for none."""
    if not value:
        return ""
    day = getattr(value, "date", value)
    if isinstance(day, date):
        return day.isoformat()
    try:
        return date.fromisoformat(str(day)).isoformat()
    except ValueError as error:
        msg = "日期不对，按“2026-03-02”的样子填写。"
        raise Refusal(msg) from error


def whole_fields(
    work: Work, agency: Organisation, kind: LetterKind, fields: Fields
) -> dict[str, Any]:
    """Return all that a letter of today says: with agency, contact and remedy."""
    whole = with_defaults(kind, fields)
    contact = settings.read(
        work.session, "letters.contact", on=work.today, organisation=agency
    )
    return {
        **whole,
        "agency": agency.name,
        "contact": str(contact or ""),
        "remedy": _remedy(work, agency, kind, whole),
    }


def _remedy(work: Work, agency: Organisation, kind: LetterKind, fields: Fields) -> str:
    if not kind.tells_remedy(fields):
        return ""
    bodies = remedies.bodies_of(work.session, agency, work.today)
    if fields.get(SERVED_BY) == ServiceWay.ELECTRONIC and not bodies.site:
        return ""
    code = str(fields.get("code") or "")
    parts = [
        remedies.WithheldPosition(number, part["ground"])
        for number, part in enumerate(fields.get("parts") or (), 1)
        if part["ground"] in CODES
    ]
    return remedies.paragraph(
        code if code in kind.codes else "", bodies, on=work.today, parts=parts
    )


def words(
    work: Work,
    agency: Organisation,
    kind: LetterKind,
    fields: Fields,
    *,
    blanks: bool = False,
) -> dict[str, word_letters.Value]:
    """Return what stands on paper for each placeholder.

    With `blanks`, what is missing is shown as such. A computed day in a year without
    a holiday notice never stands there without 暂定.
    """
    calendar = calendar_of(work, agency)

    def written(element: Element) -> word_letters.Value:
        value = fields.get(element.name)
        if (
            not value
            and blanks
            and (element.is_due(fields) or element.name in _TO_COME)
        ):
            if element.name == "remedy" and not kind.tells_remedy(fields):
                return ""
            return _blank(element)
        if element.form == Form.ITEMS:
            return _items(element, value or ())
        if element.form == Form.PARTS:
            return _parts(value or ())
        if element.form not in (Form.DAY, Form.LIMIT) or not value:
            return str(value or "")
        day = date.fromisoformat(value)
        provisional = element.form == Form.LIMIT and not calendar.is_known(day.year)
        return on_paper(day) + ("（暂定）" if provisional else "")

    return {element.name: written(element) for element in kind.elements}


def on_paper(day: date) -> str:
    """Write a day as letters do: no zeros before figures (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _blank(element: Element) -> word_letters.Value:
    text = _TO_COME.get(element.name, f"【缺：{element.label}】")
    if element.form == Form.ITEMS:
        return [{"number": "1", "text": text}]
    if element.form == Form.PARTS:
        return [{"number": "1", "part": text, "article": text, "reason": text}]
    return text


def _items(element: Element, items: Iterable[str]) -> list[word_letters.Row]:
    every = list(items)
    # A single attachment bears no number (GB/T 9704-2012 7.3.4).
    alone = element == ATTACHMENTS and len(every) == 1
    return [
        {"number": "" if alone else f"{number}. ", "text": text}
        for number, text in enumerate(every, 1)
    ]


def _parts(parts: Iterable[Mapping[str, str]]) -> list[word_letters.Row]:
    return [
        {
            "number": str(number),
            "part": part["part"],
            "article": _grounds(part),
            "reason": part["reason"],
        }
        for number, part in enumerate(parts, 1)
    ]


def _grounds(part: Mapping[str, str]) -> str:
    article = CODES[part["ground"]].article if part["ground"] in CODES else ""
    return "、".join(filter(None, (article, part["cited_law"])))
