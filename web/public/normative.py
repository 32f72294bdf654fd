"""行政规范性文件: which are in force, and what was amended, expired or abolished."""

from collections.abc import Sequence

from flask import render_template, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from engine.work import Work
from models.documents import VALIDITY_NAMES, Document, DocumentKind
from models.publications import Publication, PublicationKind
from processes.registers.documents import published
from processes.registers.publications import validity_as_of
from web.public import blueprint
from web.security import gongkai

_KIND = DocumentKind.NORMATIVE.value
_NEWEST = 50


@blueprint.get("/normative")
def normative() -> str:
    """Show how many are in force, and the newest changes of their validity."""
    with gongkai().read() as work:
        counts = _counts(work)
        return render_template(
            "public/normative.html",
            standings=[
                (
                    name,
                    counts.get(each.value, 0),
                    url_for("public.home", kind=_KIND, validity=each.value),
                )
                for each, name in VALIDITY_NAMES.items()
            ],
            changes=_changes(work),
            validity_names=VALIDITY_NAMES,
            kind=_KIND,
            today=work.today,
        )


def _counts(work: Work) -> dict[str, int]:
    validity = validity_as_of(work.today)
    counted = (
        select(validity, func.count())
        .where(published(), Document.kind == _KIND)
        .group_by(validity)
    )
    return {row[0]: row[1] for row in work.session.execute(counted)}


def _changes(work: Work) -> Sequence[Publication]:
    """Return the newest acts that changed the validity of one, the newest first."""
    return work.session.scalars(
        select(Publication)
        .join(Document, Document.id == Publication.document_id)
        .where(
            published(),
            Document.kind == _KIND,
            Publication.kind == PublicationKind.VALIDITY,
            Publication.done_at.is_not(None),
        )
        .options(selectinload(Publication.document).selectinload(Document.issuer))
        .order_by(Publication.done_at.desc(), Publication.id.desc())
        .limit(_NEWEST)
    ).all()
