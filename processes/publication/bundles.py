"""What channels get: the files with their sha256, and what they say of themselves."""

import re
from datetime import date
from typing import Any

from engine.authoring import Work, outbox, settings
from models.documents import (
    ATTRIBUTE_NAMES,
    PAPER_ROLE_NAMES,
    VALIDITY_NAMES,
    Attribute,
    PaperRole,
    Validity,
)
from models.publications import (
    AUDIENCE_NAMES,
    PUBLICATION_KIND_NAMES,
    Audience,
    Publication,
    PublicationKind,
    PublishedPaper,
)
from models.workflow import Case
from processes.registers import publications
from processes.registers.channels import CHANNEL_NAMES

#: What a name of a file may consist of on every system that picks it up.
_UNSAFE = re.compile(r"[^\w.()（）〔〕《》·-]+")


def send(work: Work, case: Case, publication: Publication) -> None:
    """Hand what was done to every channel, after this act's commit.

    A channel with a system of its own is told by a call as well, if the settings
    say where.
    """
    told = _told(work, publication)
    for channel in publication.channels:
        key = publication.bundle_key(channel)
        payload = {
            **told,
            "channel": CHANNEL_NAMES[channel],
            "takes_back": _taken_back(work, publication, channel),
        }
        outbox.send(work, case, key=key, kind=channel, payload=payload)
        if _is_called(work, case, channel):
            kind = outbox.webhook_kind(channel)
            outbox.send(work, case, key=f"{key}:call", kind=kind, payload=payload)


def _is_called(work: Work, case: Case, channel: str) -> bool:
    key = f"publication.webhook.{channel}"
    if key not in settings.DEFAULTS:
        return False
    called = settings.read(work.session, key, on=work.today, organisation=case.agency)
    return called is not None


def _told(work: Work, publication: Publication) -> dict[str, Any]:
    document = publication.document
    kind = PublicationKind(publication.kind)
    site = settings.read(
        work.session, "publication.site", on=work.today, root_id=document.root_id
    )
    nameless = kind == PublicationKind.WITHDRAW and publication.conceals
    return {
        "action": kind,
        "action_name": PUBLICATION_KIND_NAMES[kind],
        "reason": publication.reason,
        "title": "" if nameless else document.title,
        "page": f"{site or ''}/documents/{document.public_id}",
        "index_number": document.index_number,
        "document_number": document.document_number,
        "formed_on": _written(document.formed_on),
        "signed_on": _written(document.signed_on),
        "published_on": _written(work.today),
        "category": document.category,
        "issuer": document.issuer.name,
        "joint_issuers": [each.organisation.name for each in document.joint_issuers],
        "section": document.section.name,
        "attribute": ATTRIBUTE_NAMES[Attribute(document.attribute or "")],
        "validity": VALIDITY_NAMES[Validity(document.validity)],
        "audience": AUDIENCE_NAMES[Audience(publication.audience)],
        "audience_name": publication.audience_name,
        "files": [
            _file(number, paper)
            for number, paper in enumerate(_papers(work, publication), 1)
        ],
    }


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _papers(work: Work, publication: Publication) -> list[PublishedPaper]:
    """Return what a channel shows from now on: after a correction, all of it."""
    if publication.kind == PublicationKind.CORRECT:
        return publications.current(work.session, publication.document)
    return publication.papers


def _file(number: int, published: PublishedPaper) -> dict[str, Any]:
    file, paper = published.version.file, published.version.paper
    name = _UNSAFE.sub("_", file.name).lstrip(".")[-80:]
    return {
        "id": file.public_id,
        "path": f"files/{number:02d}-{name}",
        "title": paper.title,
        "role": PAPER_ROLE_NAMES[PaperRole(paper.role)],
        "form": paper.form,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": published.sha256,
    }


def _taken_back(work: Work, publication: Publication, channel: str) -> list[str]:
    """Return the keys of earlier bundles whose files must not lie there any more."""
    earlier = publications.done(work.session, publication.document)
    withdrawn = publication.kind == PublicationKind.WITHDRAW
    concealed = publications.concealed(earlier)
    return [
        act.bundle_key(channel)
        for act in earlier
        if act.id != publication.id
        and channel in act.channels
        and act.papers
        and (withdrawn or any(each.version_id in concealed for each in act.papers))
    ]
