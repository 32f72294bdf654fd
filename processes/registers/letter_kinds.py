"""The kinds of letters by name, and what a letter still lacks."""

from collections.abc import Mapping
from typing import Any

from processes.registers.decision_codes import CODES
from processes.registers.grounds import cites_a_law
from processes.registers.letter_answers import ANSWERS
from processes.registers.letter_elements import Element, Fields, Form, LetterKind
from processes.registers.letter_endings import ENDINGS
from processes.registers.letter_notices import BEFORE_THE_ANSWER

_KINDS = (*BEFORE_THE_ANSWER, *ANSWERS, *ENDINGS)

KINDS: dict[str, LetterKind] = {each.key: each for each in _KINDS}

#: What is given at once or proves a service: nobody is served with it.
NOT_SERVED = frozenset({"receipt", "proof_of_service"})


def letter_kind(key: str) -> LetterKind:
    """Return a kind by its key; another key is a fault."""
    return KINDS[key]


def with_defaults(kind: LetterKind, fields: Fields) -> dict[str, Any]:
    """Return what a letter says, with the rules' own sentences where it says nothing.

    What the drafter left empty on purpose stays empty, and is missing.
    """
    whole: dict[str, Any] = {"title": kind.title, **fields}
    if kind.element("article") is not None and fields.get("code") in CODES:
        whole.setdefault("article", CODES[fields["code"]].article)
    for element in kind.elements:
        if element.default and element.is_due(whole):
            whole.setdefault(element.name, element.default)
    return whole


def missing(kind: str, fields: Fields) -> list[str]:
    """Return a sentence for each mandatory element that a letter does not say.

    `fields` are whole: with the agency, its contact and the remedy paragraph, as
    `letters.whole_fields` makes them.
    """
    return [
        sentence
        for sentences in lacking(kind, fields).values()
        for sentence in sentences
    ]


def lacking(kind: str, fields: Fields) -> dict[str, list[str]]:
    """Return the sentences of `missing` by element."""
    of = letter_kind(kind)
    whole = with_defaults(of, fields)
    found: dict[str, list[str]] = {}
    for element in of.elements:
        if element.name == "remedy" and not of.tells_remedy(whole):
            continue
        if not element.is_due(whole):
            continue
        sentences = _lacks(element, whole.get(element.name))
        if element.name == "code" and not sentences and whole["code"] not in of.codes:
            sentences = [f"“{of.title}”不能用于办理结果{whole['code']}，换一种文书。"]
        if sentences:
            found[element.name] = sentences
    return found


def _lacks(element: Element, value: Any) -> list[str]:
    if element.form in (Form.ITEMS, Form.PARTS):
        if not value:
            return [element.sentence]
        if element.form == Form.PARTS:
            return [
                sentence
                for number, part in enumerate(value, 1)
                for sentence in _part_lacks(number, part)
            ]
        return [] if all(str(item).strip() for item in value) else [element.sentence]
    text = str(value or "").strip()
    if not text:
        return [element.sentence]
    wrong = element.check(text) if element.check else ""
    return [wrong] if wrong else []


_OF_A_PART = {"part": "是哪一部分", "ground": "依据", "reason": "理由"}


def _part_lacks(number: int, part: Mapping[str, Any]) -> list[str]:
    sentences = [
        f"第{number}项不予公开的部分没有写{label}（条例第37条）。"
        for name, label in _OF_A_PART.items()
        if not str(part.get(name) or "").strip()
    ]
    ground = part.get("ground")
    if ground == "D22" and not cites_a_law(str(part.get("cited_law") or "")):
        sentences.append(
            f"第{number}项不予公开的部分没有写是哪部法律、行政法规禁止公开"
            "（条例第14条）。"
        )
    if ground and (ground not in CODES or not CODES[ground].may_be_part):
        sentences.append(f"第{number}项不予公开的部分的依据“{ground}”不能这样用。")
    return sentences
