"""查询凭条: what an applicant at the counter is given, to track the request by."""

from flask import Response, current_app, make_response, request, url_for

from engine import settings
from engine.errors import NotFound
from engine.visibility import require_case
from engine.work import Work
from processes.registers import request_acts, request_list, requests, requests_public
from web.office import blueprint
from web.office.shell import page
from web.security import actor_id, gongkai, login_required


@blueprint.post("/cases/<public_id>/query-slip")
@login_required
def query_slip(public_id: str) -> Response:
    """Show query code and a new secret, once, for printing."""
    with gongkai().work(actor_id()) as work:
        case = require_case(work, public_id)
        found = requests.request_of(work.session, case)
        if case.id != found.case_id or not request_list.may_look(work, found):
            raise NotFound("这件申请")
        return make_response(
            page(
                "office/query_slip.html",
                work,
                case=case,
                given=requests_public.hand_out(work, found),
                asked=found,
                answer=requests.answer_clock(work, found, as_of=work.today),
                receipt=request_acts.receipt_in_words(found),
                contact=requests_public.contact_of(work, found.agency),
                track=_track_address(work, found.root_id),
                here="requests",
            )
        )


def _track_address(work: Work, root_id: int) -> str:
    """Return where the applicant tracks it; empty where this server does not know."""
    site: str | None = settings.read(
        work.session, "publication.site", on=work.today, root_id=root_id
    )
    if "public" not in current_app.blueprints:
        return site or ""
    return f"{(site or request.host_url).rstrip('/')}{url_for('public.track')}"
