"""审核: what is asked for, whether it is clear enough, and which way it goes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from engine.authoring import Facts, InvalidAnswers, Step, files, settings
from models.applications import ApplicantKind, Channel, Delivery, FormWanted
from models.letters import Letter
from models.people import Organisation
from models.requests import InformationRequest
from processes.information_request import checks, intake, sending
from processes.registers import (
    applicants,
    form_checks,
    request_acts,
    requests,
    sent_letters,
    service_of_letters,
)
from processes.registers.requests import Application

#: The longest period that a notice may give; more is not reasonable (Art 30).
_LONGEST_PERIOD = 60
#: Within how many working days a request must be found unclear (Art 30).
_NOTICE_DAYS = 7


def examine_request(step: Step, values: dict[str, Any]) -> Facts:
    """初步审查: decide which way the request goes."""
    request = checks.request_of(step)
    way = values["way"]
    if values["subject"]:
        request.subject = step.case.title = applicants.masked(values["subject"])
    facts: dict[str, Any] = {"examine_request": way}
    if way == "void":
        checks.propose_void(step, values)
    elif way == "clarify":
        _refuse_second(request)
    elif way == "search":
        facts["search_sections"] = sections(step, values["sections"])
    elif way == "split":
        _split(step, request, values["parts"])
    elif way == "answer" and values["repeats"]:
        request.repeats_id = _repeated(step, request, values["repeats"])
    words = step.process.texts.step(step.element).field("way").options[way]
    step.tell(f"{step.work.actor.name}初步审查：{words}。")
    return facts


def _refuse_second(request: InformationRequest) -> None:
    if any(event.kind == "clarification_sent" for event in request.events):
        sentence = (
            "补正只能一次性告知（条例第30条），已经告知过。"
            "补正后仍不明确的，直接拟答复，结果选 D33"
        )
        raise InvalidAnswers({"way": [sentence]})


def sections(step: Step, chosen: Sequence[str]) -> list[int]:
    """Return the sections that are to search.

    Raises:
        InvalidAnswers: none is chosen, or one that is not the agency's.
    """
    known = {
        each.public_id: each.id for each in sections_of(step.work.session, step.case)
    }
    if not chosen or not set(chosen) <= known.keys():
        raise InvalidAnswers({"sections": ["从列出的科室里选，至少选一个"]})
    return [known[each] for each in dict.fromkeys(chosen)]


def sections_of(session: Any, case: Any) -> list[Organisation]:
    """Return the sections of an agency that can be asked to search."""
    return list(
        session.scalars(
            select(Organisation)
            .where(Organisation.agency_id == case.agency_id)
            .order_by(Organisation.code)
        )
    )


def _split(step: Step, request: InformationRequest, text: str) -> None:
    """Take the further things asked for into cases of their own (一事一申请).

    Each has the same applicant and the same day of receipt; the fee counts each.
    """
    parts = [line.strip() for line in text.splitlines() if line.strip()]
    if not parts:
        raise InvalidAnswers({"parts": ["一行写一件，写要分出去的每一件申请的内容"]})
    application = Application(
        channel=Channel(request.channel),
        submitted_on=request.submitted_on,
        confirmed_on=request.confirmed_on,
        has_automatic_receipt=request.has_automatic_receipt,
        applicant_kind=ApplicantKind(request.applicant_kind),
        personal={},
        form_wanted=FormWanted(request.form_wanted),
        delivery=Delivery(request.delivery),
        needs_help=request.needs_help,
        electronic_service=request.electronic_service,
        split_from=request,
        applicant=request.applicant,
    )
    numbers = []
    for part in parts:
        taken = requests.register(
            step.work, request.agency, replace(application, subject=part)
        )
        numbers.append(taken.number)
    step.work.record(
        step.case,
        "request_split",
        f"一事一申请，分出{len(numbers)}件：{'、'.join(numbers)}。",
        data={"numbers": numbers},
    )


def _repeated(step: Step, request: InformationRequest, public_id: str) -> int:
    for earlier in applicants.earlier_of_applicant(step.work, request):
        if earlier.public_id == public_id:
            return earlier.id
    raise InvalidAnswers({"repeats": ["从列出的同一申请人以前的申请里选"]})


def send_clarification(step: Step, values: dict[str, Any]) -> Facts:
    """发补正告知: what is unclear, what to correct, by when, and what follows."""
    if values["outcome"] == "dropped":
        return {"send_clarification": "dropped"}
    request = checks.request_of(step)
    form_checks.refuse(
        {
            **form_checks.missing(step, values, "unclear", "guidance", "items"),
            **form_checks.missing(step, values, "way"),
        }
    )
    days = _period(step, request, values["days"])
    letter = sending.send(
        step.work,
        request,
        "clarification_notice",
        {
            "unclear": values["unclear"],
            "guidance": values["guidance"],
            "items": values["items"],
            "period": f"自收到本告知书之日起{days}个工作日内",
        },
    )
    sent_letters.attempt(step.work, letter, values, consent=request.electronic_service)
    return {
        "send_clarification": "sent",
        "clarification_days": days,
        **_clarification_told(step, request, letter, days),
    }


def _clarification_told(
    step: Step, request: InformationRequest, letter: Letter, days: int
) -> dict[str, Any]:
    """Bring the clock to where the notice is: sent, or with the applicant (Art 30)."""
    counts = service_of_letters.counts_on(letter)
    happened = {event.kind for event in request.events}
    if counts is not None and "clarification_sent" not in happened:
        requests.record_event(
            step.work, request, "clarification_sent", counts, argument=str(days)
        )
    served = service_of_letters.served_on(letter)
    if served is None:
        # What has not gone out is still to be told within seven working days.
        runs = intake.notice_runs(step)["clarification_notice_runs"]
        waits = {**runs, "length": _NOTICE_DAYS} if counts is None else {}
        return {"record_clarification_service_runs": waits}
    requests.record_event(step.work, request, "clarification_served", served)
    return {
        step.element: "served",
        "correction_runs": {"since": served.isoformat(), "length": days},
    }


def record_clarification_service(step: Step, values: dict[str, Any]) -> Facts:
    """登记补正告知送达: from that day on the applicant's days run (Art 30)."""
    request = checks.request_of(step)
    letter = sending.issued(step.work, request, "clarification_notice")
    days = int(step.data["clarification_days"])
    corrected = any(event.kind == "corrected" for event in request.events)
    if corrected and service_of_letters.on_the_way(letter) is None:
        # What came back was read all the same: it is answered.
        since = step.work.today.isoformat()
        runs = {"correction_runs": {"since": since, "length": days}}
        return {step.element: "served", **runs}
    sent_letters.attempt(step.work, letter, values, consent=request.electronic_service)
    return {step.element: "again", **_clarification_told(step, request, letter, days)}


def _period(step: Step, request: InformationRequest, typed: str) -> int:
    if typed:
        return checks.number(typed, "days", 1, _LONGEST_PERIOD)
    return int(
        settings.read(
            step.work.session,
            "request.clarification_days",
            on=step.work.today,
            organisation=request.agency,
        )
    )


def await_correction(step: Step, values: dict[str, Any]) -> Facts:
    """等待补正: take in what came, if the applicant has not brought it in person."""
    request = checks.request_of(step)
    # What the applicant sends by the page is recorded before this step ends.
    if not any(event.kind == "corrected" for event in request.events):
        form_checks.refuse(form_checks.past(step, values, "received_on"))
        brought = [files.own_upload(step.work, each) for each in values["files"]]
        on = values["received_on"]
        request_acts.correct(step.work, request, values["content"], brought, on)
    return {"await_correction": "corrected", **intake.notice_runs(step)}
