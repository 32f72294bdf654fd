"""登记: what came, from whom, on which day; its limit runs from there."""

from typing import Any

from engine.authoring import (
    Facts,
    InvalidAnswers,
    NotAllowed,
    Step,
    Work,
    claim,
    files,
    open_tasks,
    start,
)
from models.challenges import Challenge, ChallengeKind
from models.people import Organisation, Role
from models.requests import InformationRequest
from models.workflow import Case, Label
from processes.registers import challenges, form_checks
from processes.registers.challenges import Complaint
from processes.registers.clock_events import in_full

#: Who registers what came, and how the diagram calls them.
_ENTERING = {Role.DISCLOSURE_CLERK: "clerk", Role.LEGAL_REVIEWER: "legal"}


def begin(work: Work) -> Case:
    """Open a case for papers that came from 复议机关 or court.

    Raises:
        NotAllowed: the actor answers for no agency.
    """
    held = next(
        (held for role in _ENTERING for held in work.actor.roles if held.role == role),
        None,
    )
    if held is None:
        msg = "复议、诉讼由政务公开经办人或者法制审核员登记，您不担任这些角色。"
        raise NotAllowed(msg)
    case = start(
        work,
        challenges.PROCESS,
        title=challenges.UNREGISTERED,
        place=work.session.get_one(Organisation, held.organisation_id),
        number_prefix="应诉",
        facts={"challenge_entered_by": _ENTERING[Role(held.role)]},
        label=Label.PERSONAL,
    )
    claim(work, open_tasks(work, case)[0])
    return case


def enter(step: Step, values: dict[str, Any]) -> Facts:
    """Enter the papers, and begin the limit of their kind on the day they came."""
    kind = ChallengeKind(values["kind"])
    request = chosen_request(step, values["request"])
    errors = form_checks.past(step, values, "notified_on")
    if kind == ChallengeKind.RECONSIDERATION and values["is_summary"] is None:
        errors |= form_checks.missing(step, values, "is_summary")
    if request is None:
        errors |= form_checks.missing(step, values, "subject")
    if challenges.same_number(
        step.work.session, step.case, values["body"], values["body_number"]
    ):
        errors["body_number"] = ["这个案号已经登记过，到那一件里办理"]
    form_checks.refuse(errors)
    challenge = challenges.enter(
        step.work,
        step.case,
        Complaint(
            kind=kind,
            body=values["body"],
            body_number=values["body_number"],
            is_summary=values["is_summary"] == "yes",
            notified_on=values["notified_on"],
            request=request,
            subject=values["subject"],
            files=[files.own_upload(step.work, each) for each in values["files"]],
        ),
    )
    limit = limit_of(challenge)
    deadline = step.start_limit(limit, starts_on=challenge.notified_on)
    if deadline.due_on is not None:
        provisional = "（暂定）" if deadline.provisional else ""
        step.tell(
            f"答复期限从{in_full(challenge.notified_on)}起算，"
            f"最迟{in_full(deadline.due_on)}{provisional}。"
        )
    return {"challenge_limit": limit}


def chosen_request(step: Step, public_id: str | None) -> InformationRequest | None:
    """Return the request that somebody has named.

    Raises:
        InvalidAnswers: the agency has none such that the actor may read.
    """
    if not public_id:
        return None
    request = challenges.to_name(step.work, step.case, public_id)
    if request is None:
        raise InvalidAnswers({"request": ["从列出的公开申请里选"]})
    return request


def limit_of(challenge: Challenge) -> str:
    """Return which limit holds (行政复议法 Arts 48, 54; 行政诉讼法 Art 67)."""
    if challenge.kind != ChallengeKind.RECONSIDERATION:
        return "lawsuit_answer"
    return "summary_answer" if challenge.is_summary else "ordinary_answer"
