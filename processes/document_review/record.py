"""The document of a case: begun here, kept in the register of documents."""

from engine.authoring import NotAllowed, Work, claim, open_tasks, start
from models.documents import Document, Origin
from models.people import Organisation, Role
from models.workflow import Case
from processes.registers.documents import UNTITLED


def begin(work: Work, *, origin: Origin = Origin.DRAFTED) -> Case:
    """Open a case for a new document; its drafter has the first task at once.

    Raises:
        NotAllowed: the actor drafts nowhere.
    """
    place_id = next(
        (h.organisation_id for h in work.actor.roles if h.role == Role.HANDLER), None
    )
    if place_id is None:
        msg = "拟稿要由本单位的经办人起办，您不担任这个角色。"
        raise NotAllowed(msg)
    section = work.session.get_one(Organisation, place_id)
    case = start(
        work, "document_review", title=UNTITLED, place=section, number_prefix="拟稿"
    )
    work.session.add(
        Document(
            root_id=case.root_id,
            agency_id=case.agency_id,
            issuer_id=case.agency_id,
            section_id=section.id,
            case_id=case.id,
            origin=origin,
            signed_before=origin == Origin.IMPORTED,
            title=UNTITLED,
            drafted_by=work.actor.required_person,
        )
    )
    work.session.flush()
    claim(work, open_tasks(work, case)[0])
    return case
