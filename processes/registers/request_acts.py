"""What happens to a request from the outside: confirmed, corrected, withdrawn, closed.

Whoever records it, staff or the applicant on the page, it is the same act.
"""

from collections.abc import Collection, Sequence
from datetime import date

from engine.authoring import (
    Refusal,
    Work,
    complete_from_outside,
    date_in_words,
    open_tasks,
    personal,
)
from models.records import StoredFile
from models.requests import (
    CHANNEL_NAMES,
    Channel,
    FilePurpose,
    InformationRequest,
)
from models.workflow import Task
from processes.registers.decision_codes import decision
from processes.registers.requests import (
    answer_clock,
    follow_clock,
    keep_files,
    record_event,
)

#: The step that waits for a corrected request.
AWAIT_CORRECTION = "await_correction"
#: The step before it, where nobody knows yet that the notice has come.
RECORD_CLARIFICATION = "record_clarification_service"

#: The steps at which the applicant's withdrawal ends a request, and what they answer.
WITHDRAWABLE: dict[str, dict[str, str]] = {
    "confirm_receipt": {"outcome": "withdrawn"},
    "examine_request": {"outcome": "decided", "way": "withdrawn"},
    "record_clarification_service": {"outcome": "withdrawn"},
    "await_correction": {"outcome": "withdrawn"},
    "handle_request": {"outcome": "acted", "act": "withdrawn"},
    "record_fee_service": {"outcome": "withdrawn"},
    "await_payment": {"outcome": "withdrawn"},
}


def confirm(work: Work, request: InformationRequest, on: date) -> None:
    """Fix the day of mutual confirmation, from which the limit runs (Art 31(2, 3)).

    Raises:
        Refusal: it is before the day of submission, in the future, or there already.
    """
    if request.received_on is not None:
        msg = "收到日期已经确定，不再改。"
        raise Refusal(msg)
    if not request.submitted_on <= on <= work.today:
        msg = "双方确认之日不能早于提交日，也不能晚于今天。"
        raise Refusal(msg)
    request.confirmed_on = on
    request.received_on = answer_clock(work, request).received_on
    work.record(
        request.case,
        "receipt_confirmed",
        f"与申请人确认收到，收到申请之日为{date_in_words(on)}（条例第31条）。",
        data={"on": str(on)},
    )
    follow_clock(work, request, "收到日期确定。")


def receipt_in_words(request: InformationRequest) -> str:
    """Say how the day of receipt was fixed (Art 31)."""
    how = CHANNEL_NAMES[Channel(request.channel)]
    if request.received_on is None:
        return f"{how}，尚待与申请人确认"
    day = date_in_words(request.received_on)
    if request.has_automatic_receipt:
        return f"{how}，提交时当场出具回执，{day}收到"
    if request.confirmed_on is not None:
        return f"{how}，{day}双方确认收到"
    return f"{how}，{day}收到"


def correct(
    work: Work,
    request: InformationRequest,
    text: str,
    files: Sequence[StoredFile],
    on: date,
) -> None:
    """Take in a corrected request; the answer is counted anew from that day (Art 30).

    What it says is sealed beside the request's own words. The step that waits for it
    goes on by itself where the applicant brings it.

    Raises:
        ImpossibleEvent: nobody has asked for a correction.
    """
    record_event(work, request, "corrected", on)
    if text.strip():
        values = personal.unseal(work, request.applicant)
        earlier = values.get("correction", "")
        said = f"{earlier}\n" if earlier else ""
        values["correction"] = f"{said}（{date_in_words(on)}补正）{text.strip()}"
        personal.reseal(work, request.applicant, values)
    keep_files(work, request, files, FilePurpose.CORRECTION)
    if work.actor.person_id is None:
        _go_on_corrected(work, request)


def explain(work: Work, request: InformationRequest, text: str, on: date) -> None:
    """Take in why the applicant asks for so much (Art 35); it moves no limit.

    Raises:
        Refusal: nobody has asked, or it is there already.
    """
    if not any(event.kind == "reasons_requested" for event in request.events):
        msg = "这件申请现在不用说明理由。"
        raise Refusal(msg)
    if request.explained_on is not None:
        msg = f"{date_in_words(request.explained_on)}已经说明过理由。"
        raise Refusal(msg)
    values = personal.unseal(work, request.applicant)
    values["reasons"] = text.strip()
    personal.reseal(work, request.applicant, values)
    request.explained_on = on
    work.session.flush()
    work.record(
        request.case,
        "reasons_explained",
        f"收到申请人说明的理由，{date_in_words(on)}（条例第35条）。",
        data={"on": str(on)},
    )


def _go_on_corrected(work: Work, request: InformationRequest) -> None:
    """Let the step go on that waits for what the applicant has brought."""
    waiting = _open(work, request, {RECORD_CLARIFICATION})
    if waiting is not None:
        # Whoever does what the notice says has got it.
        got = {"outcome": "served", "served_on": str(work.today)}
        complete_from_outside(work, waiting, answers=got)
    waiting = _open(work, request, {AWAIT_CORRECTION})
    if waiting is not None:
        complete_from_outside(work, waiting, answers={"outcome": "corrected"})


def withdraw(
    work: Work, request: InformationRequest, on: date, reason: str = ""
) -> None:
    """Take in that the applicant does not want it any more.

    The limit ends at once. Where a step waits that can end with it, it does; else
    the steps under way come back to one, and nothing is answered.

    Raises:
        ImpossibleEvent: it was answered or closed before.
    """
    record_event(work, request, "withdrawn", on)
    if reason:
        work.record(
            request.case,
            "withdrawal_reason",
            "申请人说明了撤回的原因。",
            quotation=reason,
        )
    waiting = _open(work, request, WITHDRAWABLE.keys())
    if waiting is not None and work.actor.person_id is None:
        complete_from_outside(work, waiting, answers=WITHDRAWABLE[waiting.element])


def close(work: Work, request: InformationRequest, code: str, on: date) -> None:
    """Keep the one result of a request, and the day on which it ended."""
    result = decision(code)
    request.decision_code, request.closed_on = code, on
    work.session.flush()
    work.record(
        request.case,
        "request_decided",
        f"办理结果：{result.name}（{code}），{date_in_words(on)}。",
        data={"code": code, "on": str(on)},
    )


def reopen(work: Work, request: InformationRequest, why: str) -> None:
    """Go on with a request that a limit had ended: what came late has a good reason."""
    code = request.decision_code
    request.decision_code, request.closed_on = "", None
    work.session.flush()
    work.record(
        request.case,
        "request_reopened",
        f"继续办理，不再按{code}结案。",
        quotation=why,
        data={"code": code},
    )


def _open(
    work: Work, request: InformationRequest, elements: Collection[str]
) -> Task | None:
    tasks = open_tasks(work, request.case)
    return next((task for task in tasks if task.element in elements), None)
