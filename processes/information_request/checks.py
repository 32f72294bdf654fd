"""What the actions of a request have in common."""

from collections.abc import Mapping
from typing import Any

from engine.authoring import InvalidAnswers, Step
from models.requests import InformationRequest
from processes.registers import applicants, form_checks, request_acts, requests


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


def propose_void(step: Step, values: Mapping[str, Any]) -> None:
    """Keep why a request should never have been registered; somebody else confirms it.

    Raises:
        InvalidAnswers: no reason is given, or something has left the house.
    """
    form_checks.refuse(form_checks.missing(step, values, "void_reason", "void_words"))
    request = request_of(step)
    request_acts.refuse_void(step.work, request)
    request.void_reason = values["void_reason"]
    request.void_words = applicants.masked(values["void_words"])
    step.work.session.flush()
