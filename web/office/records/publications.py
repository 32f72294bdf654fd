"""What is about to go out, or to change outside, beside the forms that decide it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from engine import settings, tasks
from engine.content.display import Piece, pieces
from engine.instances import open_tasks
from engine.work import Work
from models.documents import (
    ATTRIBUTE_NAMES,
    DOCUMENT_KIND_NAMES,
    VALIDITY_NAMES,
    Attribute,
    Document,
    DocumentKind,
    PaperRole,
    PaperVersion,
    Validity,
)
from models.interpretations import Interpretation
from models.publications import (
    AUDIENCE_NAMES,
    PUBLICATION_KIND_NAMES,
    Audience,
    Publication,
    PublicationKind,
)
from models.reviews import Opinion
from models.workflow import Case
from processes.publication.requests import changeable
from processes.registers import interpretations, papers, publications, reviews
from processes.registers.channels import CHANNEL_NAMES, CHANNELS
from processes.registers.documents import document_of
from processes.registers.reading import is_locked, reading_of
from web.office.records.interpretations import panel
from web.office.records.shape import Record
from web.office.text_changes import Changes, changes

#: How many published documents a form offers; others are named by their number.
_OFFERED = 200

#: The step that asks for a change, and those that let something happen outside.
_REQUEST = "publication_request"
_APPROVALS = frozenset({"approve_publication", "approve_change"})


@dataclass(frozen=True)
class Said:
    """One reviewer's word on a paper."""

    step: str
    outcome: str
    by: str
    at: datetime
    text: str
    #: Whether it speaks of the bytes that would go out.
    stands: bool


@dataclass(frozen=True)
class Leaving:
    """One paper of the bundle: the copy that would go out, and what was said of it."""

    version: PaperVersion
    copy: PaperVersion | None
    said: Sequence[Said]
    reviewed: bool
    #: What is not as the public reads it now; None where it is new to the public.
    changes: Changes | None


def record(work: Work, case: Case) -> Record:
    """Return the bundle that waits for approval, or the change that is asked for."""
    if case.process_key == "publication":
        return _change(work, case)
    document = document_of(work.session, case)
    return Record(
        "office/records/publication.html",
        {**_common(work, case, document), "publication": None},
        {"approve_publication": _approval(work, case, document)},
    )


def _approval(work: Work, case: Case, document: Document) -> Mapping[str, Any]:
    before = publications.of_case(work.session, case)
    planned = interpretations.of_case(work.session, case)
    # An interpretation goes where its document went; a bundle that comes again, where
    # it was to go before.
    like = (
        publications.first(work.session, document) if document.published_at else before
    )
    return {
        "channels": _channels(before, planned),
        "audience": like.audience if like else Audience.EVERYONE,
        "audience_name": like.audience_name if like else "",
        "publish_on": work.today.isoformat(),
    }


def _channels(before: Publication | None, planned: Interpretation | None) -> list[str]:
    """Return where it was to go before, or where the plan says; else the website."""
    found = before.channels if before else planned.channels if planned else []
    return [each for each in found if each in CHANNELS] or ["website"]


def _common(work: Work, case: Case, document: Document) -> dict[str, Any]:
    missing = {each.id for each in reviews.unreviewed(work, case)}
    current = publications.current(work.session, document)
    outside = {each.version.paper_id: each.version for each in current}
    bundle = [
        Leaving(
            version=each,
            copy=each.paper.public_copy,
            said=_said(work, case, each),
            reviewed=each.id not in missing,
            changes=_changes(work, outside.get(each.paper_id), each),
        )
        for each in papers.leaving(work, case)
    ]
    attribute = document.attribute
    planned = interpretations.of_case(work.session, case)
    site = settings.read(
        work.session, "publication.site", on=work.today, root_id=document.root_id
    )
    text = _main_text(
        [each.copy for each in bundle if each.copy]
        or [each.version for each in current]
    )
    return {
        "document": document,
        "attribute": ATTRIBUTE_NAMES[Attribute(attribute)] if attribute else "未定",
        "kind": DOCUMENT_KIND_NAMES[DocumentKind(document.kind)],
        "bundle": bundle,
        "interpretation": panel(work, document, planned) if planned else None,
        "page": f"{site or ''}/documents/{document.public_id}",
        "files": f"{site or ''}/files/",
        "missing": [each for each in bundle if not each.reviewed],
        "to_approve": any(t.element in _APPROVALS for t in open_tasks(work, case)),
        "text": _text(work, text) if text else None,
        "text_of": text,
        "papers": current,
    }


def _main_text(versions: Sequence[PaperVersion]) -> PaperVersion | None:
    """Return 正文 among versions."""
    return next((v for v in versions if v.paper.role == PaperRole.TEXT), None)


def _changes(
    work: Work, published: PaperVersion | None, office: PaperVersion
) -> Changes | None:
    new = office.paper.public_copy or office
    if published is None or is_locked(work.session, new.file):
        return None
    return changes(_lines(work, published), _lines(work, new))


