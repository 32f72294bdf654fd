"""What a later interpretation records around the steps of the called processes."""

from typing import Any

from engine.authoring import (
    Facts,
    InvalidAnswers,
    NotFound,
    Step,
    add_party,
    escalate,
)
from models.documents import Document
from models.interpretations import Interpretation, InterpretationState, Timing
from models.publications import PublicationKind
from processes.registers import interpretations, publications


def later_interpretation_open(step: Step) -> Facts:
    """立项: after a signed plan the document is known and the limit runs from today.

    The plan goes on into this case: its days are those within which the material is
    to be published.
    """
    key = step.data.get("follows")
    if key is None:
        return {"later_interpretation_open": "unknown"}
    planned = step.work.session.get_one(Interpretation, key)
    found = _take_on(step, planned.document)
    found.focus, found.timing = planned.focus, Timing.AFTER
    found.days_after = planned.days_after
    found.forms, found.channels = planned.forms, planned.channels
    found.consulted = [each.again() for each in planned.consulted]
    step.start_limit("later_interpretation_publication", length=planned.days_after)
    step.work.record(
        step.case,
        "interpretation_followed",
        f"接着已签的解读方案办：文件发布后{planned.days_after}个工作日内发布解读。",
        data={"plan": planned.public_id},
    )
    return {"later_interpretation_open": "known"}


def later_interpretation_choose(step: Step, values: dict[str, Any]) -> Facts:
    """选文件: one that is published, and that nobody else explains just now."""
    offered = interpretations.to_explain(step.work, step.case.agency)
    document = next(
        (each for each in offered if each.public_id == values["document"]), None
    )
    if document is None:
        sentence = "这份文件不能选：还没有公开，或者别人正在解读，重新选一份"
        raise InvalidAnswers({"document": [sentence]})
    _take_on(step, document)
    step.case.title = interpretations.title_of(document)[:300]
    step.tell(f"{step.work.actor.name}选定给“{document.title}”补解读。")
    return {}


def later_interpretation_reopen(step: Step) -> Facts:
    """退回重拟: what was signed is not published; the material is made anew."""
    review = step.data.get("pre_publication_review")
    by = "公开前审查退回" if review != "passed" else "发布审定退回"
    interpretations.void_signature(step.work, _interpretation(step), by)
    return {}


def later_interpretation_done(step: Step) -> Facts:
    """登记解读: it is out; the limit is kept."""
    step.end_limit("later_interpretation_publication")
    found = _interpretation(step)
    step.work.record(
        step.case,
        "interpretation_published",
        f"“{found.document.title}”的解读发布，与文件相互关联。",
        data={"interpretation": found.public_id},
    )
    return {}


def later_interpretation_drop(step: Step) -> Facts:
    """登记不发布: it must not be public, or its document was withdrawn meanwhile."""
    step.void_limit("later_interpretation_publication")
    found = _interpretation(step)
    found.state = InterpretationState.DROPPED
    document = found.document
    why = "按审查意见" if document.withdrawn_at is None else "因文件已经撤回"
    step.work.record(
        step.case,
        "interpretation_dropped",
        f"“{document.title}”的解读{why}不发布。",
        data={"interpretation": found.public_id},
    )
    return {}


def later_interpretation_escalate(step: Step) -> Facts:
    """提醒解读期限."""
    return {"later_interpretation_escalate": escalate(step)}


def later_interpretation_escalate_step(step: Step) -> Facts:
    """提醒办理期限."""
    escalate(step)
    return {}


def _take_on(step: Step, document: Document) -> Interpretation:
    """Let this case explain a document, and publish what it makes where the document
    was published."""
    found = interpretations.begun(step.work, step.case, document)
    publications.intend(step.work, step.case, document, PublicationKind.INTERPRET)
    add_party(step.work, step.case, "issuing", document.issuer)
    return found


def _interpretation(step: Step) -> Interpretation:
    found = interpretations.of_case(step.work.session, step.case)
    if found is None:
        raise NotFound("这份解读")
    return found
