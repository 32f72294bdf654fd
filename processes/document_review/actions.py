"""What each step records. The diagram decides what happens next."""

from typing import Any

from engine.authoring import Facts, Step, escalate
from models.documents import ATTRIBUTE_NAMES, Attribute
from processes.document_review.drafting import take_draft
from processes.document_review.explaining import is_explained
from processes.document_review.reasons import NO_INTERPRETATION
from processes.document_review.returning import return_draft
from processes.document_review.reviewing import review
from processes.document_review.sealing import seal_document
from processes.document_review.signing import number_document, sign_document
from processes.registers import interpretations
from processes.registers.documents import document_of


def draft(step: Step, values: dict[str, Any]) -> Facts:
    """拟稿: keep what was drafted; say what is missing for the gate."""
    return take_draft(step, values)


def return_incomplete(step: Step) -> Facts:
    """退文: something is missing in the draft itself."""
    return_draft(step, step.data["draft"])
    return {}


def section_review(step: Step, values: dict[str, Any]) -> Facts:
    """科室审核."""
    return review(step, values)


def disclosure_review(step: Step, values: dict[str, Any]) -> Facts:
    """公开机构审查 of a policy document that is not to be public."""
    return review(step, values)


def legality_review(step: Step, values: dict[str, Any]) -> Facts:
    """合法性审核, before it is signed (国办发〔2018〕115号)."""
    return review(step, values)


def check_interpretation(step: Step) -> Facts:
    """核对解读: what explains a policy document goes on together with it."""
    document = document_of(step.work.session, step.case)
    explained = is_explained(step.work, document)
    return {"check_interpretation": "complete" if explained else NO_INTERPRETATION}


def return_unexplained(step: Step) -> Facts:
    """退文: no plan or no material for its interpretation."""
    return_draft(step, NO_INTERPRETATION)
    return {}


def co_sign_document(step: Step, values: dict[str, Any]) -> Facts:
    """会签: agree or object for one joint issuer."""
    review(step, values)
    return {"vote": values["outcome"]}


def office_check(step: Step, values: dict[str, Any]) -> Facts:
    """核稿."""
    return review(step, values)


def sign(step: Step, values: dict[str, Any]) -> Facts:
    """签发."""
    return sign_document(step, values)


def assign_number(step: Step) -> Facts:
    """编号."""
    return number_document(step)


def seal(step: Step, values: dict[str, Any]) -> Facts:
    """用印."""
    return seal_document(step, values)


def register_historical(step: Step, values: dict[str, Any]) -> Facts:
    """登记补录: what was signed before the register was kept here."""
    return review(step, values)


def take_back(step: Step) -> Facts:
    """退回拟稿 by the review before publication, or by who lets out: what was found not
    to be public needs another attribute; what explains the document may be changed."""
    document = document_of(step.work.session, step.case)
    reviewed = step.data["pre_publication_review"]
    if reviewed == "withheld":
        document.attribute = None
        sentence = (
            f"公开前审查认为“{document.title}”不能主动公开，公开属性由拟稿人重新提出。"
        )
        step.work.record(step.case, "attribute_reopened", sentence)
    found = interpretations.of_case(step.work.session, step.case)
    if found is not None:
        by = "发布审定退回" if reviewed == "passed" else "公开前审查退回"
        interpretations.void_signature(step.work, found, by)
    return {}


def close_publication(step: Step) -> Facts:
    """办结公开: the limit of Art 26 is met."""
    step.end_limit("publication")
    return {}


def keep_unpublished(step: Step) -> Facts:
    """登记不公开: the document stays in the register with its attribute and reason."""
    step.void_limit("publication")
    document = document_of(step.work.session, step.case)
    attribute = ATTRIBUTE_NAMES[Attribute(document.attribute or "")]
    step.work.record(
        step.case,
        "document_kept",
        f"“{document.title}”登记为{attribute}。理由：{document.attribute_reason}",
        data={"attribute": document.attribute},
    )
    return {}


def escalate_step(step: Step) -> Facts:
    """提醒办理期限."""
    escalate(step)
    return {}


def escalate_publication(step: Step) -> Facts:
    """提醒公开期限 (Art 26).

    The watch goes on: what is changed and signed anew has a limit of its own.
    """
    escalate(step)
    return {"escalate_publication": step.case.carries_limits}
