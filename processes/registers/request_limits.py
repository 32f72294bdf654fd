"""The limits of a request's case: they lie where its events put them."""

from engine.authoring import (
    Work,
    end_deadline,
    open_tasks,
    put_deadline,
    running_deadline,
    start_deadline,
)
from models.requests import InformationRequest
from models.workflow import Deadline, DeadlineState
from processes.registers.request_clock import Answer

#: The process that answers a request, its limit of Art 33, and the limit of the steps
#: in which an extension is decided and told.
PROCESS = "information_request"
ANSWER = "answer"
EXTENSION = "extension"

#: What begins a new count of twenty days, and what told the applicant of it.
RESETS = {"corrected": "clarification_sent", "fee_paid": "fee_sent"}


def follow(
    work: Work, request: InformationRequest, answer: Answer, why: str, *, anew: bool
) -> None:
    """Bring the limit of Art 33 to where the request's events put it.

    Where a new count begins, a new round of the limit does, with its whole ladder.
    """
    if answer.received_on is None:
        return
    _follow_extension(work, request, answer, why)
    deadline = running_deadline(work, request.case, PROCESS, ANSWER)
    if answer.state == "closed":
        if deadline is not None:
            answered = any(event.kind == "answered" for event in request.events)
            met = DeadlineState.MET if answered else DeadlineState.VOID
            end_deadline(work, deadline, met)
        return
    if deadline is not None and anew:
        end_deadline(work, deadline, DeadlineState.VOID)
        deadline = None
    if deadline is None:
        # The case's own step, in which this happens, arms its timers.
        deadline = _begin(work, request, answer)
    if deadline.due_on != answer.due_on:
        put_deadline(
            work,
            request.case,
            deadline,
            answer.due_on,
            why=why,
            provisional=answer.provisional,
        )


def _follow_extension(
    work: Work, request: InformationRequest, answer: Answer, why: str
) -> None:
    """An extension is decided and told by the day of the answer, wherever that moves
    while somebody decides (Art 33(2))."""
    if answer.state == "closed":
        return
    for task in open_tasks(work, request.case):
        deadline = running_deadline(work, request.case, PROCESS, EXTENSION, task)
        if deadline is not None and deadline.due_on != answer.due_on:
            put_deadline(
                work,
                request.case,
                deadline,
                answer.due_on,
                why=why,
                provisional=answer.provisional,
            )


def _begin(work: Work, request: InformationRequest, answer: Answer) -> Deadline:
    counts = [event.on for event in request.events if event.kind in RESETS]
    limit = work.engine.definitions.process(PROCESS).limits[ANSWER]
    since = max(counts, default=answer.received_on)
    return start_deadline(work, request.case, limit, process=PROCESS, starts_on=since)
