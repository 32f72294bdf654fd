"""What tests ask of a document that is out, or on its way out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.work import Work
from models.documents import Document, PaperVersion
from models.publications import Publication
from models.workflow import Case, CaseStatus, OutboxMessage
from processes.registers import publications
from processes.registers.documents import document_of
from tests.office import Matter, Office

#: Under which element a bundle waits for its approval.
APPROVAL = "approve_publication"


@dataclass(frozen=True)
class Told:
    """A document as a test speaks of it."""

    public_id: str
    index_number: str | None
    published_at: datetime | None
    withdrawn_at: datetime | None
    is_listed: bool
    validity: str
    #: Titles of the papers that the public reads now, with their public ids.
    papers: dict[str, str]


def publishes(office: Office, **answers: Any) -> Matter:
    """Let lin's document go all the way out today; returns its case."""
    matter = office.brought_to(APPROVAL, **answers)
    office.liang.lets_out(matter, str(office.clock.instant.date()))
    office.fires()
    return matter


def document(office: Office, matter: Matter) -> Told:
    """Return the document of a case as it stands."""
    with office.engine.read() as work:
        found = _document(work, matter)
        current = publications.current(work.session, found)
        return Told(
            public_id=found.public_id,
            index_number=found.index_number,
            published_at=found.published_at,
            withdrawn_at=found.withdrawn_at,
            is_listed=found.is_listed,
            validity=found.validity,
            papers={
                each.version.paper.title: each.version.paper.public_id
                for each in current
            },
        )


def reads(office: Office, matter: Matter, title: str = "正文") -> str:
    """Return what the public reads now in a paper of a document."""
    with office.engine.read() as work:
        current = publications.current(work.session, _document(work, matter))
        version = next(p.version for p in current if p.version.paper.title == title)
        return office.engine.files.get(version.file).decode()


def acts(office: Office, matter: Matter) -> list[tuple[str, str, list[str]]]:
    """Return what was done with a document: kind, reason, channels."""
    with office.engine.read() as work:
        found = publications.done(work.session, _document(work, matter))
        return [(each.kind, each.reason, list(each.channels)) for each in found]


def messages(office: Office) -> list[tuple[str, str]]:
    """Return what waits for channels: kind of message and what it tells."""
    with office.engine.read() as work:
        return [
            (each.kind, each.payload["action"])
            for each in work.session.scalars(
                select(OutboxMessage).order_by(OutboxMessage.id)
            )
        ]


def published_versions(work: Work) -> list[PaperVersion]:
    """Return every version that was published, in order."""
    found = work.session.scalars(select(Publication).order_by(Publication.id)).all()
    return [paper.version for act in found for paper in act.papers]


def _document(work: Work, matter: Matter) -> Document:
    return document_of(work.session, matter.case(work))


def lists_more(office: Office, matter: Matter, count: int) -> None:
    """Let as many more documents be on the list as one that is published."""
    with office.engine.work() as work:
        one = _document(work, matter)
        for number in range(1, count + 1):
            case = Case(
                root_id=one.root_id,
                agency_id=one.agency_id,
                process_key="document_review",
                number=f"样本-{count}-{number}",
                title=one.title,
                status=CaseStatus.FINISHED,
                started_at=work.now,
            )
            work.session.add(case)
            work.session.flush()
            document = Document(
                root_id=one.root_id,
                agency_id=one.agency_id,
                issuer_id=one.issuer_id,
                section_id=one.section_id,
                case_id=case.id,
                title=f"{one.title}（{number}）",
                formed_on=one.formed_on,
                attribute=one.attribute,
                drafted_by=one.drafted_by,
                index_number=f"样本/{count}-{number}",
                published_at=work.now,
                is_listed=True,
            )
            act = Publication(case_id=case.id, channels=["website"], done_at=work.now)
            act.document = document
            work.session.add_all([document, act])
