"""The newest documents for other programs: an Atom feed, and JSON."""

import re
from collections.abc import Sequence
from typing import Any

from flask import Response as FlaskResponse
from flask import jsonify, make_response, render_template, request
from sqlalchemy import select, true
from sqlalchemy.orm import selectinload

from engine.clock import office_date
from engine.work import Work
from models.documents import (
    DOCUMENT_KIND_NAMES,
    VALIDITY_NAMES,
    Document,
    DocumentKind,
)
from processes.registers.documents import published
from processes.registers.publications import validity_on
from web.public import blueprint
from web.public.addresses import Addresses
from web.security import gongkai

_NEWEST = 50

#: What XML cannot hold, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: Readers come again and again; they may keep an answer for five minutes.
_CACHE = "public, max-age=300"


@blueprint.get("/feed.xml")
def feed() -> FlaskResponse:
    """Return the newest documents as an Atom feed; of one kind, where asked."""
    kind = request.args.get("kind", "")
    kind = kind if kind in set(DocumentKind) else ""
    with gongkai().read() as work:
        addresses = Addresses(work)
        page = render_template(
            "public/feed.xml",
            documents=[(each, addresses.of(each)) for each in _newest(work, kind)],
            kind=kind,
            title=f"最新公开的{DOCUMENT_KIND_NAMES[DocumentKind(kind)]}"
            if kind
            else "最新公开的政府信息",
            now=work.now,
        )
    answer = make_response(_NOT_XML.sub("", page))
    answer.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    answer.headers["Cache-Control"] = _CACHE
    return answer


@blueprint.get("/documents.json")
def newest() -> FlaskResponse:
    """Return the newest documents with their metadata, free to be used again."""
    with gongkai().read() as work:
        addresses = Addresses(work)
        answer = jsonify(
            documents=[
                {**_told(work, each), "page": addresses.of(each)}
                for each in _newest(work)
            ]
        )
    answer.headers["Cache-Control"] = _CACHE
    return answer


def _newest(work: Work, kind: str = "") -> Sequence[Document]:
    of_kind = Document.kind == kind if kind else true()
    return work.session.scalars(
        select(Document)
        .where(published(), of_kind)
        .options(selectinload(Document.issuer), selectinload(Document.section))
        .order_by(Document.published_at.desc(), Document.id.desc())
        .limit(_NEWEST)
    ).all()


def _told(work: Work, document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "index_number": document.index_number,
        "document_number": document.document_number,
        "formed_on": _written(document.formed_on),
        "signed_on": _written(document.signed_on),
        "published_on": _written(office_date(document.published_at or work.now)),
        "category": document.category,
        "issuer": document.issuer.name,
        "section": document.section.name,
        "validity": VALIDITY_NAMES[validity_on(document, work.today)],
    }


def _written(day: Any) -> str | None:
    return day.isoformat() if day else None
