"""Opens a case that explains a document which is already published."""

from engine.authoring import NotAllowed, Work, claim, open_tasks, start
from models.people import Organisation, Role
from models.workflow import Case


def begin(work: Work) -> Case:
    """Open a case; its first step is to choose the document.

    Raises:
        NotAllowed: the actor drafts nowhere.
    """
    place_id = next(
        (h.organisation_id for h in work.actor.roles if h.role == Role.HANDLER), None
    )
    if place_id is None:
        msg = "补解读要由本单位的经办人起办，您不担任这个角色。"
        raise NotAllowed(msg)
    case = start(
        work,
        "later_interpretation",
        title="补解读（还没有选文件）",
        place=work.session.get_one(Organisation, place_id),
        number_prefix="补解读",
    )
    claim(work, open_tasks(work, case)[0])
    return case
