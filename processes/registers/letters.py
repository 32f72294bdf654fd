"""Letters: drafted, looked at, issued once under a number, and never changed again."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine.authoring import (
    NotFound,
    Refusal,
    Work,
    files,
    numbers,
    personal,
    require_case,
    settings,
    visible_to,
    word_letters,
)
from models.letters import Letter
from models.people import Organisation
from models.workflow import Case, Label
from processes.registers.letter_elements import Element, LetterKind
from processes.registers.letter_files import template_of
from processes.registers.letter_kinds import lacking, letter_kind, missing
from processes.registers.letter_words import kept, whole_fields, words

__all__ = [
    "Incomplete",
    "draft",
    "drafters_objections",
    "issue",
    "letter_of",
    "letters_of",
    "missing",
    "number_of",
    "objections",
    "preview",
    "rewrite",
    "void",
]


class Incomplete(Refusal):
    """A letter lacks what the law asks for; `sentences` say what, one by one."""

    def __init__(self, letter: Letter, sentences: Sequence[str]) -> None:
        super().__init__(f"“{letter.title}”还不能签发。{''.join(sentences)}")
        self.sentences = list(sentences)


class LetterIsIssued(Refusal):
    """Somebody would change a letter that has gone out."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(
            f"“{letter.title}”（{letter.number}）已经签发，不能再改。"
            "有错的，作废以后另写一份。"
        )


def draft(work: Work, case: Case, kind: str, fields: Mapping[str, Any]) -> Letter:
    """Begin a letter of a case; what it says is sealed.

    Raises:
        InvalidAnswers: a value that no letter can show.
    """
    of = letter_kind(kind)
    content = kept(of, fields)
    letter = Letter(
        case_id=case.id,
        agency_id=case.agency_id,
        kind=of.key,
        title=content.get("title") or of.title,
        fields_id=personal.seal(work, case.root_id, content).id,
        drafted_at=work.now,
        drafted_by=work.actor.person_id,
    )
    work.session.add(letter)
    work.session.flush()
    return letter


def rewrite(work: Work, letter: Letter, fields: Mapping[str, Any]) -> Letter:
    """Let a draft say something else, as a whole.

    Raises:
        LetterIsIssued: it is no draft any more.
        InvalidAnswers: a value that no letter can show.
    """
    _refuse_issued(work, letter)
    of = letter_kind(letter.kind)
    content = kept(of, fields)
    personal.reseal(work, letter.fields, content)
    letter.title = content.get("title") or of.title
    letter.drafted_at = work.now
    letter.drafted_by = work.actor.person_id
    work.session.flush()
    return letter


def objections(work: Work, letter: Letter) -> list[str]:
    """Return a sentence for each thing that keeps a draft from being issued."""
    return missing(letter.kind, _whole(work, letter))


def drafters_objections(work: Work, letter: Letter) -> list[str]:
    """Return those objections that whoever drafts it can meet; the others need a
    setting."""
    of = letter_kind(letter.kind)
    return [
        sentence
        for name, sentences in lacking(letter.kind, _whole(work, letter)).items()
        for sentence in sentences
        if not any(each.name == name and each.is_set for each in of.elements)
    ]


def preview(work: Work, letter: Letter) -> bytes:
    """Return a letter as a Word file: what was issued, or what would be.

    What a draft lacks stands in it as a blank with its name.
    """
    if letter.file is not None:
        return work.engine.files.get(letter.file)
    of = letter_kind(letter.kind)
    shown = words(work, letter.agency, of, _whole(work, letter), blanks=True)
    template = template_of(work, letter.agency, letter.kind, work.today)
    return word_letters.render(template, shown)


def issue(work: Work, letter: Letter) -> Letter:
    """Give a draft its number and date, and keep it as it goes out.

    Raises:
        LetterIsIssued: it was issued before.
        Incomplete: a mandatory element is missing.
        Refusal: the agency has no 机关代字, or its template does not show everything.
    """
    _refuse_issued(work, letter)
    whole = _whole(work, letter)
    lacking = missing(letter.kind, whole)
    if lacking:
        raise Incomplete(letter, lacking)
    of = letter_kind(letter.kind)
    number = number_of(work, letter.agency, of, letter.case_id)
    whole |= {"number": number, "issued_on": work.today.isoformat()}
    shown = words(work, letter.agency, of, whole)
    template = template_of(work, letter.agency, letter.kind, work.today)
    data = word_letters.render(template, shown)
    _refuse_unsaid(letter, of, shown, data)
    file = files.store(
        work,
        f"{letter.title}（{number}）.docx",
        data,
        root_id=letter.case.root_id,
        label=Label.PERSONAL,
        accepted=(files.WORD,),
    )
    letter.number, letter.file = number, file
    letter.issued_at, letter.issued_by = work.now, work.actor.person_id
    letter.template_digest = word_letters.digest(template)
    work.session.flush()
    # What nobody signs by hand, as the receipt slip, the agency issues.
    person = work.actor.person_id is not None
    who = work.actor.name if person else letter.agency.name
    work.record(
        letter.case,
        "letter_issued",
        f"{who}签发了“{letter.title}”（{number}）。",
        data={"letter": letter.public_id, "number": number, "sha256": file.sha256},
    )
    return letter


