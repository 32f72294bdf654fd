"""转主动公开: what several ask for, or an applicant suggests, is looked at (Art 44)."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.authoring import (
    InvalidAnswers,
    NotFound,
    Work,
    files,
    hold_case,
    settings,
    start,
)
from models.documents import (
    LEAVING,
    Attribute,
    Document,
    PaperRole,
    PaperVersion,
)
from models.proposals import (
    PROPOSAL_CAUSE_NAMES,
    SAMENESS_NAMES,
    ProactiveProposal,
    ProposalCause,
    ProposalOutcome,
    ProposalRequest,
    Sameness,
)
from models.requests import InformationRequest
from models.workflow import Case
from processes.registers import drafts, papers, same_information
from processes.registers.clock_events import in_full
from processes.registers.decision_codes import CODES
from processes.registers.reading import is_locked

PROCESS = "proactive_proposal"


def consider(work: Work, request: InformationRequest) -> ProactiveProposal | None:
    """Let the office look at whether what a request asks for is to be public to all.

    Once per subject: what is looked at already, or was, takes the request in. Else a
    case begins where so many different applicants as the setting says have asked
    within its months and one of them was given it (Art 44(1)), or where this one
    suggests it and is answered (Art 44(2)).
    """
    same_information.lock(work, request.agency)
    found = same_information.group(work, request)
    proposal = _known(work.session, found)
    if proposal is not None:
        _take_in(work, proposal, found)
        return proposal
    cause = _cause(work, request, found)
    return None if cause is None else _open(work, request, cause, found)


def proposal_of(session: Session, case: Case) -> ProactiveProposal:
    """Return the proposal that a case is about.

    Raises:
        NotFound: it is about none.
    """
    found = session.scalars(
        select(ProactiveProposal).where(ProactiveProposal.case_id == case.id)
    ).one_or_none()
    if found is None:
        raise NotFound("这件转主动公开建议")
    return found


def of_request(
    session: Session, request: InformationRequest
) -> ProactiveProposal | None:
    """Return the proposal that a request belongs to."""
    joined = session.get(ProposalRequest, request.id)
    return joined.proposal if joined else None


def of_document(session: Session, document: Document) -> ProactiveProposal | None:
    """Return the proposal that a document was drafted for."""
    return session.scalars(
        select(ProactiveProposal).where(ProactiveProposal.document_id == document.id)
    ).one_or_none()


def suggested(proposal: ProactiveProposal) -> list[InformationRequest]:
    """Return the requests whose applicants suggest it, and so are to be answered."""
    return [
        member.request
        for member in proposal.members
        if member.request.suggests_publication
    ]


def answer_to(proposal: ProactiveProposal) -> str:
    """Say to an applicant what became of it; empty until it is decided."""
    match proposal.outcome:
        case ProposalOutcome.NOT_PUBLIC:
            return f"经审核，不纳入主动公开范围。理由：{proposal.explanation}"
        case ProposalOutcome.ALREADY_PUBLIC:
            return f"这条信息已经主动公开：{proposal.explanation}"
        case ProposalOutcome.PROPOSED if _is_out(proposal):
            return "这条信息已经主动公开，可以在本网站查到。"
        case ProposalOutcome.PROPOSED:
            return "经审核，转为主动公开，正在办理公开前的审查。"
        case _:
            return ""


def given(work: Work, request: InformationRequest) -> list[PaperVersion]:
    """Return the copies with which a request was answered, as far as they are open."""
    if request.released is None or not _was_given(request):
        return []
    copies = [
        paper.public_copy
        for paper in request.released.papers
        if paper.role in LEAVING and not paper.removed
    ]
    return [
        copy
        for copy in copies
        if copy is not None and not is_locked(work.session, copy.file)
    ]


def to_choose(
    work: Work, proposal: ProactiveProposal
) -> Sequence[tuple[InformationRequest, list[PaperVersion]]]:
    """Return the requests that were given something, with it, the newest first."""
    found = [
        (member.request, given(work, member.request)) for member in proposal.members
    ]
    return [each for each in reversed(found) if each[1]]


def draft(
    work: Work, proposal: ProactiveProposal, request: InformationRequest
) -> Document:
    """Begin the draft with which what a request was given is made public to all."""
    copies = given(work, request)
    if request.released is None or not copies:
        raise InvalidAnswers({"source": ["选一件已经提供了信息的申请"]})
    document = drafts.begin(
        work,
        request.released.section,
        title=request.subject,
        attribute=Attribute.PUBLIC,
        cause=proposal.case,
    )
    for copy in copies:
        _add(work, document, copy)
    proposal.document = document
    number = proposal.case.number
    work.record(
        document.case,
        "draft_from_proposal",
        f"由{number}转来：{request.number}提供的信息拟主动公开（条例第44条）。",
        data={"proposal": number, "request": request.number},
    )
    return document


def decide(
    work: Work,
    proposal: ProactiveProposal,
    outcome: ProposalOutcome,
    *,
    explanation: str = "",
    told: str = "",
) -> None:
    """Keep what became of it, and tell it in the history of every request."""
    proposal.outcome, proposal.decided_on = outcome, work.today
    proposal.explanation, proposal.told = explanation, told
    work.session.flush()
    for member in proposal.members:
        _tell(work, proposal, member.request)


def _known(
    session: Session, found: Mapping[InformationRequest, Sameness]
) -> ProactiveProposal | None:
    return session.scalars(
        select(ProactiveProposal)
        .join(ProposalRequest)
        .where(ProposalRequest.request_id.in_([each.id for each in found]))
        .order_by(ProactiveProposal.id)
        .limit(1)
    ).one_or_none()


def _cause(
    work: Work,
    request: InformationRequest,
    found: Mapping[InformationRequest, Sameness],
) -> ProposalCause | None:
    rule = settings.read(
        work.session,
        "request.proactive",
        on=work.today,
        organisation=request.agency,
    )
    since = same_information.since(work.today, rule["months"])
    counted = [each for each in found if each.submitted_on >= since]
    enough = same_information.askers(work, counted) >= rule["applicants"]
    if enough and any(_was_given(each) for each in counted):
        return ProposalCause.MANY
    code = request.decision_code
    answered = request.archived_on is not None and not CODES[code].closes
    if request.suggests_publication and answered:
        return ProposalCause.SUGGESTED
    return None


def _was_given(request: InformationRequest) -> bool:
    code = request.decision_code
    return request.archived_on is not None and CODES[code].releases


def _open(
    work: Work,
    request: InformationRequest,
    cause: ProposalCause,
    found: Mapping[InformationRequest, Sameness],
) -> ProactiveProposal:
    kept: list[ProactiveProposal] = []

    def keep(case: Case) -> None:
        proposal = ProactiveProposal(
            root_id=case.root_id,
            agency_id=case.agency_id,
            case_id=case.id,
            cause=cause,
        )
        proposal.case = case
        work.session.add(proposal)
        work.session.flush()
        work.record(
            case,
            "proposal_caused",
            f"起因：{PROPOSAL_CAUSE_NAMES[cause]}。",
            data={"cause": cause, "request": request.number},
        )
        _take_in(work, proposal, found)
        kept.append(proposal)

    start(
        work,
        PROCESS,
        title=f"转主动公开：{request.subject}"[:300],
        place=request.agency,
        number_prefix="转公开",
        cause=request.case,
        about=keep,
    )
    return kept[0]


def _take_in(
    work: Work,
    proposal: ProactiveProposal,
    found: Mapping[InformationRequest, Sameness],
) -> None:
    """Let the requests join that belong to no proposal yet."""
    ids = [each.id for each in found]
    joined = set(
        work.session.scalars(
            select(ProposalRequest.request_id).where(
                ProposalRequest.request_id.in_(ids)
            )
        )
    )
    new = sorted(
        (each for each in found if each.id not in joined), key=lambda each: each.id
    )
    if not new:
        return
    hold_case(work, proposal.case)
    for request in new:
        _join(work, proposal, request, found[request], first=not joined)


def _join(
    work: Work,
    proposal: ProactiveProposal,
    request: InformationRequest,
    sameness: Sameness,
    *,
    first: bool,
) -> None:
    if sameness == Sameness.FIRST and not first:
        # It is the one that is new here; what it is the same as stands there.
        sameness = _newcomer(work, request)
    member = ProposalRequest(
        request_id=request.id, sameness=sameness, joined_at=work.now
    )
    member.request = request
    proposal.members.append(member)
    work.session.flush()
    words = SAMENESS_NAMES[sameness]
    asked_on = in_full(request.submitted_on)
    work.record(
        proposal.case,
        "request_joined",
        f"申请{request.number}（{asked_on}提出）列入：{words}。",
        data={"request": request.number, "sameness": sameness},
    )
    work.record(
        request.case,
        "joined_proposal",
        f"和别的申请一起列入转主动公开建议{proposal.case.number}（条例第44条）。",
        data={"proposal": proposal.case.number},
    )
    if proposal.outcome is not None:
        _tell(work, proposal, request)


def _newcomer(work: Work, request: InformationRequest) -> Sameness:
    """Return by what a request that comes later is known to be the same."""
    direct = (
        (sameness, others)
        for sameness, others in same_information.neighbours(
            work, request.agency_id, [request]
        )
        if any(other.id != request.id for other in others)
    )
    return next(direct)[0]


def _tell(work: Work, proposal: ProactiveProposal, request: InformationRequest) -> None:
    work.record(
        request.case,
        "proposal_decided",
        f"转主动公开建议{proposal.case.number}：{answer_to(proposal)}",
        data={"proposal": proposal.case.number, "outcome": proposal.outcome},
    )


def _is_out(proposal: ProactiveProposal) -> bool:
    return proposal.document is not None and proposal.document.is_listed


def _add(work: Work, document: Document, copy: PaperVersion) -> None:
    """Give a draft a file of its own with the bytes of a copy that was reviewed."""
    role = PaperRole.TEXT if document.text is None else PaperRole.ATTACHMENT
    kept = files.store(
        work,
        copy.file.name,
        work.engine.files.get(copy.file),
        root_id=document.root_id,
        accepted=[copy.file.media_type],
    )
    paper = papers.add_paper(work, document, role, copy.paper.title)
    version = papers.add_version(work, document.case, paper, kept)
    if version.locked_at is not None:
        sentence = "这件申请提供的文件有密级标志，不能转为主动公开"
        raise InvalidAnswers({"source": [sentence]})
