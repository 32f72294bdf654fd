"""抄送, 关注, and the lists of what one has begun, was sent and follows."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine import circulation, following, inbox
from engine.errors import InvalidAnswers, NotAllowed
from engine.visibility import require_case
from engine.work import Work
from models.workflow import Case
from web.office import blueprint
from web.office.shell import page
from web.security import actor_id, gongkai, login_required


@blueprint.get("/cases/<public_id>/copy")
@login_required
def copy(public_id: str) -> str:
    """Offer to whom a case can be shown."""
    with gongkai().read(actor_id()) as work:
        found = require_case(work, public_id)
        if not circulation.may_send(work, found):
            msg = "抄送由办理这个事项的人、起办人或者负责人进行。"
            raise NotAllowed(msg)
        return _page(work, found, {})


@blueprint.post("/cases/<public_id>/copy")
@login_required
def send_copy(public_id: str) -> Response | tuple[str, int]:
    """抄送."""
    to, words = request.form.getlist("to"), request.form.get("words", "")
    try:
        with gongkai().work(actor_id()) as work:
            circulation.send(work, require_case(work, public_id), to, words)
    except InvalidAnswers as invalid:
        with gongkai().read(actor_id()) as work:
            return _page(work, require_case(work, public_id), invalid.errors), 422
    return redirect(url_for("office.case", public_id=public_id))


@blueprint.post("/cases/<public_id>/follow")
@login_required
def follow(public_id: str) -> Response:
    """关注."""
    with gongkai().work(actor_id()) as work:
        following.follow(work, require_case(work, public_id))
    return redirect(url_for("office.case", public_id=public_id))


@blueprint.post("/cases/<public_id>/unfollow")
@login_required
def unfollow(public_id: str) -> Response:
    """取消关注."""
    with gongkai().work(actor_id()) as work:
        following.unfollow(work, require_case(work, public_id))
    return redirect(url_for("office.case", public_id=public_id))


@blueprint.get("/started")
@login_required
def started() -> str:
    """我发起: what the actor has begun."""
    with gongkai().read(actor_id()) as work:
        rows = following.started(work, _before())
        last = rows[-1].id if len(rows) == inbox.PAGE else None
        return page("office/started.html", work, rows=rows, next=last, here="started")


@blueprint.get("/copied")
@login_required
def copied() -> str:
    """抄送我: what was shown to the actor."""
    with gongkai().read(actor_id()) as work:
        rows = circulation.to_me(work, _before())
        last = rows[-1].id if len(rows) == inbox.PAGE else None
        return page("office/copied.html", work, rows=rows, next=last, here="copied")


@blueprint.get("/followed")
@login_required
def followed() -> str:
    """关注: what the actor follows, and what happened there."""
    with gongkai().read(actor_id()) as work:
        rows = following.followed(work, _before())
        last = rows[-1].case.id if len(rows) == inbox.PAGE else None
        return page("office/followed.html", work, rows=rows, next=last, here="followed")


def _before() -> int | None:
    return request.args.get("before", type=int)


def _page(work: Work, found: Case, errors: dict[str, list[str]]) -> str:
    return page(
        "office/copy.html",
        work,
        case=found,
        receivers=circulation.receivers(work, found),
        chosen=request.form.getlist("to"),
        typed=request.form,
        errors=errors,
        here="",
    )
