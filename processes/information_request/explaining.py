"""说明理由, 延迟答复: what an applicant with very many requests is told (Art 35)."""

from datetime import date
from typing import Any

from engine.authoring import Facts, InvalidAnswers, Refusal, Step, calendar_of
from models.letters import Letter
from models.requests import (
    REASONS_JUDGMENT_NAMES,
    InformationRequest,
    ReasonsJudgment,
)
from processes.information_request import checks, sending
from processes.registers import (
    form_checks,
    letters,
    request_acts,
    requests,
    sent_letters,
    service_of_letters,
)

#: The letters that go out in this step, and what each is on the clock.
_EVENTS = {"reasons_notice": "reasons_requested", "delay_notice": "delayed"}
#: How many working days the applicant is given; Art 35 leaves it to the office.
_DAYS = 10


def ask_for_reasons(
    step: Step, request: InformationRequest, values: dict[str, Any]
) -> Facts:
    """要求说明理由: no pause, the answer stays due (Art 35)."""
    form_checks.refuse(form_checks.missing(step, values, "counts", "to_explain"))
    sending.draft(
        step.work,
        request,
        "reasons_notice",
        {
            "counts": values["counts"],
            "to_explain": values["to_explain"],
            "period": f"自收到本告知书之日起{_DAYS}个工作日内",
        },
    )
    return {"handle_request": "notice"}


def judge(step: Step, request: InformationRequest, values: dict[str, Any]) -> Facts:
    """登记申请人的理由: reasonable, reasonable but late, or not (Art 35)."""
    if not any(event.kind == "reasons_requested" for event in request.events):
        sentence = "先要求申请人说明理由，告知书送出以后再登记"
        raise InvalidAnswers({"act": [sentence]})
    form_checks.refuse(form_checks.missing(step, values, "explained"))
    if values["explained"] == "silent":
        _refuse_early_silence(step, request)
        judgment = ReasonsJudgment.UNREASONABLE
        said = "申请人逾期没有说明理由"
    else:
        form_checks.refuse(form_checks.missing(step, values, "judgment"))
        _take_in(step, request, values)
        judgment = ReasonsJudgment(values["judgment"])
        said = REASONS_JUDGMENT_NAMES[judgment]
    request.reasons_judgment = judgment
    step.tell(f"{step.work.actor.name}判断申请理由：{said}（条例第35条）。")
    if judgment == ReasonsJudgment.MORE_TIME:
        return _delay(step, request, values)
    decided = judgment == ReasonsJudgment.UNREASONABLE
    return {"handle_request": "answer" if decided else "recorded"}


def _refuse_early_silence(step: Step, request: InformationRequest) -> None:
    if request.explained_on is not None:
        raise InvalidAnswers({"explained": ["申请人已经说明过理由，选“已经说明”"]})
    notice = sending.issued(step.work, request, "reasons_notice")
    served = service_of_letters.served_on(notice)
    if served is None:
        sentence = "说明理由告知书还没有登记签收，期限没有起算：先到文书页登记"
        raise InvalidAnswers({"explained": [sentence]})
    calendar = calendar_of(step.work, step.case.agency)
    until = calendar.add_working_days(served, _DAYS).date
    if step.work.today <= until:
        sentence = f"申请人说明理由的期限到{until:%Y-%m-%d}为止，还没有过"
        raise InvalidAnswers({"explained": [sentence]})


def _take_in(step: Step, request: InformationRequest, values: dict[str, Any]) -> None:
    """Keep what the applicant has explained, if it did not come by the page."""
    if request.explained_on is not None:
        return
    form_checks.refuse(
        {
            **form_checks.missing(step, values, "explanation"),
            **form_checks.past(step, values, "explained_on"),
        }
    )
    request_acts.explain(
        step.work, request, values["explanation"], on=values["explained_on"]
    )


def _delay(step: Step, request: InformationRequest, values: dict[str, Any]) -> Facts:
    """延迟答复: the reasons are good, but the time does not suffice."""
    form_checks.refuse(form_checks.missing(step, values, "delayed_to", "delay_reason"))
    delayed_to: date = values["delayed_to"]
    before = requests.answer_clock(step.work, request, as_of=step.work.today)
    try:
        requests.foreseen(step.work, request, "delayed", delayed_to.isoformat())
    except Refusal as refusal:
        raise InvalidAnswers({"delayed_to": [refusal.message]}) from refusal
    sending.draft(
        step.work,
        request,
        "delay_notice",
        {
            "explained_on": request.explained_on,
            "reason": values["delay_reason"],
            "original_due": before.due_on,
            "delayed_to": delayed_to,
        },
    )
    return {"handle_request": "notice", "delayed_to": delayed_to.isoformat()}


def send_notice(step: Step, values: dict[str, Any]) -> Facts:
    """发告知书: on the day that counts by way of service the clock knows of it."""
    request = checks.request_of(step)
    form_checks.refuse(form_checks.missing(step, values, "way"))
    letter = _notice(step, request)
    sent_letters.attempt(step.work, letter, values, consent=request.electronic_service)
    counts = service_of_letters.counts_on(letter)
    if counts is None:
        return {"send_notice": "again"}
    kind = _EVENTS[letter.kind]
    until = str(step.data["delayed_to"]) if kind == "delayed" else ""
    requests.record_event(step.work, request, kind, counts, argument=until)
    return {"send_notice": "sent"}


def _notice(step: Step, request: InformationRequest) -> Letter:
    """Return the letter that waits to go out, issued if it was not yet."""
    for kind in _EVENTS:
        draft = sending.draft_of(step.work, request, {kind})
        if draft is not None:
            return letters.issue(step.work, draft)
        waiting = sending.going_out(step.work, request, kind)
        if waiting is not None:
            return waiting
    msg = "没有拟好的告知书，先在“办理”里拟。"
    raise Refusal(msg)
