"""转办, 委派, 交回, 收回."""

from collections.abc import Callable

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine import handing, handovers, visibility
from engine.errors import InvalidAnswers
from engine.work import Work
from models.workflow import Task
from web.office import blueprint
from web.office.shell import page
from web.office.tasks import again, keep_typed
from web.security import actor_id, gongkai, login_required

#: A page with its status, or the way on.
Answer = Response | tuple[str, int]


@blueprint.get("/tasks/<public_id>/hand-over")
@login_required
def hand_over(public_id: str) -> str:
    """Offer to whom a task can be given, and to whom it can be lent."""
    with gongkai().read(actor_id()) as work:
        return _page(work, handing.require_handable(work, public_id), "", {})


@blueprint.post("/tasks/<public_id>/reassign")
@login_required
def reassign(public_id: str) -> Answer:
    """转办."""
    return _hands_over(public_id, "reassign", handing.reassign)


@blueprint.post("/tasks/<public_id>/delegate")
@login_required
def delegate(public_id: str) -> Answer:
    """委派."""
    return _hands_over(public_id, "delegate", handing.delegate)


@blueprint.post("/tasks/<public_id>/give-back")
@login_required
def give_back(public_id: str) -> Answer:
    """交回; what was typed goes along."""
    answer = request.form.get("handover-answer", "")
    try:
        keep_typed(public_id)
        with gongkai().work(actor_id()) as work:
            found = handing.require_handable(work, public_id)
            handing.give_back(work, found, revision=_revision(), answer=answer)
    except InvalidAnswers as invalid:
        return again(public_id, request.form.to_dict(), invalid.errors), 422
    return redirect(url_for("office.inbox"))


@blueprint.post("/tasks/<public_id>/take-back")
@login_required
def take_back(public_id: str) -> Response:
    """收回."""
    with gongkai().work(actor_id()) as work:
        found = handing.require_handable(work, public_id)
        handing.take_back(work, found, revision=_revision())
    return redirect(url_for("office.task", public_id=public_id))


def _hands_over(public_id: str, verb: str, act: Callable[..., Task]) -> Answer:
    to, reason = request.form.get("to", ""), request.form.get("reason", "")
    try:
        with gongkai().work(actor_id()) as work:
            found = handing.require_handable(work, public_id)
            act(work, found, to, revision=_revision(), reason=reason)
            case = found.case.public_id
            may_read = visibility.may_read(work, found.case)
    except InvalidAnswers as invalid:
        with gongkai().read(actor_id()) as work:
            found = handing.require_handable(work, public_id)
            return _page(work, found, verb, invalid.errors), 422
    if may_read:
        return redirect(url_for("office.case", public_id=case))
    return redirect(url_for("office.inbox"))


def _revision() -> int:
    return request.form.get("revision", -1, type=int)


def _page(work: Work, found: Task, verb: str, errors: dict[str, list[str]]) -> str:
    mine = found.assignee_id == actor_id()
    lent = handovers.delegation(work, found)
    return page(
        "office/hand_over.html",
        work,
        task=found,
        case=found.case,
        receivers=handing.receivers(work, found)
        if handing.may_reassign(work, found)
        else [],
        may_reassign=handing.may_reassign(work, found),
        delegates=handing.delegates(work, found) if mine and not lent else [],
        mine=mine,
        lent=lent,
        failed=verb,
        errors=errors,
        typed=request.form,
        here="inbox",
    )
