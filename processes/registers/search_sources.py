"""What of the office's business may be found: matters, documents, opinions, letters.

Nothing that is locked or a work secret gives a word to the search but the title that
every list shows; nothing that is sealed is told at all.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import or_, select

from engine.authoring import (
    Refusal,
    SearchEntry,
    SearchSources,
    Work,
    is_restricted,
    office_date,
    personal,
)
from models.challenges import Challenge, RecordCorrection
from models.documents import Document, Paper, PaperRole, PaperVersion, VersionKind
from models.letters import Letter
from models.records import PersonalRecord
from models.requests import Consultation, InformationRequest
from models.reviews import Answer, Finding, Opinion
from models.workflow import Case, Label, Task
from processes.registers.reading import is_locked, reading_of

#: What may be found, and how it is called.
KINDS = {"matter": "事项", "document": "文件", "opinion": "意见", "letter": "文书"}

#: The sealed fields that tell who somebody is; the others are what he asks for.
_IDENTIFYING = (
    *("name", "identity_number", "credit_code", "contact_person", "contact"),
    *("phone", "email", "fax", "address"),
    *("agent_name", "agent_identity_number", "agent_phone"),
)


def _entries(work: Work, case: Case) -> Iterator[SearchEntry]:
    yield SearchEntry(
        key="case",
        kind="matter",
        title=case.title,
        number=case.number,
        dated=office_date(case.started_at),
    )
    yield from _requests(work, case)
    yield from _letters(work, case)
    silent = case.label == Label.WORK_SECRET or _any_locked(work, case)
    yield from _documents(work, case, silent)
    if not silent:
        yield from _opinions(work, case)


def _requests(work: Work, case: Case) -> Iterator[SearchEntry]:
    for each in work.session.scalars(
        select(InformationRequest).where(
            InformationRequest.case_id == case.id,
            InformationRequest.number != case.number,
        )
    ):
        yield SearchEntry(
            key=f"request:{each.id}",
            kind="matter",
            title=each.subject,
            number=each.number,
            dated=each.submitted_on,
        )


def _letters(work: Work, case: Case) -> Iterator[SearchEntry]:
    """Tell of letters by title and number; what they say is sealed."""
    for each in work.session.scalars(
        select(Letter).where(Letter.case_id == case.id, Letter.issued_at.is_not(None))
    ):
        yield SearchEntry(
            key=f"letter:{each.id}",
            kind="letter",
            title=f"{each.title}：{case.title}",
            number=each.number,
            target=each.public_id,
            dated=office_date(each.issued_at or each.drafted_at),
        )


def _any_locked(work: Work, case: Case) -> bool:
    versions = work.session.scalars(
        select(PaperVersion).where(PaperVersion.case_id == case.id)
    )
    return any(is_locked(work.session, each.file) for each in versions)


def _documents(work: Work, case: Case, silent: bool) -> Iterator[SearchEntry]:
    own = work.session.scalars(
        select(Document).where(Document.case_id == case.id)
    ).one_or_none()
    newest = _newest(work, case)
    text = next(
        (
            each
            for each in newest
            if own
            and each.paper.document_id == own.id
            and each.paper.role == PaperRole.TEXT
        ),
        None,
    )
    if own is not None:
        yield SearchEntry(
            key=f"document:{own.id}",
            kind="document",
            title=own.title,
            number=own.document_number,
            dated=own.signed_on or office_date(case.started_at),
            **_said(work, case, None if silent else text),
        )
    for each in newest:
        if each is not text:
            yield SearchEntry(
                key=f"paper:{each.paper_id}",
                kind="document",
                title=each.paper.title,
                dated=office_date(each.made_at),
                **_said(work, case, None if silent else each),
            )


def _newest(work: Work, case: Case) -> list[PaperVersion]:
    """Return the newest office version that a case brought of each of its papers."""
    versions = work.session.scalars(
        select(PaperVersion)
        .join(Paper)
        .where(
            PaperVersion.case_id == case.id,
            PaperVersion.kind == VersionKind.OFFICE,
            Paper.removed.is_(False),
        )
        .order_by(Paper.position, PaperVersion.number)
    )
    return list({version.paper_id: version for version in versions}.values())


def _said(work: Work, case: Case, version: PaperVersion | None) -> dict[str, Any]:
    if version is None or any(
        is_restricted(label)
        for label in (case.label, version.paper.document.label, version.file.label)
    ):
        return {}
    cuts = work.session.execute(
        select(Finding.address, Finding.start, Finding.end)
        .where(Finding.version_id == version.id, Finding.answer == Answer.REDACT)
        .order_by(Finding.start.desc(), Finding.id)
    ).all()
    told = ",".join(f"{address}:{start}-{end}" for address, start, end in cuts)
    return {
        "version": f"{version.id};{told}",
        "text": lambda: _read(
            work, version, [(row.address, row.start, row.end) for row in cuts]
        ),
    }


def _read(work: Work, version: PaperVersion, cuts: list[tuple[str, int, int]]) -> str:
    """Return what a version says, without what a person has marked in it."""
    try:
        blocks = reading_of(work, version).visible
    except Refusal:
        return ""
    lines = []
    for block in blocks:
        text = block.text
        for address, start, end in cuts:
            if address == block.address:
                text = f"{text[:start]}＊＊{text[end:]}"
        lines.append(text)
    return "\n".join(lines)


def _opinions(work: Work, case: Case) -> Iterator[SearchEntry]:
    for task in work.session.scalars(
        select(Task).where(
            Task.case_id == case.id,
            Task.opinion != "",
            Task.completed_at.is_not(None),
        )
    ):
        yield SearchEntry(
            key=f"task:{task.id}",
            kind="opinion",
            title=f"{task.name}：{case.title}",
            dated=office_date(task.completed_at or task.created_at),
            version=task.opinion,
            text=_always(task.opinion),
        )
    for each in work.session.scalars(
        select(Opinion).where(
            Opinion.case_id == case.id, Opinion.aspect != "", Opinion.text != ""
        )
    ):
        yield SearchEntry(
            key=f"opinion:{each.id}",
            kind="opinion",
            title=f"审查意见：{case.title}",
            dated=office_date(each.given_at),
            version=each.text,
            text=_always(each.text),
        )


def _always(text: str) -> Callable[[], str]:
    return lambda: text


def _identifying(work: Work, case: Case) -> Iterator[str]:
    for record in _records(work, case):
        values = personal.unseal(work, record)
        yield from (
            value
            for name in _IDENTIFYING
            if isinstance(value := values.get(name, ""), str) and value
        )


def _records(work: Work, case: Case) -> Iterable[PersonalRecord]:
    """Return the records of who asks and who is asked in a case or in its cause."""
    cases = [each for each in (case.id, case.parent_id) if each is not None]
    asked = select(Consultation.request_id).where(Consultation.case_id.in_(cases))
    challenged = select(Challenge.request_id).where(Challenge.case_id.in_(cases))
    requests = select(InformationRequest.id).where(
        or_(
            InformationRequest.case_id.in_(cases),
            InformationRequest.id.in_(asked),
            InformationRequest.id.in_(challenged),
        )
    )
    sealed = (
        select(InformationRequest.applicant_id).where(
            InformationRequest.id.in_(requests)
        ),
        select(Consultation.party_record_id).where(
            Consultation.request_id.in_(requests)
        ),
        select(RecordCorrection.applicant_id).where(
            RecordCorrection.case_id.in_(cases)
        ),
    )
    clauses = (PersonalRecord.id.in_(each) for each in sealed)
    return work.session.scalars(
        select(PersonalRecord).where(or_(*clauses)).order_by(PersonalRecord.id)
    ).all()


SOURCES = SearchSources(entries=_entries, identifying=_identifying)
