"""拟稿: what a draft says of itself is kept, changes are told, what lacks is named."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from engine.authoring import Facts, InvalidAnswers, Step, Work, files, set_parties
from models.documents import (
    ATTRIBUTE_NAMES,
    DOCUMENT_KIND_NAMES,
    Attribute,
    Document,
    DocumentKind,
    JointIssuer,
    PaperRole,
    VersionKind,
)
from models.people import Organisation
from models.workflow import LABEL_NAMES, Label
from processes.document_review import ways
from processes.document_review.keeping import keep_attachments, keep_paper
from processes.document_review.reasons import (
    NO_ATTRIBUTE,
    NO_REASON,
    NO_RISK_ASSESSMENT,
)
from processes.document_review.signing import void_number
from processes.registers import grounds, opinions, publications, reviews
from processes.registers.documents import document_of
from processes.registers.issuers import possible_issuers, possible_joint_issuers


def take_draft(step: Step, values: dict[str, Any]) -> Facts:
    """Keep what was drafted; say for the gate what is missing."""
    work = step.work
    document = document_of(work.session, step.case)
    label = Label(values["label"] or Label.INTERNAL)
    _refuse_restricted_publication(label, values["attribute"])
    before = _stands(document)
    _take_dates(work, document, values)
    _take_issuers(step, document, values)
    _take_attribute(work, document, values)
    _take_papers(step, document, values, label)
    _refuse_what_was_withheld(step, document)
    document.title = step.case.title = values["title"]
    document.label = step.case.label = label
    document.kind = values["kind"]
    document.category = values["category"]
    document.is_sensitive = values["is_sensitive"] == "yes"
    document.risk_assessment = values["risk_assessment"]
    _record_changes(step, document, before)
    ways.mark_historical(work, step.case, document)
    ways.follow_publication_limit(step, document)
    return {"draft": missing(document) or "complete", **ways.facts_of(step, document)}


def missing(document: Document) -> str | None:
    """Return the coded reason for which a draft must be returned; None if complete.

    A draft without a proposed attribute, or without a lawful reason for not being
    public, may be returned (国办发〔2016〕80号 part 一(一)); what is flagged needs an
    assessment of how the public may take it, and a plan.
    """
    attribute = document.attribute
    if attribute is None:
        return NO_ATTRIBUTE
    if attribute != Attribute.PUBLIC and not document.attribute_reason:
        return NO_REASON
    if attribute == Attribute.NOT_PUBLIC and not document.ground:
        return NO_REASON
    if document.is_sensitive and not (
        document.risk_assessment and document.papers_of(PaperRole.RISK_PLAN)
    ):
        return NO_RISK_ASSESSMENT
    return None


def _refuse_restricted_publication(label: Label, attribute: str | None) -> None:
    """What must not be public cannot be proposed as public.

    Work secrets by the review of Art 17(2); personal data by 个人信息保护法 Art 25
    and Art 15 of the Regulations.
    """
    if attribute != Attribute.PUBLIC or label == Label.INTERNAL:
        return
    sentence = (
        "标为工作秘密的公文不能主动公开，改属性或者改标签"
        if label == Label.WORK_SECRET
        else "含个人信息的正文不能直接公开：先去标识化，上传处理后的正文，标签改为内部"
    )
    raise InvalidAnswers({"label": [sentence]})


def _refuse_what_was_withheld(step: Step, document: Document) -> None:
    """What an authority has found not to be public is not proposed as public again,
    unless it was changed (Art 17(3))."""
    if document.attribute != Attribute.PUBLIC:
        return
    if reviews.was_withheld(step.work, step.case):
        sentence = "有权机关已经确定这些材料不予公开：改正文、附件，或者改公开属性"
        raise InvalidAnswers({"attribute": [sentence]})


def _take_dates(work: Work, document: Document, values: dict[str, Any]) -> None:
    """Keep number and dates of a document that was signed before; a new one is given
    them when it is signed."""
    was_signed_before = document.signed_before
    document.signed_before = values["signed_before"] == "yes"
    if not document.signed_before:
        if was_signed_before:
            document.document_number, document.index_number = "", None
            document.formed_on = document.signed_on = None
        return
    if not was_signed_before and document.document_number:
        void_number(work, document, "改为补录，用原来的文号")
    _refuse_bad_dates(work, values)
    _refuse_taken_number(work, document, values["document_number"])
    if values["index_number"]:
        publications.refuse_taken_index(
            work, document, values["index_number"], field="index_number"
        )
    document.document_number = values["document_number"]
    document.index_number = values["index_number"] or None
    document.formed_on = values["formed_on"]
    document.signed_on = values["signed_on"] or values["formed_on"]


def _refuse_bad_dates(work: Work, values: dict[str, Any]) -> None:
    errors = {}
    if values["formed_on"] is None:
        errors["formed_on"] = ["写明生成日期"]
    elif values["formed_on"] > work.today:
        errors["formed_on"] = ["生成日期不能晚于今天"]
    if (values["signed_on"] or date.min) > work.today:
        errors["signed_on"] = ["成文日期不能晚于今天"]
    if errors:
        raise InvalidAnswers(errors)


def _refuse_taken_number(work: Work, document: Document, number: str) -> None:
    taken = work.session.scalar(
        select(Document.id).where(
            Document.root_id == document.root_id,
            Document.document_number == number,
            Document.id != document.id,
        )
    )
    if number and taken is not None:
        msg = f"文号“{number}”已经登记在另一份公文上，核对一下"
        raise InvalidAnswers({"document_number": [msg]})


def _take_issuers(step: Step, document: Document, values: dict[str, Any]) -> None:
    """Keep in whose name it is issued, and let them play their parts."""
    work = step.work
    known = possible_issuers(work.session, document.agency)
    wanted = values["issuer"] or document.agency.public_id
    issuer = next((each for each in known if each.public_id == wanted), None)
    if issuer is None:
        raise InvalidAnswers({"issuer": ["从列出的发文机关里选一个"]})
    joint = _joint_issuers(work, document.agency, issuer, values["joint_issuers"])
    document.issuer = issuer
    if [each.organisation_id for each in document.joint_issuers] != [
        each.id for each in joint
    ]:
        document.joint_issuers.clear()
        work.session.flush()
        document.joint_issuers.extend(
            JointIssuer(organisation=each, position=number)
            for number, each in enumerate(joint, start=1)
        )
    work.session.flush()
    set_parties(work, step.case, "issuing", [issuer])
    set_parties(work, step.case, "joint", joint)
    set_parties(work, step.case, "office", ways.checking_offices(work, document))


def _joint_issuers(
    work: Work, agency: Organisation, issuer: Organisation, wanted: list[str]
) -> list[Organisation]:
    known = {
        each.public_id: each for each in possible_joint_issuers(work.session, agency)
    }
    if not set(wanted) <= known.keys():
        raise InvalidAnswers({"joint_issuers": ["从列出的单位里选"]})
    if issuer.public_id in wanted:
        msg = f"{issuer.short_name}是发文机关，联合发文只选其他单位"
        raise InvalidAnswers({"joint_issuers": [msg]})
    return [known[each] for each in dict.fromkeys(wanted)]


def _take_attribute(work: Work, document: Document, values: dict[str, Any]) -> None:
    """Keep the attribute with its ground, judged by the law of the document's day."""
    errors = grounds.objections(
        values["attribute"],
        values["ground"] or "",
        formed_on=document.formed_on or work.today,
        cited_law=values["cited_law"],
        right_holder=values["right_holder"],
    )
    if errors:
        raise InvalidAnswers(errors)
    document.attribute = values["attribute"]
    document.ground = values["ground"] or ""
    document.cited_law = values["cited_law"]
    document.right_holder = values["right_holder"]
    document.attribute_reason = (
        values["attribute_reason"] or values["on_request_reason"]
    )


