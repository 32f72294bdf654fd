"""待办, 待领, 已办."""

from datetime import date, datetime

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine import inbox as lists
from engine.calendars import load_calendar
from engine.inbox import Page, Place, Row
from engine.work import Work
from web.formatting import Light, deadline_light
from web.office import blueprint
from web.office.shell import page, shell
from web.security import actor_id, gongkai, login_required

#: A row of a list and how urgent it is.
Line = tuple[Row, Light]


@blueprint.get("/")
@login_required
def start() -> Response:
    """Begin the day with what is in hand."""
    return redirect(url_for("office.inbox"))


@blueprint.get("/inbox")
@login_required
def inbox() -> str:
    """待办: what is in the actor's hands."""
    with gongkai().read(actor_id()) as work:
        return _list(work, lists.in_hand(work, _after()), "inbox")


@blueprint.get("/unclaimed")
@login_required
def unclaimed() -> str:
    """待领: what the actor's groups may claim."""
    with gongkai().read(actor_id()) as work:
        return _list(work, lists.to_claim(work, _after()), "unclaimed")


@blueprint.get("/done")
@login_required
def done() -> str:
    """已办: what the actor has completed."""
    before = request.args.get("before", "")
    with gongkai().read(actor_id()) as work:
        tasks = lists.done(work, datetime.fromisoformat(before) if before else None)
        full = len(tasks) == lists.PAGE
        following = tasks[-1].completed_at if tasks and full else None
        return page("office/done.html", work, tasks=tasks, next=following, here="done")


def _after() -> Place | None:
    due_on, task = request.args.get("due"), request.args.get("task", type=int)
    return Place(date.fromisoformat(due_on), task) if due_on and task else None


def _list(work: Work, found: Page, here: str) -> str:
    frame = shell(work)
    return page(
        "office/inbox.html",
        work,
        frame=frame,
        groups=_by_urgency(work, found.rows, frame.soon),
        next=found.next,
        here=here,
    )


def _by_urgency(work: Work, rows: list[Row], soon: int) -> list[tuple[str, list[Line]]]:
    """Group rows under the urgency they share, in the order of the list."""
    codes = {row.task.case.agency.calendar_code for row in rows}
    calendars = {code: load_calendar(work.session, code) for code in codes}
    lines: dict[str, list[Line]] = {}
    for row in rows:
        calendar = calendars[row.task.case.agency.calendar_code]
        lit = deadline_light(calendar, row.deadline, work.now, soon)
        lines.setdefault(_GROUPS[lit.state], []).append((row, lit))
    return list(lines.items())


_GROUPS = {
    "overdue": "逾期",
    "today": "今天到期",
    "soon": "快到期",
    "fine": "以后",
    "paused": "时限暂停",
    "none": "没有时限",
}
