"""What a case is about, for its pages: the one place where pages know records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.extraction import Paragraph, paragraphs
from engine.work import Work
from models.documents import (
    ATTRIBUTE_NAMES,
    Attribute,
    Document,
    DocumentVersion,
    VersionKind,
)
from models.people import ROLE_NAMES, Organisation, Role
from models.workflow import Case, CaseParty
from processes.document_review.record import CHANNEL_NAMES, UNTITLED


@dataclass(frozen=True)
class Record:
    """A case without a record of its own."""

    template: str = "office/records/none.html"
    values: Mapping[str, Any] = field(default_factory=dict)
    #: What a step's form begins with, by element.
    begins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def filled(self, element: str) -> Mapping[str, Any]:
        """Return what a step's form begins with."""
        return self.begins.get(element, {})


def record_of(work: Work, case: Case) -> Record:
    """Return what stands beside a case's forms."""
    process = work.engine.definitions.process(case.process_key)
    if process.record == "document":
        return _document(work, case)
    if case.process_key == "role_appointment":
        return _appointment(work, case)
    return Record()


def _document(work: Work, case: Case) -> Record:
    document = work.session.scalars(
        select(Document).where(Document.case_id == case.id)
    ).one()
    version = document.newest(VersionKind.OFFICE)
    attribute = document.attribute
    return Record(
        "office/records/document.html",
        {
            "document": document,
            "version": version,
            "text": _text(work, version),
            "attribute": ATTRIBUTE_NAMES[Attribute(attribute)] if attribute else "未定",
            "channel": CHANNEL_NAMES.get(document.channel, ""),
        },
        {
            "draft": _draft_values(document, version),
            "approve_publication": {"publish_on": work.today.isoformat()},
        },
    )


def _text(work: Work, version: DocumentVersion | None) -> list[Paragraph] | None:
    if version is None:
        return None
    data = work.engine.files.get(version.file)
    return paragraphs(version.file.media_type, data)


def _draft_values(
    document: Document, version: DocumentVersion | None
) -> dict[str, Any]:
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


def _appointment(work: Work, case: Case) -> Record:
    place = work.session.scalars(
        select(Organisation)
        .join(CaseParty, CaseParty.organisation_id == Organisation.id)
        .where(CaseParty.case_id == case.id, CaseParty.part == "answering")
    ).one()
    return Record(
        "office/records/appointment.html",
        {"place": place, "roles": [ROLE_NAMES[role] for role in Role]},
    )
