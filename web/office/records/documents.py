"""The document of a case, beside its forms."""

from typing import Any

from sqlalchemy import select

from engine.extraction import Paragraph, paragraphs
from engine.work import Work
from models.documents import (
    ATTRIBUTE_NAMES,
    Attribute,
    Document,
    PaperVersion,
    VersionKind,
)
from models.workflow import Case
from processes.registers.documents import UNTITLED
from web.office.records.shape import Record


def record(work: Work, case: Case) -> Record:
    """Return the document with its text."""
    document = work.session.scalars(
        select(Document).where(Document.case_id == case.id)
    ).one()
    version = document.text.newest(VersionKind.OFFICE) if document.text else None
    attribute = document.attribute
    return Record(
        "office/records/document.html",
        {
            "document": document,
            "version": version,
            "text": _text(work, version),
            "attribute": ATTRIBUTE_NAMES[Attribute(attribute)] if attribute else "未定",
        },
        {
            "draft": _draft_values(document, version),
            "approve_publication": {"publish_on": work.today.isoformat()},
        },
    )


def _text(work: Work, version: PaperVersion | None) -> list[Paragraph] | None:
    if version is None:
        return None
    data = work.engine.files.get(version.file)
    return paragraphs(version.file.media_type, data)


def _draft_values(document: Document, version: PaperVersion | None) -> dict[str, Any]:
    return {
        "title": "" if document.title == UNTITLED else document.title,
        "document_number": document.document_number,
        "formed_on": document.formed_on.isoformat() if document.formed_on else "",
        "category": document.category,
        "attribute": document.attribute,
        "attribute_reason": document.attribute_reason,
        "label": document.label,
        "file": version.file.public_id if version else "",
    }
