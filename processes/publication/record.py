"""A case that changes something published: begun here; its document is chosen in it."""

from engine.authoring import NotAllowed, Work, claim, open_tasks, start
from models.people import Organisation, Role
from models.workflow import Case

#: What lists call it until its document is chosen.
UNCHOSEN = "（还没有选定文件的更改）"


def begin(work: Work) -> Case:
    """Open a case for a change; the one who asks for it has the first task at once.

    Raises:
        NotAllowed: the actor is no handler.
    """
    place_id = next(
        (h.organisation_id for h in work.actor.roles if h.role == Role.HANDLER), None
    )
    if place_id is None:
        msg = "更正、撤回、变更有效性要由本单位的经办人提出，您不担任这个角色。"
        raise NotAllowed(msg)
    section = work.session.get_one(Organisation, place_id)
    case = start(
        work, "publication", title=UNCHOSEN, place=section, number_prefix="更改"
    )
    claim(work, open_tasks(work, case)[0])
    return case
