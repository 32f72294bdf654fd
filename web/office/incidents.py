"""What failed in the background, for the system administrator."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from engine import incidents as verbs
from engine.errors import NotAllowed
from models.people import Role
from web.office import blueprint
from web.office.shell import page
from web.security import actor_id, gongkai, login_required


@blueprint.get("/incidents")
@login_required
def incidents() -> str:
    """List what failed and waits for a person."""
    with gongkai().read(actor_id()) as work:
        if not work.actor.has_role(Role.SYSTEM_ADMINISTRATOR):
            msg = "故障由系统管理员处理。"
            raise NotAllowed(msg)
        found = verbs.open_for(work)
        return page("office/incidents.html", work, incidents=found, here="incidents")


@blueprint.post("/incidents/<public_id>/retry")
@login_required
def retry(public_id: str) -> Response:
    """重试."""
    with gongkai().work(actor_id()) as work:
        verbs.retry(work, public_id)
    return redirect(url_for("office.incidents"))
