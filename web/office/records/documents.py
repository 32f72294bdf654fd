"""The document of a case beside its forms: what it says of itself, who said what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine import tasks
from engine.content.display import Piece, text_of
from engine.instances import open_tasks
from engine.work import Work
from models.documents import (
    ATTRIBUTE_NAMES,
    DOCUMENT_KIND_NAMES,
    Attribute,
    Document,
    DocumentKind,
    PaperRole,
    PaperVersion,
    VersionKind,
)
from models.workflow import Case, Task, TaskStatus
from processes.document_review.ways import co_sign_rule
from processes.registers import grounds, interpretations, proposals
from processes.registers.documents import UNTITLED, document_of
from processes.registers.issuers import (
    issued_by,
    possible_issuers,
    possible_joint_issuers,
)
from processes.registers.reading import is_locked
from web.office.records.interpretations import panel
from web.office.records.shape import Record

#: How a step ends that sends the document back to its drafter.
_SENT_BACK = frozenset({"returned", "objected", "refused"})

_VOTES = {"agreed": "同意", "objected": "不同意"}


@dataclass(frozen=True)
class Vote:
    """What one joint issuer says in the round that is under way."""

    place: str
    words: str


def record(work: Work, case: Case) -> Record:
    """Return the document with its text and all that goes with it."""
    document = document_of(work.session, case)
    version = _newest(document, PaperRole.TEXT)
    steps = [task.element for task in open_tasks(work, case)]
    attribute = document.attribute
    return Record(
        "office/records/document.html",
        {
            "document": document,
            "proposal": proposals.of_document(work.session, document),
            "kind": DOCUMENT_KIND_NAMES[DocumentKind(document.kind)],
            "attribute": ATTRIBUTE_NAMES[Attribute(attribute)] if attribute else "未定",
            "ground": grounds.in_words(document.ground),
            "for_government": issued_by(document) != "own",
            "version": version,
            "locked": version is not None and is_locked(work.session, version.file),
            "text": _text(work, version),
            "attachments": _newest_of_all(document, PaperRole.ATTACHMENT),
            "risk_plan": _newest(document, PaperRole.RISK_PLAN),
            "panel": panel(
                work, document, interpretations.of_case(work.session, document.case)
            ),
            # Signed together: the document, the plan and what explains it.
            "signing": bool({"office_check", "sign"} & set(steps)),
            "rule": _rule(work, document) if "co_sign_document" in steps else "",
            "votes": _votes(work, case) if "co_sign_document" in steps else (),
        },
        {"draft": _draft_values(document, version)},
        {
            "issuer": _issuers(work, document),
            "joint_issuers": [
                (each.public_id, each.short_name)
                for each in possible_joint_issuers(work.session, document.agency)
            ],
            "ground": grounds.choices(),
        },
        notices=_returns(work, case) if "draft" in steps else (),
    )


def _newest(document: Document, role: PaperRole) -> PaperVersion | None:
    return next(iter(_newest_of_all(document, role)), None)


def _newest_of_all(document: Document, role: PaperRole) -> list[PaperVersion]:
    found = [paper.newest(VersionKind.OFFICE) for paper in document.papers_of(role)]
    return [version for version in found if version is not None]


def _text(work: Work, version: PaperVersion | None) -> list[Piece] | None:
    if version is None or is_locked(work.session, version.file):
        return None
    return text_of(version.file.media_type, work.engine.files.get(version.file))


def _issuers(work: Work, document: Document) -> list[tuple[str, str]]:
    own, *others = possible_issuers(work.session, document.agency)
    return [
        (own.public_id, f"{own.name}（本单位）"),
        *((each.public_id, f"{each.name}（代拟稿）") for each in others),
    ]


def _returns(work: Work, case: Case) -> Sequence[tuple[str, str]]:
    """Return why the draft is back: all that was said since it was submitted last."""
    done = [t for t in tasks.of_case(work, case) if t.status == TaskStatus.DONE]
    submissions = [n for n, task in enumerate(done) if task.element == "draft"]
    if not submissions:
        return ()
    since = done[submissions[-1] :]
    return [
        (_by(work, task), f"{_reason(work, task)}。{task.opinion}".lstrip("。"))
        for task in since
        if task.outcome in _SENT_BACK or (task.element == "draft" and task.reason)
    ]


def _by(work: Work, task: Task) -> str:
    if task.element == "draft":
        return "系统退文"
    label = work.engine.definitions.process(task.process_key).texts.step(task.element)
    who = task.completer.name if task.completer else ""
    elsewhere = task.place.agency != task.case.agency_id
    place = task.place.short_name if elsewhere else ""
    outcome = label.outcomes.get(task.outcome or "", "退回")
    return f"{who}（{place}{task.name}）{outcome}"


def _reason(work: Work, task: Task) -> str:
    texts = work.engine.definitions.process(task.process_key).texts
    return texts.reasons.get(task.reason or "", "")


def _rule(work: Work, document: Document) -> str:
    """Say by which rule the joint issuers agree, before one of them signs."""
    signers = len(document.joint_issuers)
    rule = co_sign_rule(work, document, signers)
    if rule["kind"] == "veto":
        return "有一个单位不同意就退回，其余单位不用再签。"
    if rule["kind"] == "n_of_m":
        return f"{signers} 个单位里有 {rule['n']} 个同意就通过。"
    return f"{signers} 个单位都同意才通过；都签完以后，有不同意的退回拟稿人。"


def _votes(work: Work, case: Case) -> list[Vote]:
    round_ = [t for t in tasks.of_case(work, case) if t.element == "co_sign_document"]
    opened = max((task.created_at for task in round_), default=None)
    return [
        Vote(task.place.short_name, _VOTES.get(task.outcome or "", "等会签"))
        for task in round_
        if task.created_at == opened
    ]


def _draft_values(document: Document, version: PaperVersion | None) -> dict[str, Any]:
    begun = version is not None
    not_public = document.attribute == Attribute.NOT_PUBLIC
    on_request = document.attribute == Attribute.ON_REQUEST
    risk_plan = _newest(document, PaperRole.RISK_PLAN)
    attachments = _newest_of_all(document, PaperRole.ATTACHMENT)
    joint = (each.organisation.public_id for each in document.joint_issuers)
    return {
        "secrecy": "none" if begun else "",
        "title": "" if document.title == UNTITLED else document.title,
        "file": version.file.public_id if version else "",
        "attachments": " ".join(each.file.public_id for each in attachments),
        "kind": document.kind if begun else "",
        "category": document.category,
        "issuer": document.issuer.public_id,
        "joint_issuers": " ".join(joint),
        "signed_before": "yes" if document.signed_before else ("no" if begun else ""),
        "document_number": document.document_number,
        "formed_on": document.formed_on.isoformat() if document.formed_on else "",
        "signed_on": document.signed_on.isoformat() if document.signed_on else "",
        "index_number": document.index_number or "",
        "attribute": document.attribute,
        "ground": document.ground,
        "cited_law": document.cited_law,
        "right_holder": document.right_holder,
        "attribute_reason": document.attribute_reason if not_public else "",
        "on_request_reason": document.attribute_reason if on_request else "",
        "label": document.label,
        "is_sensitive": _yes_or_no(document.is_sensitive) if begun else "",
        "risk_assessment": document.risk_assessment,
        "risk_plan": risk_plan.file.public_id if risk_plan else "",
    }


def _yes_or_no(answer: bool) -> str:
    return "yes" if answer else "no"
