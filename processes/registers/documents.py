"""The register of documents: one per case that drafts, and what the public may see."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.authoring import NotFound
from models.documents import Document
from models.publications import Publication
from models.workflow import Case, Label

#: Under which label a document may be drafted; the public copy alone is public.
LABELS = (Label.INTERNAL.value, Label.WORK_SECRET.value, Label.PERSONAL.value)

#: The title of a document that has none yet.
UNTITLED = "（还没有标题的公文）"


def document_of(session: Session, case: Case) -> Document:
    """Return the document that a case is about: it drafts, corrects or explains it.

    Raises:
        NotFound: the case is about none.
    """
    own = session.scalars(
        select(Document).where(Document.case_id == case.id)
    ).one_or_none()
    if own is not None:
        return own
    found = session.scalars(
        select(Document)
        .join(Publication, Publication.document_id == Document.id)
        .where(Publication.case_id == case.id)
        .limit(1)
    ).one_or_none()
    if found is None:
        raise NotFound("这份公文")
    return found


def published() -> ColumnElement[bool]:
    """Return the clause on Document that holds for what everybody may find."""
    return Document.published_at.is_not(None) & Document.withdrawn_at.is_(None)


def published_document(session: Session, public_id: str) -> Document:
    """Return a document that is or was published.

    A withdrawn one still has a page, which says so.

    Raises:
        NotFound: there is none, or it was never published.
    """
    document = session.scalars(
        select(Document).where(
            Document.public_id == public_id, Document.published_at.is_not(None)
        )
    ).one_or_none()
    if document is None:
        raise NotFound("这份文件")
    return document
