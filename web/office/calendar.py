"""The calendar that counts for one's own agency, year by year."""

from flask import abort, request

from engine.calendar import FIRST_YEAR, LAST_YEAR
from engine.calendars import load_calendar
from engine.work import Work
from models.people import Organisation
from web.office import blueprint
from web.office.calendar_view import months
from web.office.shell import page, shell
from web.security import actor_id, gongkai, login_required


@blueprint.get("/calendar")
@login_required
def calendar() -> str:
    """日历: the days that are worked; without a notice, what statute gives."""
    with gongkai().read(actor_id()) as work:
        year = request.args.get("year", work.today.year, type=int)
        if not FIRST_YEAR < year < LAST_YEAR:
            abort(404)
        found = load_calendar(work.session, _code(work))
        frame = shell(work)
        return page(
            "office/calendar.html",
            work,
            frame=frame,
            calendar=found,
            listing=found.year(year),
            months=months(found, year),
            imports=any(key == "calendar_import" for key, _ in frame.begins),
            here="calendar",
        )


def _code(work: Work) -> str:
    agency = work.actor.agency_id
    if agency is None:
        return "CN"
    return work.session.get_one(Organisation, agency).calendar_code
