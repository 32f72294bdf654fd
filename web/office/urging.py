"""催办."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine import urging
from engine.errors import InvalidAnswers
from engine.work import Work
from models.workflow import Task
from web.office import blueprint
from web.office.shell import page
from web.security import actor_id, gongkai, login_required


@blueprint.get("/tasks/<public_id>/urge")
@login_required
def urge(public_id: str) -> str:
    """Ask what is to be said with it."""
    with gongkai().read(actor_id()) as work:
        found = urging.require_urgeable(work, public_id)
        urging.refuse(work, found)
        return _page(work, found, {})


@blueprint.post("/tasks/<public_id>/urge")
@login_required
def send_urging(public_id: str) -> Response | tuple[str, int]:
    """催办."""
    try:
        with gongkai().work(actor_id()) as work:
            found = urging.require_urgeable(work, public_id)
            urging.urge(work, found, request.form.get("words", ""))
            case = found.case.public_id
    except InvalidAnswers as invalid:
        with gongkai().read(actor_id()) as work:
            found = urging.require_urgeable(work, public_id)
            return _page(work, found, invalid.errors), 422
    return redirect(url_for("office.case", public_id=case))


def _page(work: Work, found: Task, errors: dict[str, list[str]]) -> str:
    return page(
        "office/urge.html",
        work,
        task=found,
        case=found.case,
        urged=urging.counts(work, [found]).get(found.id, 0),
        errors=errors,
        typed=request.form,
        here="",
    )
