"""发文机关: in whose name a document is issued, and who issues it jointly."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.documents import Document
from models.people import Organisation, OrganisationKind


def possible_issuers(session: Session, agency: Organisation) -> list[Organisation]:
    """Return in whose name an agency may draft: its own first; the government above
    it and that government's office, for whom it drafts (代拟稿)."""
    government = _government_above(session, agency)
    if government is None:
        return [agency]
    office = office_of(session, government)
    found = [agency, government, office]
    return [each for n, each in enumerate(found) if each not in found[:n]]


def issued_by(document: Document) -> str:
    """Return in whose name a document is issued: own, or the government's."""
    return "own" if document.issuer_id == document.agency_id else "government"


def office_of(session: Session, government: Organisation) -> Organisation:
    """Return the office through which a government's documents go (核稿); the
    government itself where it has none."""
    if government.kind == OrganisationKind.OFFICE:
        return government
    found = session.scalars(
        select(Organisation)
        .where(
            Organisation.parent_id == government.id,
            Organisation.kind == OrganisationKind.OFFICE,
            Organisation.valid_to.is_(None),
        )
        .order_by(Organisation.id)
        .limit(1)
    ).one_or_none()
    return found or government


def possible_joint_issuers(
    session: Session, agency: Organisation
) -> Sequence[Organisation]:
    """Return who might issue a document jointly: the agencies of the same root."""
    return session.scalars(
        select(Organisation)
        .where(
            Organisation.root_id == agency.root_id,
            Organisation.acts_in_own_name.is_(True),
            Organisation.valid_to.is_(None),
        )
        .order_by(Organisation.code)
    ).all()


def _government_above(session: Session, agency: Organisation) -> Organisation | None:
    above = agency
    while above.parent_id is not None:
        above = session.get_one(Organisation, above.parent_id)
        if above.kind == OrganisationKind.GOVERNMENT:
            return above
    return None