def _lines(work: Work, version: PaperVersion) -> list[str]:
    return [block.text for block in reading_of(work, version).visible]


def _text(work: Work, version: PaperVersion) -> list[Piece] | None:
    if is_locked(work.session, version.file):
        return None
    return pieces(reading_of(work, version).visible) or None


def _said(work: Work, case: Case, version: PaperVersion) -> list[Said]:
    """Return the newest word of each step on a paper."""
    copy = version.paper.public_copy
    bytes_that_count = {version.file.sha256, copy.file.sha256 if copy else ""}
    newest: dict[str, Opinion] = {}
    for opinion in work.session.scalars(
        select(Opinion)
        .join(PaperVersion)
        .where(
            Opinion.case_id == case.id,
            Opinion.aspect == "",
            PaperVersion.paper_id == version.paper_id,
        )
        .order_by(Opinion.id)
    ):
        newest[opinion.step] = opinion
    return [
        Said(
            **_in_words(work, opinion),
            by=opinion.giver.name,
            at=opinion.given_at,
            text=opinion.text,
            stands=opinion.sha256 in bytes_that_count,
        )
        for opinion in newest.values()
    ]


def _in_words(work: Work, opinion: Opinion) -> dict[str, str]:
    for process in work.engine.definitions:
        if opinion.step in process.texts.steps:
            texts = process.texts.step(opinion.step)
            outcome = texts.outcomes.get(opinion.outcome, "同意")
            return {"step": texts.title, "outcome": outcome}
    return {"step": opinion.step, "outcome": opinion.outcome}


def _change(work: Work, case: Case) -> Record:
    publication = publications.of_case(work.session, case)
    document = publication.document if publication else _being_chosen(work, case)
    if document is None:
        values: dict[str, Any] = {"document": None, "papers": []}
    else:
        values = {
            **_common(work, case, document),
            "publication": publication,
            "change": _change_in_words(publication) if publication else {},
            "validity": VALIDITY_NAMES[publications.validity_on(document, work.today)],
        }
    return Record(
        "office/records/publication.html",
        values,
        {
            _REQUEST: _requested(work, case, publication),
            "approve_change": _change_approval(work, publication),
        },
        {"document": _offered(work, publication)},
    )


def _being_chosen(work: Work, case: Case) -> Document | None:
    """Return the document that a draft of the request names; it shows its papers."""
    request = next((t for t in open_tasks(work, case) if t.element == _REQUEST), None)
    draft = tasks.draft_of(work, request) if request else None
    if draft is None:
        return None
    number = str(draft.answers.get("number") or "").strip()
    named = (
        or_(Document.index_number == number, Document.document_number == number)
        if number
        else Document.public_id == str(draft.answers.get("document") or "")
    )
    found = work.session.scalars(
        select(Document).where(changeable(work), named).limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def _change_in_words(publication: Publication) -> dict[str, str]:
    validity = publication.validity
    return {
        "kind": PUBLICATION_KIND_NAMES[PublicationKind(publication.kind)],
        "ground": publications.WITHDRAWAL_GROUNDS.get(publication.ground, ""),
        "validity": VALIDITY_NAMES[Validity(validity)] if validity else "",
        "audience": AUDIENCE_NAMES[Audience(publication.audience)],
        "channels": "、".join(CHANNEL_NAMES[each] for each in publication.channels),
    }


def _requested(
    work: Work, case: Case, publication: Publication | None
) -> Mapping[str, Any]:
    """Return what was asked for before, for one whose request came back."""
    if publication is None:
        return {}
    brought = papers.leaving(work, case)
    asks = publication.kind in {PublicationKind.CORRECT, PublicationKind.WITHDRAW}
    remains = "concealed" if publication.conceals else "shown"
    return {
        "document": publication.document.public_id,
        "kind": publication.kind,
        "reason": publication.reason,
        "ground": publication.ground,
        "validity": publication.validity,
        "since": publication.since.isoformat() if publication.since else "",
        "remains": remains if asks else "",
        **{
            f"files.{each.paper.public_id}": each.file.public_id
            for each in brought
            if each.paper.versions[0].case_id != case.id
        },
        "added": [
            each.file.public_id
            for each in brought
            if each.paper.versions[0].case_id == case.id
        ],
    }


def _change_approval(work: Work, publication: Publication | None) -> Mapping[str, Any]:
    since = publication.since if publication else None
    waits = publication is not None and publication.kind == PublicationKind.VALIDITY
    begins = max(work.today, since) if waits and since else work.today
    return {"publish_on": begins.isoformat()}


def _offered(work: Work, publication: Publication | None) -> Sequence[tuple[str, str]]:
    if work.actor.agency_id is None:
        return ()
    documents = list(
        work.session.scalars(
            select(Document)
            .where(changeable(work))
            .order_by(Document.published_at.desc(), Document.id.desc())
            .limit(_OFFERED)
        )
    )
    if publication is not None and publication.document not in documents:
        documents.append(publication.document)
    return [
        (each.public_id, f"{each.title}（{each.index_number}）") for each in documents
    ]
