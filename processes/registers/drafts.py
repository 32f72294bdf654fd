"""How a document's case begins: by a drafter, or out of another case."""

from engine.authoring import Work, start
from models.documents import Attribute, Document, Origin
from models.people import Organisation
from models.workflow import Case
from processes.registers.documents import UNTITLED

PROCESS = "document_review"


def begin(
    work: Work,
    section: Organisation,
    *,
    origin: Origin = Origin.DRAFTED,
    title: str = UNTITLED,
    attribute: Attribute | None = None,
    cause: Case | None = None,
) -> Document:
    """Open a case for a new document of a section; its first task is to draft it."""
    kept: list[Document] = []

    def keep(case: Case) -> None:
        document = Document(
            root_id=case.root_id,
            agency_id=case.agency_id,
            issuer_id=case.agency_id,
            section_id=section.id,
            case_id=case.id,
            origin=origin,
            signed_before=origin == Origin.IMPORTED,
            title=title,
            attribute=attribute,
            drafted_by=work.actor.required_person,
        )
        document.case = case
        work.session.add(document)
        work.session.flush()
        kept.append(document)

    start(
        work,
        PROCESS,
        title=title,
        place=section,
        number_prefix="拟稿",
        cause=cause,
        about=keep,
    )
    return kept[0]
