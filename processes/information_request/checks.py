"""What the actions of a request have in common."""

from datetime import date

from engine.authoring import InvalidAnswers, Step
from models.requests import InformationRequest
from processes.registers import form_checks, requests


def request_of(step: Step) -> InformationRequest:
    """Return the request that a step works on."""
    return requests.request_of(step.work.session, step.case)


def number(text: str, field: str, least: int, most: int) -> int:
    """Return a whole number that somebody typed.

    Raises:
        InvalidAnswers: it is none, or out of bounds.
    """
    typed = text.strip()
    if typed.isascii() and typed.isdigit() and least <= int(typed) <= most:
        return int(typed)
    raise InvalidAnswers({field: [f"写{least}到{most}之间的整数"]})


def withdraw(step: Step, on: date | None) -> None:
    """Record that the applicant does not want it any more, unless it is recorded.

    Raises:
        InvalidAnswers: nobody says on which day.
    """
    request = request_of(step)
    if is_withdrawn(request):
        return
    form_checks.refuse(form_checks.past(step, {"happened_on": on}, "happened_on"))
    assert on is not None  # noqa: S101 (refused above)
    requests.record_event(step.work, request, "withdrawn", on)


def is_withdrawn(request: InformationRequest) -> bool:
    """Tell whether the applicant has withdrawn a request."""
    return any(event.kind == "withdrawn" for event in request.events)


def refuse_withdrawn(request: InformationRequest, field: str) -> None:
    """Let nobody go on with what the applicant has withdrawn.

    Raises:
        InvalidAnswers: it is.
    """
    if is_withdrawn(request):
        sentence = "申请人已经撤回申请，不再办理，选“申请人撤回”"
        raise InvalidAnswers({field: [sentence]})
