"""The register of documents: one per case that drafts, and what the public may see."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engine.authoring import NotFound, Work, start_of, visible_to
from models.documents import Document
from models.people import Organisation, Role
from models.publications import Publication
from models.workflow import Case, Label, Task

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
    return Document.is_listed.is_(True)


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


#: Who reads how often documents were returned: of the own agency, and of those whose
#: superior in disclosure matters it is (Art 3).
RETURNS_READERS = (Role.UNIT_HEAD, Role.DISCLOSURE_HEAD, Role.VICE_LEADER)


@dataclass(frozen=True)
class Returns:
    """How often documents of an agency were returned in a year, and for what."""

    agency: Organisation
    #: Coded reasons, the most frequent first: whose process words it, code, count.
    reasons: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All returns of the agency."""
        return sum(count for _, _, count in self.reasons)


def returns_of(work: Work, agency: Organisation, year: int) -> int:
    """Return how many submissions of an agency were returned in a year."""
    return (
        work.session.scalar(
            select(func.count(Task.id))
            .join(Case, Case.id == Task.case_id)
            .where(_is_return(year), Case.agency_id == agency.id)
        )
        or 0
    )


def returns_by_organisation(work: Work, year: int) -> list[Returns]:
    """Return the returns of a year for each agency whose returns the actor may read,
    the most first; agencies without any are there too."""
    counted = work.session.execute(
        select(Case.agency_id, Task.process_key, Task.reason, func.count(Task.id))
        .join(Case, Case.id == Task.case_id)
        .where(_is_return(year))
        .group_by(Case.agency_id, Task.process_key, Task.reason)
    ).all()
    found: dict[int, Counter[tuple[str, str]]] = {}
    for agency_id, process, reason, count in counted:
        found.setdefault(agency_id, Counter())[process, reason or ""] = count
    rows = [
        Returns(
            agency,
            [
                (process, reason, count)
                for (process, reason), count in sorted(
                    found.get(agency.id, Counter()).items(),
                    key=lambda item: (-item[1], item[0]),
                )
            ],
        )
        for agency in agencies_read(work)
    ]
    return sorted(rows, key=lambda row: (-row.total, row.agency.code))


def returned_cases(
    work: Work, agency: Organisation, reason: str, year: int
) -> Sequence[Case]:
    """Return the cases that were returned for a reason, as far as the actor may read
    them."""
    return work.session.scalars(
        select(Case)
        .where(
            Case.id.in_(
                select(Task.case_id).where(_is_return(year), Task.reason == reason)
            ),
            Case.agency_id == agency.id,
            visible_to(work.actor),
        )
        .order_by(Case.id.desc())
    ).all()


def agencies_read(work: Work) -> list[Organisation]:
    """Return the agencies whose returns the actor may read; empty for most people."""
    own = work.actor.agency_id
    if own is None or not any(work.actor.has_role(role) for role in RETURNS_READERS):
        return []
    return overseen(work, {own})


def overseen(work: Work, own: set[int]) -> list[Organisation]:
    """Return these agencies of the actor's tree, and those whose superior in
    disclosure matters one of them is (Art 3)."""
    agencies = work.session.scalars(
        select(Organisation)
        .where(
            Organisation.root_id == work.actor.root_id, Organisation.agency_id.is_(None)
        )
        .order_by(Organisation.code)
    ).all()
    reached = own
    while (
        more := {each.id for each in agencies if each.superior_id in reached} - reached
    ):
        reached = reached | more
    return [each for each in agencies if each.id in reached]


def _is_return(year: int) -> ColumnElement[bool]:
    """Return the clause on Task that holds for what sent a document back in a year of
    the office; a joint issuer's objection is none."""
    return (
        Task.reason.is_not(None)
        & (Task.outcome != "objected")
        & (Task.completed_at >= start_of(date(year, 1, 1)))
        & (Task.completed_at < start_of(date(year + 1, 1, 1)))
        & Task.case.has(process_key="document_review")
    )
