"""What each step records. The diagram decides what happens next."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from engine.authoring import (
    Facts,
    InvalidAnswers,
    Refusal,
    Step,
    date_in_words,
    escalate,
    files,
    numbers,
    outbox,
    people,
    start_of,
)
from models.documents import (
    ATTRIBUTE_NAMES,
    Attribute,
    Document,
    PaperRole,
    PaperVersion,
    VersionKind,
)
from models.publications import Publication, PublishedPaper
from models.workflow import LABEL_NAMES, Label, Task, TaskKind, TaskStatus
from processes.document_review.reasons import NO_ATTRIBUTE, NO_REASON
from processes.registers import opinions
from processes.registers.documents import document_of
from processes.registers.papers import (
    add_paper,
    add_version,
    chosen_file,
    make_public_copy,
)

#: Who must have agreed to the very bytes that are published.
_REVIEWS = {"section_review", "secrecy_review", "approve_publication"}


def draft(step: Step, values: dict[str, Any]) -> Facts:
    """拟稿: keep what was drafted; say what is missing for the gate."""
    work = step.work
    document = document_of(work.session, step.case)
    if values["formed_on"] > work.today:
        raise InvalidAnswers({"formed_on": ["生成日期不能晚于今天"]})
    label = Label(values["label"] or Label.INTERNAL)
    _refuse_restricted_publication(label, values["attribute"])
    file = chosen_file(work, document, values["file"])
    before = _stands(document)
    paper = document.text or add_paper(work, document, PaperRole.TEXT, "正文")
    latest = paper.newest(VersionKind.OFFICE)
    if latest is None or latest.file.sha256 != file.sha256:
        add_version(work, step.case, paper, file)
    for version in paper.versions:
        files.relabel(version.file, label)
    document.title = step.case.title = values["title"]
    document.label = step.case.label = label
    document.document_number = values["document_number"]
    document.formed_on = values["formed_on"]
    document.category = values["category"]
    document.attribute = values["attribute"]
    document.attribute_reason = (
        "" if values["attribute"] == Attribute.PUBLIC else values["attribute_reason"]
    )
    _record_changes(step, before, _stands(document))
    _follow_publication_limit(step, document)
    return {"draft": _missing(document) or "complete"}


def _office_text(document: Document) -> PaperVersion | None:
    return document.text.newest(VersionKind.OFFICE) if document.text else None


def _stands(document: Document) -> dict[str, str]:
    """Return what a document says of itself, by the names people know."""
    latest = _office_text(document)
    if latest is None:
        return {}
    attribute = document.attribute
    return {
        "标题": document.title,
        "正文": f"第{latest.number}版",
        "文号": document.document_number or "无",
        "生成日期": str(document.formed_on),
        "内容分类": document.category or "无",
        "公开属性": ATTRIBUTE_NAMES[Attribute(attribute)] if attribute else "未定",
        "不公开理由": document.attribute_reason or "无",
        "文件标签": LABEL_NAMES[Label(document.label)],
    }


def _record_changes(step: Step, before: dict[str, str], after: dict[str, str]) -> None:
    """Say what a returned draft changed, with old and new."""
    changed = {
        name: [before[name], after[name]]
        for name in before
        if before[name] != after[name]
    }
    if changed:
        told = "；".join(
            f"{name}从{old}改为{new}" for name, (old, new) in changed.items()
        )
        step.work.record(
            step.case,
            "document_changed",
            f"{step.work.actor.name}修改公文：{told}。",
            data={"changed": changed},
        )


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


def _missing(document: Document) -> str | None:
    if document.attribute is None:
        return NO_ATTRIBUTE
    if document.attribute != Attribute.PUBLIC and not document.attribute_reason:
        return NO_REASON
    return None


def _follow_publication_limit(step: Step, document: Document) -> None:
    """Run the limit of Art 26 from the day of formation, for what is to be public.

    What was formed before the organisation's start day is recorded without limits.
    """
    starts_on = people.starts_on(step.work, step.case.agency)
    historical = starts_on is not None and (document.formed_on or date.max) < starts_on
    running = step.running_limit("publication")
    wanted = document.attribute in (None, Attribute.PUBLIC) and not historical
    if running is not None and (not wanted or running.starts_on != document.formed_on):
        step.void_limit("publication")
        running = None
    if wanted and running is None:
        step.start_limit("publication", starts_on=document.formed_on)


def return_incomplete(step: Step) -> Facts:
    """退文: back to the drafter with a coded reason, counted for the organisation.

    A submission without a proposed attribute, or without a lawful reason for not
    being public, may be returned (国办发〔2016〕80号 part 一(一)).
    """
    reason = step.data["draft"]
    submission = step.work.session.scalars(
        select(Task)
        .where(Task.case_id == step.case.id, Task.element == "draft")
        .where(Task.kind == TaskKind.WORK, Task.status == TaskStatus.DONE)
        .order_by(Task.id.desc())
        .limit(1)
    ).one()
    submission.reason = reason
    words = step.process.texts.reasons[reason]
    step.work.record(
        step.case,
        "document_returned",
        f"系统退文：{words}。这是{step.case.agency.short_name}"
        f"今年第{_returns(step)}次退文。",
        data={"reason": reason},
    )
    return {}


def _returns(step: Step) -> int:
    """Return how many submissions of the agency were returned this year."""
    year_begins = start_of(date(step.work.today.year, 1, 1))
    return (
        step.work.session.scalar(
            select(func.count(Task.id)).where(
                Task.reason.is_not(None),
                Task.completed_at >= year_begins,
                Task.case.has(agency_id=step.case.agency_id),
            )
        )
        or 0
    )


def section_review(step: Step, values: dict[str, Any]) -> Facts:
    """科室审核."""
    return _review(step, values)


def secrecy_review(step: Step, values: dict[str, Any]) -> Facts:
    """保密审查: 先审查、后公开 (Art 17; 保密法实施条例 Art 42)."""
    return _review(step, values)


def _review(step: Step, values: dict[str, Any]) -> Facts:
    document = document_of(step.work.session, step.case)
    _require_reason(step, values)
    _give_opinion(step, document, values)
    return {step.element: values["outcome"]}


def _give_opinion(step: Step, document: Document, values: dict[str, Any]) -> None:
    version = _office_text(document)
    if version is not None:
        opinions.give(step, version, values["outcome"], values["opinion"])


def _require_reason(step: Step, values: dict[str, Any]) -> None:
    """A return names a coded reason and says in words what is to be changed."""
    if values["outcome"] != "returned":
        return
    errors = {}
    if values["reason"] is None:
        errors["reason"] = ["选一项退回原因"]
    if not values["opinion"]:
        errors["opinion"] = ["写明要改什么，拟稿人才知道怎么改"]
    if errors:
        raise InvalidAnswers(errors)
    if step.task is not None:
        step.task.reason = values["reason"]
    words = step.process.texts.reasons[values["reason"]]
    step.tell(f"{step.work.actor.name}退回“{step.case.title}”：{words}。")


def approve_publication(step: Step, values: dict[str, Any]) -> Facts:
    """审定公开: for a public document also where and when."""
    document = document_of(step.work.session, step.case)
    _require_reason(step, values)
    if values["outcome"] == "returned":
        _give_opinion(step, document, values)
        return {"approve_publication": "return"}
    if document.attribute != Attribute.PUBLIC:
        _give_opinion(step, document, values)
        attribute = ATTRIBUTE_NAMES[Attribute(document.attribute or "")]
        step.tell(f"{step.work.actor.name}审定为{attribute}，不对外发布。")
        return {"approve_publication": "keep"}
    _require_channel_and_day(step, values)
    _give_opinion(step, document, values)
    step.work.session.add(
        Publication(
            document_id=document.id,
            case_id=step.case.id,
            channels=[values["channel"]],
            publish_on=values["publish_on"],
            approved_by=step.work.actor.required_person,
            approved_at=step.work.now,
        )
    )
    step.void_limit("publication_time")
    if values["publish_on"] > step.work.today:
        # The limit ends at the end of a day: publication begins with the day.
        before = date.fromordinal(values["publish_on"].toordinal() - 1)
    else:
        before = date.fromordinal(step.work.today.toordinal() - 1)
    step.start_limit("publication_time", starts_on=before)
    step.tell(
        f"{step.work.actor.name}批准公开，{date_in_words(values['publish_on'])}发布。"
    )
    return {"approve_publication": "publish"}


def _require_channel_and_day(step: Step, values: dict[str, Any]) -> None:
    errors = {}
    if values["channel"] is None:
        errors["channel"] = ["选一种发布渠道"]
    if values["publish_on"] is None:
        errors["publish_on"] = ["定一个发布日期，今天发布就填今天"]
    elif values["publish_on"] < step.work.today:
        errors["publish_on"] = ["发布日期不能早于今天"]
    if errors:
        raise InvalidAnswers(errors)


def publish(step: Step) -> Facts:
    """发布: 索引号, the public copy, and the bundle to its channel.

    Nothing is published whose bytes the reviewers have not agreed to (Art 17(2)).
    """
    work = step.work
    document = document_of(work.session, step.case)
    office = _office_text(document)
    if office is None or not opinions.agreed_steps(work, step.case, office) >= _REVIEWS:
        msg = "没有发布：现在的正文与审查时的不是同一版，要重新审查。"
        raise Refusal(msg)
    copy = make_public_copy(step, office)
    publication = work.session.scalars(
        select(Publication)
        .where(Publication.case_id == step.case.id)
        .order_by(Publication.id.desc())
        .limit(1)
    ).one()
    publication.done_at = work.now
    publication.papers.append(
        PublishedPaper(version=copy, position=1, sha256=copy.file.sha256)
    )
    document.index_number = numbers.issue(
        work,
        "index",
        document.issuer,
        numbers.index_number,
        case_id=step.case.id,
    )
    document.published_at = work.now
    step.end_limit("publication")
    outbox.send(
        work,
        step.case,
        key=f"publication:{document.public_id}:{copy.number}",
        kind=publication.channels[0],
        payload={
            "title": document.title,
            "index_number": document.index_number,
            "document_number": document.document_number,
            "issuer": document.issuer.name,
            "published_on": work.today.isoformat(),
            "file": copy.file.sha256,
        },
    )
    work.record(
        step.case,
        "document_published",
        f"“{document.title}”发布，索引号{document.index_number}。",
        data={"sha256": copy.file.sha256},
    )
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
    """提醒公开期限 (Art 26)."""
    return {"escalate_publication": escalate(step)}
