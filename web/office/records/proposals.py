"""What several ask for, side by side, beside the form that decides about it."""

from engine.work import Work
from models.applications import APPLICANT_KIND_NAMES, ApplicantKind
from models.proposals import (
    PROPOSAL_CAUSE_NAMES,
    PROPOSAL_OUTCOME_NAMES,
    SAMENESS_NAMES,
    ProposalCause,
    ProposalOutcome,
    Sameness,
)
from models.workflow import Case
from processes.registers import proposals, request_list, same_information
from processes.registers.decision_codes import CODES
from web.office.records.shape import Record


def record(work: Work, case: Case) -> Record:
    """Return the requests for one subject, with what was given."""
    proposal = proposals.proposal_of(work.session, case)
    requests = [member.request for member in proposal.members]
    first = requests[0]
    alike = [
        each
        for each in request_list.alike(work, first)
        if proposals.of_request(work.session, each) is None
    ]
    outcome = proposal.outcome
    return Record(
        "office/records/proposal.html",
        {
            "proposal": proposal,
            "cause": PROPOSAL_CAUSE_NAMES[ProposalCause(proposal.cause)],
            "outcome": PROPOSAL_OUTCOME_NAMES[ProposalOutcome(outcome)]
            if outcome
            else "",
            "askers": same_information.askers(work, requests),
            "members": [
                (
                    member.request,
                    SAMENESS_NAMES[Sameness(member.sameness)],
                    APPLICANT_KIND_NAMES[ApplicantKind(member.request.applicant_kind)],
                    proposals.given(work, member.request),
                )
                for member in proposal.members
            ],
            "codes": {code: each.name for code, each in CODES.items()},
            "suggested": proposals.suggested(proposal),
            "alike": alike,
            "may_mark": same_information.may_mark(work, first),
            "first": first,
        },
        {},
        {
            "source": [
                (each.public_id, f"{each.number}　{each.subject}")
                for each, _ in proposals.to_choose(work, proposal)
            ]
        },
    )
