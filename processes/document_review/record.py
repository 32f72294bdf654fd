"""The document of a case: begun, changed, reviewed, published."""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.authoring import (
    NotAllowed,
    NotFound,
    Step,
    Work,
    claim,
    files,
    open_tasks,
    start,
    visible_to,
)
from models.documents import Document, DocumentVersion, Opinion, VersionKind
from models.people import Organisation, Role
from models.records import StoredFile
from models.workflow import Case, Label

#: Where a document may be published (Art 23); the website is the first place.
CHANNELS = ("website", "gazette", "new_media")

CHANNEL_NAMES = {
    "website": "政府网站",
    "gazette": "政府公报",
    "new_media": "政务新媒体",
}

#: Under which label a document may be drafted; the public copy alone is public.
LABELS = (Label.INTERNAL.value, Label.WORK_SECRET.value, Label.PERSONAL.value)

#: The title of a document that has none yet.
UNTITLED = "（还没有标题的公文）"


def begin(work: Work) -> Case:
    """Open a case for a new document; its drafter has the first task at once.

    Raises:
        NotAllowed: the actor drafts nowhere.
    """
    place_id = next(
        (h.organisation_id for h in work.actor.roles if h.role == Role.HANDLER), None
    )
    if place_id is None:
        msg = "拟稿要由本单位的经办人起办，您不担任这个角色。"
        raise NotAllowed(msg)
    section = work.session.get_one(Organisation, place_id)
    case = start(
        work, "document_review", title=UNTITLED, place=section, number_prefix="拟稿"
    )
    work.session.add(
        Document(
            root_id=case.root_id,
            agency_id=case.agency_id,
            section_id=section.id,
            case_id=case.id,
            title=UNTITLED,
            drafted_by=work.actor.required_person,
        )
    )
    work.session.flush()
    claim(work, open_tasks(work, case)[0])
    return case


def document_of(session: Session, case: Case) -> Document:
    """Return the document that a case is about."""
    return session.scalars(select(Document).where(Document.case_id == case.id)).one()


def add_version(
    step: Step, document: Document, kind: VersionKind, file: StoredFile
) -> DocumentVersion:
    """Add a state to the document's chain of versions."""
    version = DocumentVersion(
        document_id=document.id,
        number=len(document.versions) + 1,
        kind=kind,
        file_id=file.id,
        made_at=step.work.now,
        made_by=step.work.actor.person_id or document.drafted_by,
    )
    version.file = file
    document.versions.append(version)
    step.work.session.flush()
    return version


def chosen_file(work: Work, document: Document, public_id: str) -> StoredFile:
    """Return the file that a draft names: one the document has, or the actor's own.

    A colleague who takes over a returned draft goes on with its text.

    Raises:
        NotFound: it is neither.
    """
    for version in document.versions:
        if version.file.public_id == public_id:
            return version.file
    return files.own_upload(work, public_id)


def give_opinion(step: Step, document: Document, values: dict[str, Any]) -> None:
    """Keep a reviewer's word, bound to the bytes that were read."""
    version = document.newest(VersionKind.OFFICE)
    if version is None:
        return
    step.work.session.add(
        Opinion(
            document_id=document.id,
            version_id=version.id,
            sha256=version.file.sha256,
            step=step.element,
            outcome=values["outcome"],
            text=values["opinion"],
            given_by=step.work.actor.required_person,
            given_at=step.work.now,
        )
    )


def agreed_steps(session: Session, document: Document, sha256: str) -> set[str]:
    """Return the steps whose newest opinion agrees to exactly these bytes."""
    newest_of: dict[str, Opinion] = {}
    for given in session.scalars(
        select(Opinion).where(Opinion.document_id == document.id).order_by(Opinion.id)
    ):
        newest_of[given.step] = given
    return {
        step
        for step, given in newest_of.items()
        if given.outcome in {"agreed", "approved"} and given.sha256 == sha256
    }


def published() -> ColumnElement[bool]:
    """Return the clause on Document that holds for what everybody may read."""
    return Document.published_at.is_not(None)


def readable_file(work: Work, public_id: str) -> tuple[StoredFile, Case | None]:
    """Return a file that the actor may read, and the case it belongs to.

    Raises:
        NotFound: there is none, or not for this actor.
    """
    row = work.session.execute(
        select(StoredFile, Case)
        .join(DocumentVersion, DocumentVersion.file_id == StoredFile.id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .join(Case, Case.id == Document.case_id)
        .where(StoredFile.public_id == public_id, visible_to(work.actor))
        .limit(1)
    ).first()
    if row is not None:
        return row[0], row[1]
    return files.own_upload(work, public_id), None


def published_document(session: Session, public_id: str) -> Document:
    """Return a document that everybody may read.

    Raises:
        NotFound: there is none, or it is not published.
    """
    document = session.scalars(
        select(Document).where(Document.public_id == public_id, published())
    ).one_or_none()
    if document is None:
        raise NotFound("这份文件")
    return document


def make_public_copy(step: Step, document: Document) -> DocumentVersion:
    """Make the public copy from the reviewed bytes: a version and a file of its own."""
    office = document.newest(VersionKind.OFFICE)
    if office is None:
        raise NotFound("公文正文")
    copy = files.publish_copy(step.work, office.file)
    return add_version(step, document, VersionKind.PUBLIC, copy)
