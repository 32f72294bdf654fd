"""What everybody may read: published documents. Can be served without the office."""

from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from sqlalchemy import select
from werkzeug.wrappers import Response

from engine.clock import office_date
from engine.extraction import paragraphs
from engine.work import Work
from models.documents import ATTRIBUTE_NAMES, Attribute, Document, VersionKind
from models.people import Organisation
from models.publications import Publication
from processes.registers.channels import CHANNEL_NAMES
from processes.registers.documents import published, published_document
from web.security import gongkai

blueprint = Blueprint("public", __name__)

_PAGE = 20


@blueprint.get("/")
def home() -> str:
    """List what has been published, newest first, by words of the title or issuer."""
    words = request.args.get("q", "").strip()[:100]
    issuer = request.args.get("issuer", "")
    page = max(request.args.get("page", 1, type=int), 1)
    with gongkai().read() as work:
        found = select(Document).join(Document.agency).where(published())
        if words:
            found = found.where(Document.title.contains(words, autoescape=True))
        if issuer:
            found = found.where(Organisation.public_id == issuer)
        newest = found.order_by(Document.published_at.desc(), Document.id.desc())
        rows = work.session.scalars(
            newest.offset((page - 1) * _PAGE).limit(_PAGE + 1)
        ).all()
        issuers = work.session.scalars(
            select(Organisation)
            .where(Organisation.id.in_(select(Document.agency_id).where(published())))
            .order_by(Organisation.id)
        ).all()
        return render_template(
            "public/home.html",
            rows=rows[:_PAGE],
            more=len(rows) > _PAGE,
            page=page,
            words=words,
            issuer=issuer,
            issuers=issuers,
        )


@blueprint.get("/documents/<public_id>")
def document(public_id: str) -> str:
    """Show a published document with its metadata header."""
    with gongkai().read() as work:
        found = published_document(work.session, public_id)
        copy = found.text.newest(VersionKind.PUBLIC) if found.text else None
        data = work.engine.files.get(copy.file) if copy else b""
        return render_template(
            "public/document.html",
            document=found,
            file=copy.file if copy else None,
            text=paragraphs(copy.file.media_type, data) if copy else None,
            attribute=ATTRIBUTE_NAMES[Attribute(found.attribute or "")],
            channels=_channels(work, found),
            published_on=office_date(found.published_at or work.now),
        )


@blueprint.get("/documents/<public_id>/file")
def file(public_id: str) -> Response:
    """Download the public copy: the bytes that were reviewed."""
    with gongkai().read() as work:
        found = published_document(work.session, public_id)
        copy = found.text.newest(VersionKind.PUBLIC) if found.text else None
        assert copy is not None  # noqa: S101 (publication made it in one transaction)
        data = work.engine.files.get(copy.file)
        return send_file(
            BytesIO(data),
            mimetype=copy.file.media_type,
            as_attachment=True,
            download_name=copy.file.name,
        )


def _channels(work: Work, document: Document) -> list[str]:
    done = work.session.scalars(
        select(Publication)
        .where(Publication.document_id == document.id, Publication.done_at.is_not(None))
        .order_by(Publication.id.desc())
        .limit(1)
    ).one()
    return [CHANNEL_NAMES[channel] for channel in done.channels]
