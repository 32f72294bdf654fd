"""Findings: what checks and people found in a paper, and what was decided of each."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.authoring import InvalidAnswers, Step, Work, content, visible_to
from models.documents import Document, PaperRole, PaperVersion
from models.reviews import Answer, Finding
from models.workflow import Case
from processes.registers.reading import is_locked, reading_of

#: Marked by a person on the page.
MANUAL = "manual"
#: Marked by a person in an earlier version, and not found again in this one.
LOST_MARK = "lost_mark"
SECRET_MARK = "secret_mark"  # noqa: S105 (a code, not a secret)
UNREAD = "unread"

#: How the codes of what a document's text should have begin.
_MISSING = "missing_"
_MISSING_NUMBER = "missing_document_number"

#: What stands in a public copy for what a person took out by hand.
BLANK = "×××"

#: How much text around a finding must be the same for its answer to be carried over.
AROUND = 12

#: What is to be written of a finding that stays, where it is no value that is kept.
_REASONS = {
    UNREAD: "写明怎么查的、谁看过、有没有不能公开的内容",
    LOST_MARK: "写明为什么不再遮盖",
}

_ALLOWED: dict[str, tuple[Answer, ...]] = {
    "redact": (Answer.REDACT, Answer.EXPLAIN),
    "repair": (Answer.REPAIR, Answer.ACCEPT, Answer.EXPLAIN),
    "look": (Answer.ACCEPT, Answer.REDACT, Answer.EXPLAIN),
    "explain": (Answer.EXPLAIN,),
}


def examine(
    work: Work,
    version: PaperVersion,
    looked: content.Looked,
    previous: PaperVersion | None,
) -> Sequence[Finding]:
    """Keep what is found in a version's file, and what nobody could read.

    Where the version before says the same, its answer is carried over.
    """
    reading = looked.reading
    version.unread = list(reading.unread)
    hidden = {block.address for block in reading.blocks if block.hidden}
    of_text = version.paper.role == PaperRole.TEXT
    found = [
        _kept(work, version, each, never_copied=each.address in hidden)
        for each in looked.findings
        # What is attached needs no number, date or issuer of its own.
        if of_text or not each.code.startswith(_MISSING)
    ]
    work.session.add_all(found)
    if previous is not None and not is_locked(work.session, previous.file):
        _carry_over(work, reading, previous, found)
    work.session.flush()
    return found


def of_version(session: Session, version: PaperVersion) -> Sequence[Finding]:
    """Return the findings of a version as they stand in it, whole-file ones last.

    Whether the register knows the document's number may change after the check.
    """
    rows = session.scalars(
        select(Finding).where(Finding.version_id == version.id).order_by(Finding.id)
    ).all()
    if lacks_number(version.paper.document):
        return rows
    return [each for each in rows if each.code != _MISSING_NUMBER]


def lacks_number(document: Document) -> bool:
    """Tell whether nobody has said a document's number, and none will be given to it.

    A new document is numbered here, after its text was written; only one that was
    signed before brings its own.
    """
    return document.signed_before and not document.document_number


def is_settled(finding: Finding) -> bool:
    """Tell whether nobody has to answer: no public copy ever has what was found.

    Comments, revisions, properties and hidden parts are left out of every copy.
    """
    return finding.answer is not None and finding.answered_by is None


def allowed(finding: Finding) -> tuple[Answer, ...]:
    """Return how a finding may be answered by a person.

    Personal data are masked or kept for a reason, never just left (个人信息保护法
    Art 25; 条例 Art 15); what nobody could read is looked at by a person, who says
    how; what was marked by hand may be given free again; of what was marked before
    and is not found any more, somebody says what became of it.
    """
    if is_settled(finding):
        return ()
    if finding.code == LOST_MARK:
        return (Answer.ACCEPT, Answer.REDACT, Answer.EXPLAIN)
    if finding.code == MANUAL:
        return (Answer.REDACT, Answer.ACCEPT)
    if finding.code in (UNREAD, SECRET_MARK):
        return (Answer.EXPLAIN,)
    answers = _ALLOWED[finding.suggestion]
    if not finding.address:
        return tuple(each for each in answers if each != Answer.REDACT)
    return answers


def answer(
    step: Step,
    finding: Finding,
    chosen: Answer,
    *,
    explanation: str = "",
    exception: str = "",
    replacement: str = "",
) -> None:
    """Keep what a person decided about a finding.

    Raises:
        InvalidAnswers: the answer does not fit the finding, or lacks its reason.
    """
    name = f"findings.{finding.public_id}"
    if chosen not in allowed(finding):
        raise InvalidAnswers({f"{name}.answer": ["这一处不能这样处理，换一种"]})
    if chosen == Answer.EXPLAIN:
        _require_reason(finding, name, explanation, exception)
    if chosen == Answer.REPAIR:
        finding.replacement = _corrected(finding, name, replacement)
    finding.answer = chosen
    finding.explanation = explanation if chosen == Answer.EXPLAIN else ""
    finding.exception = exception if chosen == Answer.EXPLAIN else ""
    finding.carried = False
    finding.answered_by = step.work.actor.required_person
    finding.answered_at = step.work.now


def mark(
    step: Step, version: PaperVersion, place: content.Block, span: slice, reason: str
) -> Finding:
    """Keep a stretch of text that a person takes out of the public copy."""
    finding = Finding(
        version_id=version.id,
        code=MANUAL,
        address=place.address,
        start=span.start,
        end=span.stop,
        label=place.label[:200],
        message="人工标记的遮盖",
        suggestion="redact",
        replacement=BLANK,
        reason=reason,
        answer=Answer.REDACT,
        answered_by=step.work.actor.required_person,
        answered_at=step.work.now,
    )
    step.work.session.add(finding)
    step.work.session.flush()
    return finding


def alike(work: Work, case: Case, codes: set[str], most: int = 5) -> Sequence[Finding]:
    """Return how findings of these kinds were last answered in other cases of the
    agency, as far as the actor may read them."""
    return work.session.scalars(
        select(Finding)
        .join(PaperVersion, PaperVersion.id == Finding.version_id)
        .join(Case, Case.id == PaperVersion.case_id)
        .where(
            Finding.code.in_(codes),
            Finding.answered_by.is_not(None),
            Finding.carried.is_(False),
            Case.agency_id == case.agency_id,
            Case.id != case.id,
            visible_to(work.actor),
        )
        .order_by(Finding.answered_at.desc(), Finding.id.desc())
        .limit(most)
    ).all()


def _kept(
    work: Work, version: PaperVersion, found: content.Finding, *, never_copied: bool
) -> Finding:
    finding = Finding(
        version_id=version.id,
        code=found.code,
        address=found.address,
        start=found.start,
        end=found.end,
        label=found.label[:200],
        message=found.message,
        context=found.context,
        suggestion=found.suggestion,
        replacement=found.replacement,
    )
    never_copied |= found.suggestion == "redact" and not found.address
    if never_copied and found.code != SECRET_MARK:
        finding.answer, finding.answered_at = Answer.REDACT, work.now
    return finding


def _require_reason(
    finding: Finding, name: str, explanation: str, exception: str
) -> None:
    if exception and not content.excuses(exception, finding.code):
        sentence = "这种情形不适用于这一处，换一种或者写明理由"
        raise InvalidAnswers({f"{name}.exception": [sentence]})
    if explanation or exception:
        return
    sentence = _REASONS.get(
        finding.code, "写明保留的理由，或者选一种依法可以保留的情形"
    )
    raise InvalidAnswers({f"{name}.explanation": [sentence]})


def _corrected(finding: Finding, name: str, replacement: str) -> str:
    text = replacement or finding.replacement
    if content.needs_typing(text):
        sentence = "还有丢失的字没有补上，对照原件把□换成原来的字"
        raise InvalidAnswers({f"{name}.replacement": [sentence]})
    return text


_Signature = tuple[str, str, str, str]


def _carry_over(
    work: Work,
    reading: content.Reading,
    previous: PaperVersion,
    found: Sequence[Finding],
) -> None:
    answered = [
        each
        for each in of_version(work.session, previous)
        if each.answered_by is not None and each.address
    ]
    if not answered:
        return
    before = _texts(reading_of(work, previous))
    now = _texts(reading)
    same: dict[_Signature, list[Finding]] = {}
    for each in answered:
        same.setdefault(_signature(each, before), []).append(each)
    for each in found:
        earlier = same.get(_signature(each, now))
        if each.address and each.code != SECRET_MARK and earlier:
            copy_answer(earlier.pop(0), each)


def _texts(reading: content.Reading) -> dict[str, str]:
    return {block.address: block.text for block in reading.blocks}


def _signature(finding: Finding, texts: dict[str, str]) -> _Signature:
    text = texts.get(finding.address, "")
    start, end = finding.start, finding.end
    before = text[max(start - AROUND, 0) : start]
    return finding.code, before, text[start:end], text[end : end + AROUND]


def copy_answer(earlier: Finding, finding: Finding) -> None:
    """Answer a finding as an earlier one was answered, and by whom."""
    finding.answer = earlier.answer
    finding.explanation = earlier.explanation
    finding.exception = earlier.exception
    finding.replacement = earlier.replacement
    finding.answered_by = earlier.answered_by
    finding.answered_at = earlier.answered_at
    finding.carried = True
