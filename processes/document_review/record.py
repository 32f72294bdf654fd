"""The document of a case: begun here, kept in the register of documents."""

from engine.authoring import NotAllowed, Work, claim, open_tasks
from models.documents import Origin
from models.people import Organisation, Role
from models.workflow import Case
from processes.registers import drafts


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
    case = drafts.begin(work, section, origin=origin).case
    claim(work, open_tasks(work, case)[0])
    return case