def _take_papers(
    step: Step, document: Document, values: dict[str, Any], label: Label
) -> None:
    keep_paper(step, document, PaperRole.TEXT, values["file"], field="file")
    keep_attachments(step, document, values["attachments"], field="attachments")
    keep_paper(
        step, document, PaperRole.RISK_PLAN, values["risk_plan"], field="risk_plan"
    )
    for paper in document.papers:
        for version in paper.versions:
            files.relabel(version.file, label)


def _stands(document: Document) -> dict[str, str]:
    """Return what a document says of itself, by the names people know."""
    text = document.text.newest(VersionKind.OFFICE) if document.text else None
    if text is None:
        return {}
    attribute, assessed = document.attribute, document.risk_assessment
    return {
        "标题": document.title,
        "正文": f"第{text.number}版",
        "附件": _names(
            paper.title for paper in document.papers_of(PaperRole.ATTACHMENT)
        ),
        "公文种类": DOCUMENT_KIND_NAMES[DocumentKind(document.kind)],
        "发文机关": document.issuer.short_name,
        "联合发文": _names(
            each.organisation.short_name for each in document.joint_issuers
        ),
        "文号": document.document_number or "无",
        "生成日期": str(document.formed_on or "未定"),
        "内容分类": document.category or "无",
        "公开属性": ATTRIBUTE_NAMES[Attribute(attribute)] if attribute else "未定",
        "不公开依据": grounds.in_words(document.ground) or "无",
        "不公开理由": document.attribute_reason or "无",
        "文件标签": LABEL_NAMES[Label(document.label)],
        "舆情风险评估": f"{len(document.risk_assessment)}字" if assessed else "无",
    }


def _names(names: Iterable[str]) -> str:
    return "、".join(names) or "无"


def _record_changes(step: Step, document: Document, before: dict[str, str]) -> None:
    """Say what a returned draft changed, with old and new; opinions given on it as it
    was are void."""
    after = _stands(document)
    changed = {
        name: [before[name], after[name]]
        for name in before
        if before[name] != after[name]
    }
    if not changed:
        return
    opinions.void(step.work, step.case)
    told = "；".join(f"{name}从{old}改为{new}" for name, (old, new) in changed.items())
    step.work.record(
        step.case,
        "document_changed",
        f"{step.work.actor.name}修改公文：{told}。",
        data={"changed": changed},
    )
