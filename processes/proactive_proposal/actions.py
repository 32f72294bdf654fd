"""What the one step records, and the draft that comes out of it."""

from typing import Any

from engine.authoring import Facts, InvalidAnswers, Step, escalate
from models.proposals import ProactiveProposal, ProposalOutcome
from models.requests import InformationRequest
from processes.registers import form_checks, proposals

#: What must be written with each outcome.
_EXPLAINED = {
    ProposalOutcome.NOT_PUBLIC: "reason",
    ProposalOutcome.ALREADY_PUBLIC: "where",
}


def weigh_proposal(step: Step, values: dict[str, Any]) -> Facts:
    """研究是否转为主动公开 (Art 44)."""
    proposal = proposals.proposal_of(step.work.session, step.case)
    outcome = ProposalOutcome(values["outcome"])
    needed = [_EXPLAINED[outcome]] if outcome in _EXPLAINED else []
    if proposals.suggested(proposal):
        # Who suggests it is answered (Art 44(2)).
        needed.append("told")
    form_checks.refuse(form_checks.missing(step, values, *needed))
    if outcome == ProposalOutcome.PROPOSED:
        _source(step, proposal, values["source"])
        proposal.told = values["told"]
        return {"weigh_proposal": outcome, "proposed_from": values["source"] or ""}
    explanation = values[_EXPLAINED[outcome]]
    proposals.decide(
        step.work, proposal, outcome, explanation=explanation, told=values["told"]
    )
    words = step.process.texts.step(step.element).outcomes[outcome]
    step.tell(f"{step.work.actor.name}：{words}。{explanation}")
    return {"weigh_proposal": outcome}


def draft_proposed(step: Step) -> Facts:
    """起草公文: the copies that were given, as the draft of a document."""
    proposal = proposals.proposal_of(step.work.session, step.case)
    source = _source(step, proposal, str(step.data["proposed_from"]))
    document = proposals.draft(step.work, proposal, source)
    proposals.decide(step.work, proposal, ProposalOutcome.PROPOSED, told=proposal.told)
    step.tell(
        f"以{source.number}提供的信息起草公文{document.case.number}，"
        "公开属性拟为主动公开（条例第44条）。"
    )
    return {}


def proactive_escalate(step: Step) -> Facts:
    """提醒办理期限."""
    escalate(step)
    return {}


def _source(
    step: Step, proposal: ProactiveProposal, chosen: str | None
) -> InformationRequest:
    """Return the request whose copies are to be public: the newest if none is named."""
    offered = [each for each, _ in proposals.to_choose(step.work, proposal)]
    if not offered:
        sentence = "这些申请都没有提供过信息，没有可以转为主动公开的内容"
        raise InvalidAnswers({"source": [sentence]})
    if not chosen:
        return offered[0]
    found = next((each for each in offered if each.public_id == chosen), None)
    if found is None:
        raise InvalidAnswers({"source": ["从列出的申请里选"]})
    return found
