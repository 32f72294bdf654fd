"""The register of what was done towards the public: published, corrected, withdrawn."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from engine.authoring import InvalidAnswers, Work
from models.documents import Document, Paper, PaperRole, PaperVersion, Validity
from models.publications import (
    CHANGES,
    Publication,
    PublicationKind,
    PublishedPaper,
)
from models.records import IssuedNumber, StoredFile
from models.workflow import Case, CaseStatus

#: Why something is withdrawn; a withdrawn penalty has a limit of its own
#: (行政处罚法 Art 48(2)).
PENALTY = "penalty"
WITHDRAWAL_GROUNDS: dict[str, str] = {
    PENALTY: "行政处罚决定被变更、撤销、确认违法或者无效",
    "not_public": "不应当公开",
    "mistaken": "内容有误，更正解决不了",
    "other": "其他原因",
}

#: The series of our 索引号.
INDEX = "index"


def intend(
    work: Work,
    case: Case,
    document: Document,
    kind: PublicationKind,
    *,
    reason: str = "",
    validity: Validity | None = None,
) -> Publication:
    """Say what a case is to do towards the public; it does one thing.

    A change of what is out has its reason from the beginning.
    """
    publication = of_case(work.session, case)
    if publication is None:
        publication = Publication(document_id=document.id, case_id=case.id)
        publication.document, publication.case = document, case
        work.session.add(publication)
    publication.kind, publication.reason = kind, reason
    publication.validity = validity
    work.session.flush()
    return publication


def of_case(session: Session, case: Case) -> Publication | None:
    """Return what a case does or did towards the public."""
    return session.scalars(
        select(Publication).where(Publication.case_id == case.id)
    ).one_or_none()


def done(session: Session, document: Document) -> Sequence[Publication]:
    """Return what was done with a document towards the public, oldest first."""
    return session.scalars(
        select(Publication)
        .where(Publication.document_id == document.id, Publication.done_at.is_not(None))
        .order_by(Publication.done_at, Publication.id)
    ).all()


def first(session: Session, document: Document) -> Publication:
    """Return the act by which a document was published: to whom, and where."""
    return next(
        each for each in done(session, document) if each.kind == PublicationKind.PUBLISH
    )


def under_way(
    session: Session,
    document: Document,
    besides: Case,
    kinds: Collection[PublicationKind] = CHANGES,
) -> Case | None:
    """Return another open case that changes what the public sees of a document."""
    return session.scalars(
        select(Case)
        .join(Publication, Publication.case_id == Case.id)
        .where(
            Publication.document_id == document.id,
            Publication.kind.in_(kinds),
            Publication.done_at.is_(None),
            Case.status == CaseStatus.OPEN,
            Case.id != besides.id,
        )
        .order_by(Case.id)
        .limit(1)
    ).one_or_none()


def as_of(acts: Iterable[Publication]) -> list[PublishedPaper]:
    """Return the papers as the public read them after these acts, in their order."""
    newest = {
        published.version.paper_id: published
        for act in acts
        for published in act.papers
    }
    return sorted(newest.values(), key=lambda each: _order(each.version.paper))


def current(session: Session, document: Document) -> list[PublishedPaper]:
    """Return the papers of a document as the public reads them now."""
    return as_of(done(session, document))


def _order(paper: Paper) -> tuple[int, int]:
    return _ROLES.index(PaperRole(paper.role)), paper.position


_ROLES = (
    PaperRole.TEXT,
    PaperRole.ATTACHMENT,
    PaperRole.INTERPRETATION,
    PaperRole.RISK_PLAN,
)


@dataclass(frozen=True)
class Edition:
    """What a document was from one act to the next that changed its papers."""

    number: int
    act: Publication
    papers: Sequence[PublishedPaper]
    #: The correction by which it is no longer what counts; None for the current one.
    replaced_by: Publication | None


def editions(acts: Sequence[Publication]) -> list[Edition]:
    """Return the editions of a document, oldest first: published, then corrected."""
    turns = [
        number
        for number, act in enumerate(acts)
        if act.kind in {PublicationKind.PUBLISH, PublicationKind.CORRECT}
    ]
    ends = [*turns[1:], len(acts)]
    return [
        Edition(
            number=number,
            act=acts[begin],
            papers=as_of(acts[:end]),
            replaced_by=acts[end] if end < len(acts) else None,
        )
        for number, (begin, end) in enumerate(zip(turns, ends, strict=True), 1)
    ]


def concealed(acts: Sequence[Publication]) -> set[int]:
    """Return the versions that a correction took away from the public's eyes."""
    gone: set[int] = set()
    for number, act in enumerate(acts):
        if act.kind == PublicationKind.CORRECT and act.conceals:
            replaced = {each.version.paper_id for each in act.papers}
            gone |= {
                each.version_id
                for earlier in acts[:number]
                for each in earlier.papers
                if each.version.paper_id in replaced
            }
    return gone


def validity_on(document: Document, day: date) -> Validity:
    """Return 有效性 on a day: what holds until a day has expired after it."""
    validity = Validity(document.validity)
    over = document.valid_until is not None and document.valid_until < day
    if over and validity in {Validity.IN_FORCE, Validity.AMENDED}:
        return Validity.EXPIRED
    return validity


def validity_as_of(day: date) -> ColumnElement[str]:
    """Return the expression on Document for what `validity_on` tells."""
    over = Document.valid_until.is_not(None) & (Document.valid_until < day)
    standing = Document.validity.in_([Validity.IN_FORCE, Validity.AMENDED])
    return case((over & standing, Validity.EXPIRED.value), else_=Document.validity)


@dataclass(frozen=True)
class PublishedFile:
    """A published file: of which document, by which act."""

    document: Document
    publication: Publication
    version: PaperVersion


def published_file(session: Session, public_id: str) -> PublishedFile | None:
    """Return a file that was published; the newest act that let it out."""
    row = session.execute(
        select(Document, Publication, PaperVersion)
        .join(Publication, Publication.document_id == Document.id)
        .join(PublishedPaper, PublishedPaper.publication_id == Publication.id)
        .join(PaperVersion, PaperVersion.id == PublishedPaper.version_id)
        .join(StoredFile, StoredFile.id == PaperVersion.file_id)
        .where(StoredFile.public_id == public_id, Publication.done_at.is_not(None))
        .order_by(Publication.id.desc())
        .limit(1)
    ).first()
    return PublishedFile(row[0], row[1], row[2]) if row is not None else None


def taken_index(work: Work, number: str, *, besides: Document) -> str:
    """Return what already has a 索引号, in words; empty if nothing has."""
    other = work.session.scalars(
        select(Document).where(
            Document.index_number == number, Document.id != besides.id
        )
    ).one_or_none()
    if other is not None:
        mine = other.root_id == besides.root_id
        return f"“{other.title}”" if mine else "别的文件"
    issued = work.session.scalars(
        select(IssuedNumber).where(
            IssuedNumber.series == INDEX,
            IssuedNumber.text == number,
            IssuedNumber.case_id.is_distinct_from(besides.case_id),
        )
    ).one_or_none()
    return "一份作废的编号" if issued is not None else ""


def refuse_taken_index(
    work: Work, document: Document, number: str, *, field: str
) -> None:
    """Refuse a 索引号 that an old document brings but another one has.

    Raises:
        InvalidAnswers: it names one document only (Art 12(2)).
    """
    taken = taken_index(work, number, besides=document)
    if taken:
        sentence = (
            f"索引号{number}已经是{taken}的，一个索引号只能用一次。"
            "核对原件上的号，没有的空着，发布时给新号"
        )
        raise InvalidAnswers({field: [sentence]})
