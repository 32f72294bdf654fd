"""时限设置: how long each step may take, changed by the system administrator."""

from collections.abc import Mapping
from itertools import groupby

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine import limit_lengths as verbs
from engine.deadlines import in_words
from engine.errors import InvalidAnswers
from engine.limit_lengths import Length
from engine.recomputation import Change
from engine.time_limits import UNIT_NAMES
from engine.work import Work
from web.office import blueprint
from web.office.shell import page
from web.security import actor_id, gongkai, login_required

#: How many of the changes are shown one by one.
_SHOWN = 200


@blueprint.get("/time-limits")
@login_required
def limit_lengths() -> str:
    """List the limits of every process."""
    with gongkai().read(actor_id()) as work:
        found = verbs.lengths(work)
        groups = [
            (process.texts.title, list(members))
            for process, members in groupby(found, key=lambda each: each.process)
            if process.limits
        ]
        return page(
            "office/limit_lengths.html",
            work,
            groups=groups,
            in_words=in_words,
            renewed=request.args.get("renewed", -1, type=int),
            here="limit_lengths",
        )


@blueprint.get("/time-limits/<process>/<name>")
@login_required
def limit_length(process: str, name: str) -> str | tuple[str, int]:
    """Ask for another length; with one, show what it would move."""
    with gongkai().read(actor_id()) as work:
        found = verbs.length_of(work, process, name)
        if "length" not in request.args:
            return _page(work, found, {}, {}, None)
        try:
            length = _length(request.args)
            changes = verbs.preview(work, found, length)
        except InvalidAnswers as invalid:
            return _page(work, found, request.args, invalid.errors, None), 422
        return _page(work, found, request.args, {}, changes)


@blueprint.post("/time-limits/<process>/<name>")
@login_required
def change_limit_length(process: str, name: str) -> Response | tuple[str, int]:
    """Set it; what runs is counted anew where that was asked for."""
    try:
        with gongkai().work(actor_id()) as work:
            found = verbs.length_of(work, process, name)
            verbs.change(
                work, found, _length(request.form), request.form.get("reason", "")
            )
    except InvalidAnswers as invalid:
        with gongkai().read(actor_id()) as work:
            found = verbs.length_of(work, process, name)
            changes = (
                None
                if "length" in invalid.errors
                else verbs.preview(work, found, _length(request.form))
            )
            return _page(work, found, request.form, invalid.errors, changes), 422
    renewed = verbs.apply(gongkai(), found) if request.form.get("running") else 0
    return redirect(url_for("office.limit_lengths", renewed=renewed))


def _length(typed: Mapping[str, str]) -> int:
    words = typed.get("length", "").strip()
    if not words.isascii() or not words.isdecimal() or not 0 < len(words) <= 3:
        raise InvalidAnswers({"length": ["写一个数，如 5"]})
    return int(words)


def _page(
    work: Work,
    found: Length,
    typed: Mapping[str, str],
    errors: Mapping[str, list[str]],
    changes: list[Change] | None,
) -> str:
    return page(
        "office/limit_length.html",
        work,
        found=found,
        in_words=in_words,
        unit_name=UNIT_NAMES[found.unit],
        typed=typed,
        errors=errors,
        changes=changes,
        shown=_SHOWN,
        here="limit_lengths",
    )
