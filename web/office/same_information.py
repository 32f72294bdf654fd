"""认定同样的信息: a clerk says that two requests ask for the same (Art 44)."""

from flask import redirect, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from engine.errors import NotFound
from engine.work import Work
from models.requests import InformationRequest
from processes.registers import proposals, requests, same_information
from web.office import blueprint
from web.security import actor_id, gongkai, login_required


@blueprint.post("/requests/<public_id>/same")
@login_required
def mark_same(public_id: str) -> Response:
    """Keep that a request asks for the same as another one, and look what follows."""
    with gongkai().work(actor_id()) as work:
        found = _readable(work, public_id)
        other = _readable(work, request.form.get("other", ""))
        same_information.mark(work, found, other)
        proposal = proposals.consider(work, found)
        case = proposal.case if proposal else found.case
        return redirect(url_for("office.case", public_id=case.public_id))


def _readable(work: Work, public_id: str) -> InformationRequest:
    found = work.session.scalars(
        select(InformationRequest).where(
            InformationRequest.public_id == public_id, requests.readable(work)
        )
    ).one_or_none()
    if found is None:
        raise NotFound("这件公开申请")
    return found
