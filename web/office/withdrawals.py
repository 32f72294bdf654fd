"""登记撤回: a clerk records that an applicant does not want a request any more."""

from collections.abc import Mapping
from datetime import date

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine.errors import NotFound, Refusal
from engine.visibility import require_case
from engine.work import Work
from models.requests import InformationRequest
from models.workflow import Case
from processes.registers import request_acts, request_list, requests
from web.office import blueprint
from web.office.shell import page
from web.security import actor_id, gongkai, login_required


@blueprint.get("/cases/<public_id>/withdrawal")
@login_required
def withdrawal(public_id: str) -> str:
    """Ask on which day the applicant withdrew it, and how."""
    with gongkai().read(actor_id()) as work:
        return _page(work, public_id, {}, "")


@blueprint.post("/cases/<public_id>/withdrawal")
@login_required
def record_withdrawal(public_id: str) -> Response | tuple[str, int]:
    """End a request because its applicant does not want it answered any more."""
    try:
        with gongkai().work(actor_id()) as work:
            _, found = _request(work, public_id)
            request_acts.withdraw(work, found, _day(), _reason(work, found))
    except NotFound:
        raise
    except Refusal as refusal:
        with gongkai().read(actor_id()) as work:
            return _page(work, public_id, request.form, refusal.message), 422
    return redirect(url_for("office.case", public_id=public_id))


def _request(work: Work, public_id: str) -> tuple[Case, InformationRequest]:
    case = require_case(work, public_id)
    found = requests.request_of(work.session, case)
    if case.id != found.case_id or not request_list.may_withdraw(work, found):
        raise NotFound("这件在办的申请")
    return case, found


def _day() -> date:
    try:
        return date.fromisoformat(request.form.get("happened_on", ""))
    except ValueError as error:
        msg = "写申请人撤回的日期。"
        raise Refusal(msg) from error


def _reason(work: Work, found: InformationRequest) -> str:
    """Return the words; of a signed answer somebody says that it is still here."""
    signed = request_acts.signed_answer(work, found)
    if signed is not None and not request.form.get("not_handed_over"):
        msg = (
            "答复已经签发。已经送出、交邮的先登记送达；还在本机关的，勾选后再登记撤回。"
        )
        raise Refusal(msg)
    return request.form.get("reason", "").strip()[:300]


def _page(work: Work, public_id: str, typed: Mapping[str, str], wrong: str) -> str:
    case, found = _request(work, public_id)
    return page(
        "office/withdrawal.html",
        work,
        case=case,
        asked=found,
        signed=request_acts.signed_answer(work, found),
        typed=typed,
        wrong=wrong,
        here="requests",
    )
