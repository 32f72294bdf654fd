"""Where a request stands and why its date is what it is, as its applicant reads it.

Names of handlers, internal limits and other people are no part of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from engine.authoring import Work, calendar_of, date_in_words, open_tasks
from models.requests import ClockEvent, ConsultationKind, InformationRequest
from models.workflow import Task
from processes.registers import request_clock, requests
from processes.registers.clock_events import EventKind, in_full
from processes.registers.decision_codes import CODES
from processes.registers.request_clock import Answer, State


@dataclass(frozen=True)
class Line:
    """One thing that happened, and to which day the answer is due since then."""

    on: date
    words: str
    #: Empty where the day did not change.
    due_on: date | None = None


@dataclass(frozen=True)
class Stage:
    """One stage of the way, as it stands: done, current or later."""

    name: str
    state: str
    remark: str = ""


#: What each event is to the applicant.
_WORDS = {
    EventKind.CLARIFICATION_SENT: "请您补正申请。等您补正的时间不算（条例第30条）。",
    EventKind.CLARIFICATION_SERVED: "您收到了补正告知，补正的期限从这天起算。",
    EventKind.CORRECTED: "收到您补正的申请，从这天起重新算20个工作日（条例第30条）。",
    EventKind.THIRD_PARTY_SENT: (
        "信息涉及别人的权益，依法要先问对方的意见，这段时间不算（条例第32条、第33条）。"
    ),
    EventKind.THIRD_PARTY_SIGNED: (
        "对方收到了，应在15个工作日内答复；答复得早，给您的答复也早（条例第32条）。"
    ),
    EventKind.THIRD_PARTY_ANSWERED: "对方的意见到了，接着算。",
    EventKind.COMAKER_SENT: (
        "信息是几个机关一起制作的，要先问它们的意见，这段时间不算（条例第33条、第34条）。"
    ),
    EventKind.COMAKER_SIGNED: (
        "它们收到了，15个工作日内不答复的视为同意公开（条例第34条）。"
    ),
    EventKind.COMAKER_ANSWERED: "一起制作的机关的意见到了，接着算。",
    EventKind.AGENCY_SENT: "要先问别的机关的意见，这段时间不算（条例第33条）。",
    EventKind.AGENCY_ANSWERED: "别的机关的意见到了，接着算。",
    EventKind.EXTENDED: (
        "经批准延长{argument}个工作日{until}，书面告诉了您（条例第33条）。"
    ),
    EventKind.REASONS_REQUESTED: "请您说明数量、频次多的理由（条例第35条）。",
    EventKind.DELAYED: "另外确定了答复的日期，书面告诉了您（条例第35条）。",
    EventKind.FEE_SENT: "发出收费通知。等您缴费的时间不算（条例第42条）。",
    EventKind.FEE_SERVED: "您收到了收费通知，20个工作日内缴费。",
    EventKind.FEE_PAID: "收到您缴的费，从第二天起重新算20个工作日。",
    EventKind.ANSWERED: "答复了您。",
    EventKind.WITHDRAWN: "您撤回了申请。",
    EventKind.CLOSED: "这件申请结束办理。",
}
_NOT_MOVED = "这没有改变答复您的日期。"
#: What silence means, said on the last day on which somebody could have answered.
_SILENT = {
    ConsultationKind.THIRD_PARTY: (
        "到这天对方没有答复，不再等了：公不公开由机关依法决定（条例第32条）。"
        "从第二天起接着算。"
    ),
    ConsultationKind.COMAKER: (
        "到这天一起制作的机关没有答复，视为同意公开（条例第34条）。从第二天起接着算。"
    ),
}


def story(work: Work, request: InformationRequest) -> list[Line]:
    """Return what has moved the day of the answer, in the order of time.

    Where several things happened on one day, the last one says until when it is due.
    """
    calendar = calendar_of(work, request.agency)
    receipt = request_clock.compute(calendar, requests.receipt_of(request), [])
    received_on = receipt.received_on or request.submitted_on
    words = "我们收到您的申请。"
    if received_on != request.submitted_on:
        words = "我们和您确认收到申请（条例第31条）。"
    lines, due_on = [Line(received_on, words, receipt.due_on)], receipt.due_on
    for day, events in groupby(_in_time(request.events), key=lambda event: event.on):
        since = requests.answer_clock(work, request, as_of=day).due_on
        moved = since != due_on
        *before, last = (_told(event, since, moved=moved) for event in events)
        lines += [Line(day, said) for said in before]
        lines.append(Line(day, last, since if moved else None))
        due_on = since
    return sorted([*lines, *_silences(work, request)], key=lambda line: line.on)


def _silences(work: Work, request: InformationRequest) -> list[Line]:
    """Return on which days a time to answer ended in silence; it was reckoned with."""
    return [
        Line(each.silence_on, _SILENT[ConsultationKind(each.kind)])
        for each in request.consultations
        if each.silence_on is not None
        and each.silence_on < min(each.answered_on or work.today, work.today)
    ]


def _told(event: ClockEvent, due_on: date | None, *, moved: bool) -> str:
    until = f"，最迟{in_full(due_on)}答复" if due_on else ""
    words = _WORDS[EventKind(event.kind)]
    said = words.format(argument=event.argument, until=until)
    return said + _NOT_MOVED if event.irregular and not moved else said


def _in_time(events: Sequence[ClockEvent]) -> list[ClockEvent]:
    return sorted(events, key=lambda event: (event.on, event.id))


#: The stages of every request, and the steps of each; the steps of other diagrams
#: look at what is to be given before it is signed.
_STAGES: tuple[tuple[str, frozenset[str]], ...] = (
    ("收到并登记", frozenset({"register_request", "confirm_receipt"})),
    (
        "查找、审查信息",
        frozenset(
            {
                *("examine_request", "confirm_void", "send_clarification"),
                *("record_clarification_service", "await_correction"),
                *("search_request", "handle_request", "approve_extension"),
                *("send_extension", "send_notice", "approve_fee", "send_fee_notice"),
                *("record_fee_service", "await_payment"),
            }
        ),
    ),
    ("起草答复", frozenset({"draft_answer"})),
    ("审核、签发", frozenset({"legal_check_answer", "sign_answer"})),
    ("送给您", frozenset({"serve_answer", "notify_closing"})),
)
_REVIEW = 3


def stages(work: Work, request: InformationRequest, answer: Answer) -> list[Stage]:
    """Return the way of a request, as far as it has come.

    What has ended without an answer has no way to show.
    """
    if request.voided_on is not None:
        return []
    if _ended(request, EventKind.WITHDRAWN, EventKind.CLOSED) or _lapsed(request):
        return []
    if is_over(request, answer):
        return [Stage(name, "done", _begun(request, name)) for name, _ in _STAGES]
    current = max(
        (_stage_of(task) for task in open_tasks(work, request.case)), default=1
    )
    found = []
    for place, (name, _) in enumerate(_STAGES):
        state = "done" if place < current else "later"
        remark = _begun(request, name)
        if place == current:
            state, remark = "current", _WAITS.get(answer.state, remark)
        found.append(Stage(name, state, remark))
    return found


def is_over(request: InformationRequest, answer: Answer) -> bool:
    """Tell whether the applicant waits for nothing any more."""
    is_void = request.voided_on is not None
    return is_void or request.closed_on is not None or answer.state == State.CLOSED


def _stage_of(task: Task) -> int:
    for place, (_, elements) in enumerate(_STAGES):
        if task.element in elements:
            return place
    return _REVIEW


def _begun(request: InformationRequest, stage: str) -> str:
    return date_in_words(request.submitted_on) if stage == _STAGES[0][0] else ""


_WAITS = {
    State.AWAITING_CORRECTION: "等您补正",
    State.AWAITING_PAYMENT: "等您缴费",
    State.PAUSED: "正在征求意见",
}


def headline(request: InformationRequest, answer: Answer, today: date) -> str:
    """Say in a few words how the request stands."""
    if request.voided_on is not None:
        return "登记有误，这个编号已经作废"
    if request.decision_code == "D53" or _ended(request, EventKind.WITHDRAWN):
        return "您已经撤回"
    if is_over(request, answer):
        code = CODES.get(request.decision_code)
        return f"已经办结：{code.name}" if code else "已经办结"
    if answer.state == State.RUNNING and answer.due_on and answer.due_on < today:
        return "超过了答复期限"
    return {
        State.UNCONFIRMED: "等双方确认收到",
        State.AWAITING_CORRECTION: "等您补正",
        State.AWAITING_PAYMENT: "等您缴费",
        State.PAUSED: "正在征求意见",
    }.get(answer.state, "正在办理")


def _ended(request: InformationRequest, *kinds: EventKind) -> bool:
    return any(event.kind in kinds for event in request.events)


def _lapsed(request: InformationRequest) -> bool:
    code = CODES.get(request.decision_code)
    return code is not None and code.closes


def limit_of(answer: Answer, name: str) -> date | None:
    """Return the last day of one of the limits, by its name."""
    days = [limit.on for limit in answer.limits if limit.name == name]
    return days[-1] if days else None


def correct_until(request: InformationRequest, answer: Answer) -> date | None:
    """Return the last day for a correction; None until the notice has arrived."""
    if not any(e.kind == EventKind.CLARIFICATION_SERVED for e in request.events):
        return None
    return limit_of(answer, "correction")
