"""结案和归档: what ends without an answer, and what is kept of it all."""

from typing import Any

from engine.authoring import Facts, InvalidAnswers, Step, office_date
from processes.information_request import checks, intake, sending
from processes.registers import (
    form_checks,
    proposals,
    request_acts,
    requests,
    sent_letters,
    service_of_letters,
)

#: Why a request ends without an answer, as the letter says it.
_EVENTS = {
    "D51": (
        "你（单位）无正当理由逾期没有补正。根据《中华人民共和国政府信息公开条例》"
        "第三十条的规定，视为放弃申请。"
    ),
    "D52": (
        "你（单位）逾期没有缴纳信息处理费。根据《政府信息公开信息处理费管理办法》"
        "第六条的规定，视为放弃申请。"
    ),
    "D53": "你（单位）已经撤回上述申请。",
}


def lapse_correction(step: Step) -> Facts:
    """逾期不补正: given up from the day after the period (Art 30)."""
    return _lapse(step, "D51")


def lapse_payment(step: Step) -> Facts:
    """逾期不缴费: given up from the day after the twenty days.

    Source: 信息处理费管理办法第6条.
    """
    return _lapse(step, "D52")


def _lapse(step: Step, code: str) -> Facts:
    request = checks.request_of(step)
    # The runner may have slept: the request ended when its limit did.
    ended = step.work.today
    if step.timer is not None and step.timer.due_at is not None:
        ended = office_date(step.timer.due_at)
    request_acts.close(step.work, request, code, ended)
    return {
        "closing_code": code,
        "closed_on": ended.isoformat(),
        "request_ended": "lapsed",
    }


def confirm_void(step: Step, values: dict[str, Any]) -> Facts:
    """确认登记有误, by the head of the disclosure office; or going on with it."""
    request = checks.request_of(step)
    if values["outcome"] == "refused":
        if not values["opinion"]:
            raise InvalidAnswers({"opinion": ["写明为什么继续办理"]})
        request.void_reason = request.void_words = ""
        return {"confirm_void": "refused"}
    request_acts.void(step.work, request)
    return {"confirm_void": "agreed", "request_ended": "void"}


def close_withdrawn(step: Step) -> Facts:
    """登记撤回: the request ends on the day of its withdrawal."""
    request = checks.request_of(step)
    on = next(event.on for event in request.events if event.kind == "withdrawn")
    request_acts.void_answers(step.work, request, "申请人在答复送达之前撤回了申请")
    request_acts.close(step.work, request, "D53", on)
    return {"closing_code": "D53", "closed_on": on.isoformat()}


def notify_closing(step: Step, values: dict[str, Any]) -> Facts:
    """结案告知; or going on, where what came late has a good reason (Art 30)."""
    request = checks.request_of(step)
    code = str(step.data["closing_code"])
    if values["outcome"] == "accepted":
        return _accept(step, code, values)
    if request.received_on is None:
        # What was never received has no number that a letter could name.
        return {"notify_closing": "told"}
    form_checks.refuse(form_checks.missing(step, values, "way"))
    said = {"code": code, "event": _EVENTS[code], "event_on": request.closed_on}
    letter = sending.going_out(step.work, request, "closing") or sending.send(
        step.work, request, "closing", said
    )
    sent_letters.attempt(step.work, letter, values, consent=request.electronic_service)
    counts = service_of_letters.counts_on(letter)
    if counts is None:
        return {"notify_closing": "again"}
    if code != "D53":
        requests.record_event(step.work, request, "closed", counts)
    return {"notify_closing": "told"}


def _accept(step: Step, code: str, values: dict[str, Any]) -> Facts:
    if code == "D53":
        raise InvalidAnswers({"opinion": ["申请人已经撤回，不能继续办理"]})
    errors = form_checks.past(step, values, "received_on")
    if not values["opinion"]:
        errors["opinion"] = ["写明逾期的正当理由"]
    form_checks.refuse(errors)
    request = checks.request_of(step)
    kind = "corrected" if code == "D51" else "fee_paid"
    request_acts.reopen(step.work, request, values["opinion"])
    requests.record_event(step.work, request, kind, values["received_on"])
    return {
        "notify_closing": "accepted",
        "entered": "again",
        **intake.notice_runs(step),
    }


def archive_request(step: Step, values: dict[str, Any]) -> Facts:
    """归档: 一案一档, with how long it is kept."""
    request = checks.request_of(step)
    request.archived_on = step.work.today
    request.retention = values["retention"]
    step.tell(f"{step.work.actor.name}归档，保管期限{values['retention']}。")
    proposals.consider(step.work, request)
    return {}
