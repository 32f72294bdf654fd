"""登记: a request enters its agency's register, and its limit begins (Arts 29, 31)."""

from typing import Any

from engine.authoring import (
    Dated,
    Facts,
    NotAllowed,
    Step,
    Work,
    claim,
    files,
    start,
)
from engine.authoring import open_tasks as open_tasks_of
from models.applications import ApplicantKind, Channel, Delivery, FormWanted
from models.people import Organisation, Role
from models.workflow import Case, Deadline, Label
from processes.information_request import checks, sending
from processes.registers import (
    applications,
    form_checks,
    proposals,
    request_acts,
    requests,
)
from processes.registers.requests import Application

_CONFIRMED = (Channel.PLAIN_MAIL, Channel.INTERNET, Channel.FAX)


def begin(work: Work) -> Case:
    """Open a case for what came over the counter, by post or by fax.

    Raises:
        NotAllowed: the actor registers requests nowhere.
    """
    place_id = next(
        (
            held.organisation_id
            for held in work.actor.roles
            if held.role == Role.DISCLOSURE_CLERK
        ),
        None,
    )
    if place_id is None:
        msg = "公开申请由政务公开经办人登记，您不担任这个角色。"
        raise NotAllowed(msg)
    case = start(
        work,
        requests.PROCESS,
        title=requests.UNREGISTERED,
        place=work.session.get_one(Organisation, place_id),
        number_prefix="申请",
        facts={"entered": "staff"},
        label=Label.PERSONAL,
    )
    claim(work, open_tasks_of(work, case)[0])
    return case


def register_request(step: Step, values: dict[str, Any]) -> Facts:
    """Enter what was handed in into the register."""
    given = {name: value for name, value in values.items() if value is not None}
    typed = applications.read(given)
    errors = form_checks.past(step, values, "submitted_on")
    confirmed_on = values["confirmed_on"]
    if confirmed_on and not values["submitted_on"] <= confirmed_on <= step.work.today:
        errors["confirmed_on"] = ["确认之日不能早于收到之日，也不能晚于今天"]
    if values["channel"] == Channel.ORAL and not values["files"]:
        # Written down by the office and signed by the applicant (Art 29(1)).
        errors["files"] = ["口头申请要填好申请表，由申请人签字，上传签字的扫描件"]
    form_checks.refuse(errors)
    application = Application(
        channel=Channel(values["channel"]),
        submitted_on=values["submitted_on"],
        confirmed_on=confirmed_on if values["channel"] in _CONFIRMED else None,
        applicant_kind=ApplicantKind(typed["kind"]),
        personal=applications.sealed(typed),
        subject=values["subject"],
        form_wanted=FormWanted(typed["form_wanted"]),
        delivery=Delivery(typed["delivery"]),
        needs_help=typed["needs_help"],
        electronic_service=typed["electronic_service"],
        suggests_publication=typed["suggests_publication"],
        files=[files.own_upload(step.work, each) for each in values["files"]],
    )
    request = requests.enter(step.work, step.case, application)
    step.tell(f"{step.work.actor.name}登记了公开申请，编号{request.number}。")
    return {}


def receive_request(step: Step) -> Facts:
    """起算期限: where the day of receipt is known, the twenty days begin (Art 33)."""
    request = checks.request_of(step)
    proposals.consider(step.work, request)
    if request.received_on is None:
        return {"receive_request": "unconfirmed"}
    requests.follow_clock(step.work, request, "收到申请。")
    sending.give_receipt(step.work, request)
    return {"receive_request": "received", **notice_runs(step)}


def confirm_receipt(step: Step, values: dict[str, Any]) -> Facts:
    """确认收到: on that day both sides have confirmed it (Art 31(2, 3))."""
    request = checks.request_of(step)
    if values["outcome"] == "void":
        checks.propose_void(step, values)
        return {"confirm_receipt": "void"}
    form_checks.refuse(form_checks.past(step, values, "confirmed_on"))
    request_acts.confirm(step.work, request, values["confirmed_on"])
    sending.give_receipt(step.work, request)
    return {
        "confirm_receipt": "confirmed",
        "receive_request": "received",
        **notice_runs(step),
    }


def answer_on(work: Work, case: Case, deadline: Deadline) -> Dated | None:
    """Return the day on which an answer is due by the calendar of today; None while
    that is not known. An extension is decided and told by then as well."""
    del deadline
    answer = requests.answer_clock(
        work, requests.request_of(work.session, case), as_of=work.today
    )
    return Dated(answer.due_on, answer.provisional) if answer.due_on else None


def notice_runs(step: Step) -> dict[str, Any]:
    """Return since when the seven days for a 补正 notice run: from receipt (Art 30)."""
    request = checks.request_of(step)
    resets = [event.on for event in request.events if event.kind in requests.RESETS]
    since = max(resets, default=request.received_on)
    return {"clarification_notice_runs": {"since": since.isoformat()}} if since else {}
