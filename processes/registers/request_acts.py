"""What happens to a request from the outside: confirmed, corrected, withdrawn, closed.

Whoever records it, staff or the applicant on the page, it is the same act.
"""

from collections.abc import Collection, Sequence
from datetime import date

from engine.authoring import (
    Refusal,
    Work,
    close_case,
    complete_from_outside,
    date_in_words,
    hold_case,
    interrupt,
    numbers,
    open_tasks,
    personal,
)
from models.applications import CHANNEL_NAMES, Channel
from models.letters import Letter
from models.records import StoredFile
from models.requests import (
    VOID_REASON_NAMES,
    FilePurpose,
    InformationRequest,
    VoidReason,
)
from models.workflow import Case, Task
from processes.registers import consultations, letters
from processes.registers.decision_codes import ANSWER_KINDS, decision
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

#: The event on the border of all that is done with a request.
WITHDRAWN = "request_withdrawn"


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
    """Take in that the applicant does not want it any more: the limit, the steps under
    way and the consultations end at once, and no answer is given.

    An answer binds nobody before it is served. So a signed one does not stand in the
    way, but only somebody of the office knows that it has not been handed over.

    Raises:
        ImpossibleEvent: it was answered or closed before.
        Refusal: it has ended, or an applicant withdraws what may be on its way.
    """
    hold_case(work, request.case)
    work.session.refresh(request)
    if request.closed_on is not None or request.voided_on is not None:
        msg = "这件申请已经办结，不用撤回。"
        raise Refusal(msg)
    if work.actor.person_id is None and signed_answer(work, request) is not None:
        msg = "答复已经签发，正在送达，网上不能撤回。确实不要的，与受理机关联系。"
        raise Refusal(msg)
    record_event(work, request, "withdrawn", on)
    if reason:
        work.record(
            request.case,
            "withdrawal_reason",
            "申请人说明了撤回的原因。",
            quotation=reason,
        )
    why = "申请人撤回了申请"
    for consultation in consultations.running(work, request):
        if consultation.case_id is not None:
            asking = work.session.get_one(Case, consultation.case_id)
            close_case(work, asking, f"{why}，不再征求意见")
    interrupt(work, request.case, WITHDRAWN, why)


def signed_answer(work: Work, request: InformationRequest) -> Letter | None:
    """Return the answer that is signed; None where there is none."""
    return next(
        (
            letter
            for letter in letters.letters_of(work, request.case)
            if letter.kind in ANSWER_KINDS
            and letter.issued_at is not None
            and letter.voided_at is None
        ),
        None,
    )


def void_answers(work: Work, request: InformationRequest, why: str) -> None:
    """Take back the answers that were drafted or signed, and reached nobody."""
    for letter in letters.letters_of(work, request.case):
        if letter.kind in ANSWER_KINDS and letter.voided_at is None:
            letters.void(work, letter, why)


def refuse_void(work: Work, request: InformationRequest) -> None:
    """Let nobody drop a request of which somebody outside has heard, but for its
    receipt slip.

    Raises:
        Refusal: something has left the house, or it is decided.
    """
    told = [
        letter.title
        for letter in letters.letters_of(work, request.case)
        if letter.kind != "receipt"
        and letter.issued_at is not None
        and letter.voided_at is None
    ]
    told += [each.party for each in request.consultations if each.sent_on]
    if told or request.closed_on is not None:
        what = f"已经发出{'、'.join(told)}" if told else "已经有办理结果"
        msg = f"不能作废：{what}。照申请办理，作出答复。"
        raise Refusal(msg)


def void(work: Work, request: InformationRequest) -> None:
    """Drop what was registered by mistake; its number stays in the register as void.

    Raises:
        Refusal: something has left the house meanwhile.
    """
    refuse_void(work, request)
    reason = VOID_REASON_NAMES[VoidReason(request.void_reason)]
    words = f"登记有误：{reason}"
    for consultation in consultations.running(work, request):
        if consultation.case_id is not None:
            asking = work.session.get_one(Case, consultation.case_id)
            close_case(work, asking, words)
    for letter in letters.letters_of(work, request.case):
        if letter.voided_at is None:
            letters.void(work, letter, words)
    numbers.void(work, "request", request.number, words)
    request.voided_on, request.is_counted = work.today, False
    work.session.flush()
    work.record(
        request.case,
        "request_voided",
        f"编号{request.number}作废，{words}。",
        quotation=request.void_words,
        data={"number": request.number, "reason": request.void_reason},
    )


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