def void(work: Work, letter: Letter, reason: str) -> Letter:
    """Take a letter back before it is served; its number stays in the register.

    Raises:
        Refusal: it is void already, was served, or no reason is given.
    """
    work.session.refresh(letter, with_for_update=True)
    if letter.voided_at is not None:
        msg = f"“{letter.title}”已经作废。"
        raise Refusal(msg)
    if any(service.counts_on for service in letter.services):
        msg = (
            f"“{letter.title}”（{letter.number}）已经送达或者交邮，不能作废。"
            "要撤销或者更正的，另发一份文书。"
        )
        raise Refusal(msg)
    if not reason.strip():
        msg = "作废文书要写明理由。"
        raise Refusal(msg)
    if letter.number:
        series = _series(letter_kind(letter.kind), letter.agency)
        numbers.void(work, series, letter.number, reason)
    letter.voided_at, letter.void_reason = work.now, reason
    name = f"（{letter.number}）" if letter.number else ""
    work.record(
        letter.case,
        "letter_voided",
        f"{work.actor.name}作废了“{letter.title}”{name}。",
        quotation=reason,
        data={"letter": letter.public_id, "number": letter.number},
    )
    return letter


def letters_of(work: Work, case: Case) -> list[Letter]:
    """Return a case's letters, the oldest first; void ones too."""
    found = select(Letter).where(Letter.case_id == case.id).order_by(Letter.id)
    return list(work.session.scalars(found))


def letter_of(work: Work, public_id: str) -> Letter:
    """Return a letter of a case that the actor may read.

    Raises:
        NotFound: there is none, or not for this actor.
    """
    letter = work.session.scalars(
        select(Letter)
        .join(Case, Case.id == Letter.case_id)
        .where(Letter.public_id == public_id, visible_to(work.actor))
    ).one_or_none()
    if letter is None:
        raise NotFound("这份文书")
    require_case(work, letter.case.public_id)
    return letter


def number_of(
    work: Work, agency: Organisation, kind: LetterKind, case_id: int | None = None
) -> str:
    """Give out the next number of an agency's family of letters in this year.

    Raises:
        Refusal: nobody has set the agency's 机关代字.
    """
    prefix = _prefix(work, agency)
    named = settings.read(
        work.session, "letters.number_words", on=work.today, organisation=agency
    )
    word = named.get(kind.family) or kind.word
    return numbers.issue(
        work,
        _series(kind, agency),
        agency,
        # 年份用六角括号括入，序号不编虚位、不加“第” (GB/T 9704-2012 7.2.5).
        lambda _agency, year, count: f"{prefix}{word}〔{year}〕{count}号",
        case_id=case_id,
    )


def _prefix(work: Work, agency: Organisation) -> str:
    own = settings.read(
        work.session, "letters.number_prefix", on=work.today, organisation=agency
    )
    # 发 is the word of the family of documents, which stands where ours stands.
    prefix = own or agency.symbol.removesuffix("发")
    if prefix:
        return str(prefix)
    msg = (
        f"没有签发：{agency.name}还没有机关代字，编不了文号。"
        "让系统管理员设置“letters.number_prefix”以后再签。"
    )
    raise Refusal(msg)


def _series(kind: LetterKind, agency: Organisation) -> str:
    # Agencies of two trees may write the same word before the year.
    return f"letter.{kind.family}.{agency.id}"


def _refuse_issued(work: Work, letter: Letter) -> None:
    work.session.refresh(letter, with_for_update=True)
    if letter.issued_at is not None:
        raise LetterIsIssued(letter)
    if letter.voided_at is not None:
        msg = f"“{letter.title}”已经作废，另写一份。"
        raise Refusal(msg)


def _whole(work: Work, letter: Letter) -> dict[str, Any]:
    content = personal.unseal(work, letter.fields)
    return whole_fields(work, letter.agency, letter_kind(letter.kind), content)


def _refuse_unsaid(
    letter: Letter, kind: LetterKind, shown: Mapping[str, Any], data: bytes
) -> None:
    """Refuse what an edited template left out, or hid behind a condition."""
    said = "".join(word_letters.text_of(data).split())
    for element in kind.elements:
        if element.printed and not _is_said(element, shown.get(element.name), said):
            raise Incomplete(
                letter,
                [f"模板没有印出“{element.label}”（{element.article}），先改模板。"],
            )


def _is_said(element: Element, value: Any, said: str) -> bool:
    del element
    if isinstance(value, str):
        return "".join(value.split()) in said
    return all(
        "".join(text.split()) in said for row in value or () for text in row.values()
    )
