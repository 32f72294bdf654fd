"""A request beside its forms: its clock, what was done, and what is like it."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import NotFound
from engine.instances import open_tasks
from engine.work import Work
from models.applications import (
    APPLICANT_KIND_NAMES,
    CHANNEL_NAMES,
    DELIVERY_NAMES,
    FORM_WANTED_NAMES,
    ApplicantKind,
    Channel,
    Delivery,
    FormWanted,
)
from models.challenges import CHALLENGE_RESULT_NAMES, Challenge, ChallengeResult
from models.documents import VersionKind
from models.letters import Letter, ServiceWay
from models.requests import (
    CONSULTATION_ANSWER_NAMES,
    CONSULTATION_KIND_NAMES,
    VOID_REASON_NAMES,
    Consultation,
    ConsultationAnswer,
    ConsultationKind,
    InformationRequest,
    ReasonsJudgment,
    VoidReason,
    WithheldPart,
)
from models.workflow import Case
from processes.information_request.examining import sections_of
from processes.information_request.sending import draft_of, said_in
from processes.registers import (
    applicants,
    challenges,
    consultations,
    letters,
    proposals,
    request_list,
    same_information,
    service_of_letters,
)
from processes.registers.clock_events import EVENT_NAMES, EventKind
from processes.registers.decision_codes import ANSWER_KINDS, CODES, OF_PARTS
from processes.registers.request_acts import receipt_in_words
from processes.registers.requests import answer_clock, request_of
from web.office.records.shape import Record

#: Where what is like a request, and what the same applicant asked before, matters.
_COMPARING = frozenset({"examine_request", "handle_request", "draft_answer"})

#: The steps that ask how a letter to the applicant goes out.
_SENDING = (
    *("send_clarification", "send_extension", "send_notice", "send_fee_notice"),
    *("serve_answer", "notify_closing"),
)

#: How many withheld parts a form has room for beyond those that there are.
_MORE_PARTS = 3


def record(work: Work, case: Case) -> Record:
    """Return the request of a case; nothing where it is still being registered."""
    try:
        request = request_of(work.session, case)
    except NotFound:
        return Record()
    steps = {task.element for task in open_tasks(work, case)}
    earlier = list(applicants.earlier_of_applicant(work, request))
    sections = [(each.public_id, each.name) for each in sections_of(work.session, case)]
    return Record(
        "office/records/request.html",
        {
            **_shown(work, request),
            "may_look": request_list.may_look(work, request),
            "may_withdraw": request_list.may_withdraw(work, request),
            "letters": _letters(work, case),
            "earlier": earlier if steps & _COMPARING else (),
            "may_mark": same_information.may_mark(work, request),
            "alike": request_list.alike(work, request) if steps & _COMPARING else (),
            "part_rows": range(1, len(request.parts) + _MORE_PARTS + 1),
            "grounds": [(code, CODES[code].in_words) for code in OF_PARTS],
        },
        {
            "draft_answer": _drafted(work, request),
            "handle_request": _explained(request),
            "archive_request": {"retention": request.retention or "30年"},
            **{step: _sending(work, request, step) for step in _SENDING},
            "examine_request": {},
        },
        {
            "sections": sections,
            "section": sections,
            "repeats": [
                (each.public_id, f"{each.number}　{each.subject}") for each in earlier
            ],
        },
        notices=_notices(work, request),
        reference=("申请编号", request.number),
        clock="office/records/request_clock.html",
    )


def _explained(request: InformationRequest) -> dict[str, Any]:
    """Return that the applicant has given reasons, where that came by the page."""
    if request.explained_on is None or request.reasons_judgment is not None:
        return {}
    return {"explained": "given", "explained_on": request.explained_on}


def _sending(work: Work, request: InformationRequest, step: str) -> dict[str, Any]:
    """Return how a letter goes out unless somebody says otherwise: as the applicant
    wants it (Art 40), today."""
    way = ServiceWay.POST
    if request.electronic_service and request.delivery == Delivery.ONLINE:
        way = ServiceWay.ELECTRONIC
    elif request.delivery == Delivery.PICK_UP:
        way = ServiceWay.DIRECT
    begins: dict[str, Any] = {"way": way}
    if step == "serve_answer":
        begins["sent_on"] = work.today
    # No day of arrival: it would stand there still when another way is chosen.
    return begins


def consultation(work: Work, case: Case) -> Record:
    """Return who is asked about what, and the request it is for, without who asks."""
    found = consultations.consultation_of(work.session, case)
    return Record(
        "office/records/consultation.html",
        {
            "consultation": found,
            "request": found.request,
            "kind": CONSULTATION_KIND_NAMES[ConsultationKind(found.kind)],
            "answer": _answer(found),
            "letters": _letters(work, case),
        },
        {"send_inquiry": {"way": ServiceWay.POST}},
    )


def _letters(work: Work, case: Case) -> list[tuple[Letter, str]]:
    """Return a case's letters, each with where it stands."""
    return [
        (each, service_of_letters.standing(each))
        for each in letters.letters_of(work, case)
    ]


