"""说明理由, 延迟答复: what an applicant with very many requests is told (Art 35)."""

from typing import Any

from engine.authoring import Facts, Refusal, Step
from models.letters import Letter
from models.requests import InformationRequest
from processes.information_request import checks, sending
from processes.registers import (
    form_checks,
    letters,
    requests,
    sent_letters,
    service_of_letters,
)

#: The letters that go out in this step, and what each is on the clock.
_EVENTS = {"reasons_notice": "reasons_requested"}


def send_notice(step: Step, values: dict[str, Any]) -> Facts:
    """发告知书: on the day that counts by way of service the clock knows of it."""
    request = checks.request_of(step)
    checks.refuse_withdrawn(request, "way")
    form_checks.refuse(form_checks.missing(step, values, "way"))
    letter = _notice(step, request)
    sent_letters.attempt(step.work, letter, values, consent=request.electronic_service)
    counts = service_of_letters.counts_on(letter)
    if counts is None:
        return {"send_notice": "again"}
    requests.record_event(step.work, request, _EVENTS[letter.kind], counts)
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
