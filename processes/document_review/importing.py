"""Files taken in as drafts: what a document says of itself is entered, the rest asked.

A file becomes a document in the hands of a handler, who looks at what was read, adds
what was not, and submits it through the same gate as any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from engine.authoring import Work, content, files, open_tasks, save_draft
from models.documents import Document, Origin, Paper, PaperVersion
from models.records import StoredFile
from processes.document_review.record import begin
from processes.registers.documents import document_of
from processes.registers.issuers import possible_issuers

#: What is asked of every document and never read from it.
_JUDGED = ("secrecy", "kind", "is_sensitive")

#: What is entered as it was read, by field of the draft and of the reading.
_READ = {
    "title": "title",
    "document_number": "document_number",
    "signed_on": "written_on",
    "formed_on": "formed_on",
    "index_number": "index_number",
    "category": "category",
    "attribute": "attribute_mark",
}


@dataclass(frozen=True)
class Imported:
    """What became of one file."""

    file: str
    #: The case's number; empty where the file was not taken in.
    case: str
    #: What was entered, by field of the draft, as it was read.
    entered: Mapping[str, str]
    #: Where each was read, in words.
    sources: Mapping[str, str]
    #: The fields that a person is asked for.
    asked: tuple[str, ...]
    #: Why the file was not taken in.
    refused: str = ""


@dataclass(frozen=True)
class Found:
    """A file that is to be taken in; nothing of it is kept yet."""

    name: str
    data: bytes
    #: What it says; None for a file of no type that is taken.
    looked: content.Looked | None


def read_file(name: str, data: bytes) -> Found:
    """Read a file before the act that takes it in: that holds up nobody."""
    kind = files.media_type(data)
    return Found(name, data, content.look(kind, data) if kind else None)


def import_file(work: Work, found: Found) -> Imported:
    """Register a file as a draft of the actor.

    The same bytes are registered once by an agency, so that an import that was
    interrupted goes on where it stopped.

    Raises:
        NotAllowed: the actor drafts nowhere.
    """
    name, looked = found.name, found.looked
    if looked is None:
        return not_taken_in(name, "不是可以登记的文件类型")
    if looked.is_marked_secret:
        return not_taken_in(
            name,
            "有密级标志，没有登记。本系统不是涉密系统，请拿给保密审查员线下处理"
            "（保守国家秘密法第31条）",
        )
    if _is_known(work, sha256(found.data).hexdigest()):
        return not_taken_in(name, "已经登记过")
    case = begin(work, origin=Origin.IMPORTED)
    stored = files.store(work, name, found.data, root_id=case.root_id)
    content.remember(work, stored, looked)
    recognised = content.recognise(looked.reading)
    entered = {
        field: str(value)
        for field, source in _READ.items()
        if (value := getattr(recognised, source)) is not None
    }
    issuer = _issuer(work, document_of(work.session, case), recognised.issuer)
    if issuer is not None:
        entered["issuer"] = recognised.issuer or ""
    answers: dict[str, Any] = {
        **entered,
        "file": stored.public_id,
        "signed_before": "yes",
        **({"issuer": issuer} if issuer else {}),
    }
    save_draft(work, open_tasks(work, case)[0], answers)
    if "title" not in entered:
        case.title = f"（还没有标题）{stored.name}"[:300]
    work.record(
        case,
        "document_imported",
        f"{work.actor.name}从文件“{stored.name}”登记了这份公文。",
        data={"sha256": stored.sha256, "read": sorted(entered)},
    )
    return Imported(
        name,
        case.number,
        entered,
        {
            field: recognised.sources.get(_READ.get(field, field), "")
            for field in entered
        },
        tuple(field for field in (*_READ, "issuer", *_JUDGED) if field not in entered),
    )


def not_taken_in(name: str, why: str) -> Imported:
    """Return the result for a file that stays outside, with the reason in words."""
    return Imported(name, "", {}, {}, (), why)


def _is_known(work: Work, digest: str) -> bool:
    """Tell whether the actor has taken these bytes in, or the agency has them."""
    own = select(StoredFile.id).where(
        StoredFile.sha256 == digest,
        StoredFile.stored_by == work.actor.required_person,
    )
    of_agency = (
        select(StoredFile.id)
        .join(PaperVersion, PaperVersion.file_id == StoredFile.id)
        .join(Paper)
        .join(Document)
        .where(StoredFile.sha256 == digest, Document.agency_id == work.actor.agency_id)
    )
    return any(
        work.session.scalar(query.limit(1)) is not None for query in (own, of_agency)
    )


def _issuer(work: Work, document: Document, name: str | None) -> str | None:
    """Return the organisation that a document names as its issuer, if it may be it."""
    for organisation in possible_issuers(work.session, document.agency):
        if name in (organisation.name, organisation.short_name):
            return organisation.public_id
    return None