def _shown(work: Work, request: InformationRequest) -> dict[str, Any]:
    code = request.decision_code
    proposal = proposals.of_request(work.session, request)
    return {
        "request": request,
        "proposal": proposal,
        "proposed": proposals.answer_to(proposal) if proposal else "",
        "channel": CHANNEL_NAMES[Channel(request.channel)],
        "receipt": receipt_in_words(request),
        "applicant_kind": APPLICANT_KIND_NAMES[ApplicantKind(request.applicant_kind)],
        "form_wanted": FORM_WANTED_NAMES[FormWanted(request.form_wanted)],
        "delivery": DELIVERY_NAMES[Delivery(request.delivery)],
        "answer": answer_clock(
            work,
            request,
            as_of=work.today,
            events=consultations.events_in_office(request),
        ),
        "events": [
            (row, EVENT_NAMES[event.kind], event.label)
            for row, event in zip(
                request.events, consultations.events_in_office(request), strict=True
            )
        ],
        "consultations": [
            (each, CONSULTATION_KIND_NAMES[ConsultationKind(each.kind)], _answer(each))
            for each in request.consultations
        ],
        "result": CODES[code].in_words if code else "",
        "void_reason": VOID_REASON_NAMES[VoidReason(request.void_reason)]
        if request.void_reason
        else "",
        "challenges": [
            (challenges.named(each), _ended(each), each)
            for each in challenges.of_request(work.session, request)
        ],
    }


def _ended(challenge: Challenge) -> str:
    if challenge.result is None:
        return "尚未审结"
    return CHALLENGE_RESULT_NAMES[ChallengeResult(challenge.result)]


def _answer(consultation: Consultation) -> str:
    if consultation.answer is None:
        return "等待答复" if consultation.sent_on else "还没有发出"
    return CONSULTATION_ANSWER_NAMES[ConsultationAnswer(consultation.answer)]


def _drafted(work: Work, request: InformationRequest) -> Mapping[str, Any]:
    """Return what the answer says so far: an earlier draft, or what was searched."""
    begins: dict[str, Any] = {}
    if request.searches:
        begins |= {
            "scope": "\n".join(each.places for each in request.searches),
            "means": "\n".join(
                f"以“{each.keywords}”为关键词，检索{each.period}的材料"
                for each in request.searches
            ),
            "result": "\n".join(each.result for each in request.searches),
        }
    for number, part in enumerate(request.parts, start=1):
        begins |= _part(number, part)
    if request.reasons_judgment == ReasonsJudgment.UNREASONABLE:
        begins["code"] = "D44"
    letter = draft_of(work, request, ANSWER_KINDS)
    if letter is not None:
        begins |= said_in(work, letter)
    if request.released is not None:
        begins["section"] = request.released.section.public_id
        begins["files"] = [
            version.file.public_id
            for paper in request.released.papers
            if not paper.removed
            and (version := paper.newest(VersionKind.OFFICE)) is not None
        ]
    return begins


def _part(number: int, part: WithheldPart) -> dict[str, str]:
    base = f"parts.{number}"
    return {
        f"{base}.part": part.part,
        f"{base}.ground": part.ground,
        f"{base}.cited_law": part.cited_law,
        f"{base}.reason": part.reason,
    }


def _notices(work: Work, request: InformationRequest) -> Sequence[tuple[str, str]]:
    found = []
    if request.needs_help:
        found.append(("申请人阅读、视听有困难", "办理时提供必要的帮助（条例第43条）。"))
    if request.explained_on and request.reasons_judgment is None:
        words = f"{request.explained_on}收到，写在申请人资料里；看了以后登记判断。"
        found.append(("申请人说明了理由（条例第35条）", words))
    running = consultations.running(work, request)
    if running:
        names = "、".join(each.party for each in running)
        found.append((f"正在征求{names}的意见", "办完才能拟答复。"))
    for event in request.events:
        if event.irregular:
            words = f"{EVENT_NAMES[EventKind(event.kind)]}，{event.on}。"
            found.append(("有一件事不合规定，期限照常计算", words))
    return found
