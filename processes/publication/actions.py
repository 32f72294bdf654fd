"""What each step records. The diagram decides what happens next."""

from datetime import date
from typing import Any

from engine.authoring import (
    Facts,
    InvalidAnswers,
    Refusal,
    Step,
    add_party,
    date_in_words,
    escalate,
    numbers,
)
from models.documents import (
    VALIDITY_NAMES,
    Attribute,
    Document,
    PaperRole,
    Validity,
)
from models.publications import (
    AUDIENCE_NAMES,
    CHANGES,
    PUBLICATION_KIND_NAMES,
    Audience,
    Publication,
    PublicationKind,
    PublishedPaper,
)
from processes.publication import bundles
from processes.publication.requests import withdraw_request, write_request
from processes.registers import (
    form_checks,
    interpretations,
    papers,
    publications,
    reviews,
)
from processes.registers.channels import CHANNEL_NAMES, LIMITED
from processes.registers.documents import document_of
from processes.registers.interpretations import Standing


def open_publication(step: Step) -> Facts:
    """A case of this process changes what is published; any other one publishes."""
    own = step.case.process_key == step.process.key
    return {"open_publication": "change" if own else "bundle"}


def publication_request(step: Step, values: dict[str, Any]) -> Facts:
    """提出更改: what is to be done with which document."""
    if values["outcome"] == "dropped":
        withdraw_request(step)
        step.tell(f"{step.work.actor.name}不再要求更改“{step.case.title}”。")
        return {"publication_request": "dropped"}
    publication = write_request(step, values)
    document = publication.document
    add_party(step.work, step.case, "issuing", document.issuer)
    kind = PUBLICATION_KIND_NAMES[PublicationKind(publication.kind)]
    step.case.title = f"{kind}：{document.title}"[:300]
    step.tell(
        f"{step.work.actor.name}提出{kind}“{document.title}”。理由：{publication.reason}"
    )
    return {"publication_request": publication.kind}


def publication_review(step: Step, values: dict[str, Any]) -> Facts:
    """审核更改."""
    if values["outcome"] == "returned":
        form_checks.reason_to_return(step, values)
    return {"publication_review": values["outcome"]}


def approve_publication(step: Step, values: dict[str, Any]) -> Facts:
    """审定发布: the bundle goes out as it is, or comes back."""
    document = document_of(step.work.session, step.case)
    if values["outcome"] == "refused":
        form_checks.reason_to_return(step, values)
        result = "withdrawn" if document.withdrawn_at else "refused"
        return {"approve_publication": "refused", "publication": result}
    _require_ways_out(step, document, values)
    _refuse_unready(step, document)
    kind = (
        PublicationKind.PUBLISH
        if document.case_id == step.case.id
        else PublicationKind.INTERPRET
    )
    publication = publications.intend(step.work, step.case, document, kind)
    publication.channels = values["channels"]
    publication.audience = values["audience"]
    publication.audience_name = values["audience_name"]
    _approve(step, publication, values["publish_on"])
    audience = Audience(publication.audience)
    to = publication.audience_name or AUDIENCE_NAMES[audience]
    ways = "、".join(CHANNEL_NAMES[each] for each in publication.channels)
    day = date_in_words(values["publish_on"])
    step.tell(
        f"{step.work.actor.name}批准发布：{day}，由{ways}向{to}公开"
        f"{len(papers.leaving(step.work, step.case))}份文件。"
    )
    return {"approve_publication": "approved"}


def _require_ways_out(step: Step, document: Document, values: dict[str, Any]) -> None:
    errors = _day_errors(step, values)
    audience, channels = values["audience"], values["channels"]
    if not channels:
        errors["channels"] = ["至少选一种发布渠道"]
    if audience is None:
        errors["audience"] = ["选一项：向谁公开"]
    elif audience == Audience.EVERYONE:
        values["audience_name"] = ""
    else:
        if not values["audience_name"]:
            errors["audience_name"] = ["写明是哪个区域、哪些人"]
        open_to_all = [CHANNEL_NAMES[each] for each in channels if each not in LIMITED]
        if open_to_all:
            sentence = "谁都能看，只向一部分人公开的用公告栏张贴或者送达本人"
            errors["channels"] = ["、".join(open_to_all) + sentence]
    if document.published_at is not None and not errors:
        errors = _audience_errors(step, document, values)
    if errors:
        raise InvalidAnswers(errors)


def _audience_errors(
    step: Step, document: Document, values: dict[str, Any]
) -> dict[str, list[str]]:
    """An interpretation is read on its document's page, by the same people."""
    act = publications.first(step.work.session, document)
    said = (act.audience, act.audience_name)
    if said == (values["audience"], values["audience_name"]):
        return {}
    people = act.audience_name or AUDIENCE_NAMES[Audience(act.audience)]
    return {"audience": [f"解读和文件在同一页上，向同样的人公开：{people}"]}


def _day_errors(step: Step, values: dict[str, Any]) -> dict[str, list[str]]:
    if values["publish_on"] is None:
        return {"publish_on": ["定一个发布日期，今天发布就填今天"]}
    if values["publish_on"] < step.work.today:
        return {"publish_on": ["发布日期不能早于今天"]}
    return {}


def _early_errors(
    publication: Publication, values: dict[str, Any]
) -> dict[str, list[str]]:
    since = publication.since
    if publication.kind != PublicationKind.VALIDITY or since is None:
        return {}
    if values["publish_on"] >= since:
        return {}
    day = date_in_words(since)
    return {"publish_on": [f"有效性从{day}起变更，生效日期不能早于这一天"]}


def _refuse_unready(step: Step, document: Document) -> None:
    """Refuse to let out what may not go out, or not like this.

    Raises:
        Refusal: it is not public, or withdrawn; its interpretation is missing (the
            third gate); bytes that nobody reviewed (Art 17(2)); a 索引号 that another
            document has.
    """
    work = step.work
    if document.attribute != Attribute.PUBLIC:
        msg = "没有批准：公开属性不是主动公开，不能发布。退回改属性，或者登记不公开。"
        raise Refusal(msg)
    if document.withdrawn_at is not None:
        msg = "没有批准：文件已经撤回，解读也不能再发布。退回，了结这一件。"
        raise Refusal(msg)
    if _lacks_interpretation(step, document):
        msg = "没有批准：政策性文件还没有签过的解读方案或者材料，不能发布。退回补上。"
        raise Refusal(msg)
    _refuse_unreviewed(step, "没有批准")
    if document.index_number and document.published_at is None:
        taken = publications.taken_index(work, document.index_number, besides=document)
        if taken:
            msg = (
                f"没有批准：原件的索引号{document.index_number}已经是{taken}的。"
                "退回核对，没有的空着，发布时给新号。"
            )
            raise Refusal(msg)


def _refuse_withdrawn(document: Document) -> None:
    """Let nothing more out of what was withdrawn meanwhile.

    Raises:
        Refusal: it was.
    """
    if document.withdrawn_at is not None:
        msg = (
            "没有批准：这份文件已经撤回，不再更改，也不再发布解读。选退回，结束这一件。"
        )
        raise Refusal(msg)


def _lacks_interpretation(step: Step, document: Document) -> bool:
    """Tell whether a policy document would go out unexplained, or another one with an
    interpretation that nobody signed.

    What was issued before its agency's start day is recorded as it was.
    """
    asked = document.is_policy and not document.is_historical
    if document.published_at or not (
        asked or document.papers_of(PaperRole.INTERPRETATION)
    ):
        return False
    standing = interpretations.standing(step.work, document)
    return standing in {Standing.NONE, Standing.STALE}


def _refuse_unreviewed(step: Step, so: str) -> None:
    missing = reviews.unreviewed(step.work, step.case)
    if missing:
        names = "、".join(f"“{each.paper.title}”" for each in missing)
        msg = f"{so}：{names}现在的公开件还没有审查通过，先送公开前审查。"
        raise Refusal(msg)


def approve_change(step: Step, values: dict[str, Any]) -> Facts:
    """审定更改."""
    if values["outcome"] == "refused":
        form_checks.reason_to_return(step, values)
        return {"approve_change": "refused"}
    publication = _of_case(step)
    _refuse_withdrawn(publication.document)
    errors = _day_errors(step, values) or _early_errors(publication, values)
    if errors:
        raise InvalidAnswers(errors)
    _go_where_it_was(step, publication)
    if publication.kind == PublicationKind.CORRECT:
        _refuse_unreviewed(step, "没有批准")
    _approve(step, publication, values["publish_on"])
    kind = PUBLICATION_KIND_NAMES[PublicationKind(publication.kind)]
    day = date_in_words(values["publish_on"])
    step.tell(f"{step.work.actor.name}批准{kind}，{day} 生效。")
    return {"approve_change": "approved"}


def _go_where_it_was(step: Step, publication: Publication) -> None:
    """A change is told to the same people, in every place that had the document."""
    acts = publications.done(step.work.session, publication.document)
    publication.channels = list(
        dict.fromkeys(channel for act in acts for channel in act.channels)
    )
    publication.audience = acts[0].audience
    publication.audience_name = acts[0].audience_name


def _approve(step: Step, publication: Publication, publish_on: date) -> None:
    publication.publish_on = publish_on
    publication.approved_by = step.work.actor.required_person
    publication.approved_at = step.work.now
    step.void_limit("publication_time")
    # The limit ends at the end of a day: what was approved begins with its day.
    step.start_limit(
        "publication_time", starts_on=date.fromordinal(publish_on.toordinal() - 1)
    )


def publish(step: Step) -> Facts:
    """发布: what was approved happens, and every channel is told.

    Nothing goes out whose bytes nobody reviewed (Art 17(2)).
    """
    publication = _of_case(step)
    document, kind = publication.document, PublicationKind(publication.kind)
    if document.withdrawn_at is not None:
        sentence = f"“{document.title}”已经撤回，原来批准的这一件不再发布。"
        step.work.record(step.case, "publication_dropped", sentence)
        return {"publication": "withdrawn"}
    publication.done_at = step.work.now
    if kind not in CHANGES or kind == PublicationKind.CORRECT:
        _let_out(step, publication)
    if kind == PublicationKind.PUBLISH:
        _give_index_number(step, document)
        document.published_at = step.work.now
        document.is_listed = publication.audience == Audience.EVERYONE
    elif kind == PublicationKind.WITHDRAW:
        document.withdrawn_at = step.work.now
        document.is_listed = False
        step.end_limit("withdrawal")
    elif kind == PublicationKind.VALIDITY:
        document.validity = publication.validity or document.validity
    step.work.session.flush()
    bundles.send(step.work, step.case, publication)
    _record(step, publication)
    if kind not in CHANGES:
        interpretations.note_published(step.work, step.case)
    return {"publication": "published"}


def _of_case(step: Step) -> Publication:
    publication = publications.of_case(step.work.session, step.case)
    if publication is None:
        msg = f"{step.case.number} does nothing towards the public"
        raise LookupError(msg)
    return publication


def _let_out(step: Step, publication: Publication) -> None:
    """Keep the reviewed copies for everybody to read, with their sha256."""
    _refuse_unreviewed(step, "没有发布")
    for position, office in enumerate(papers.leaving(step.work, step.case), 1):
        copy = office.paper.public_copy
        if copy is None:
            msg = f"{office.paper.title} was reviewed without a public copy"
            raise LookupError(msg)
        file = papers.release(step.work, copy)
        publication.papers.append(
            PublishedPaper(version=copy, position=position, sha256=file.sha256)
        )


def _give_index_number(step: Step, document: Document) -> None:
    """Give our 索引号, unless an old document brings its own (Art 12(2))."""
    if document.index_number:
        return
    work = step.work
    while True:
        number = numbers.issue(
            work,
            publications.INDEX,
            document.issuer,
            numbers.index_number,
            case_id=step.case.id,
        )
        if not publications.taken_index(work, number, besides=document):
            break
        # An old document has brought the number that would be the next of ours.
        numbers.void(work, publications.INDEX, number, "已由导入的旧文件使用")
    document.index_number = number


def _record(step: Step, publication: Publication) -> None:
    document = publication.document
    title, why = f"“{document.title}”", publication.reason
    validity = VALIDITY_NAMES[Validity(document.validity)]
    told = {
        PublicationKind.PUBLISH: f"{title}发布，索引号{document.index_number}。",
        PublicationKind.INTERPRET: f"{title}的解读发布。",
        PublicationKind.CORRECT: f"{title}更正：{why}",
        PublicationKind.WITHDRAW: f"{title}撤回：{why}",
        PublicationKind.VALIDITY: f"{title}的有效性改为{validity}：{why}",
    }
    step.work.record(
        step.case,
        _EVENTS[PublicationKind(publication.kind)],
        told[PublicationKind(publication.kind)],
        data={"sha256": [paper.sha256 for paper in publication.papers]},
    )


_EVENTS = {
    PublicationKind.PUBLISH: "document_published",
    PublicationKind.INTERPRET: "interpretation_published",
    PublicationKind.CORRECT: "document_corrected",
    PublicationKind.WITHDRAW: "document_withdrawn",
    PublicationKind.VALIDITY: "validity_changed",
}


def escalate_publication_step(step: Step) -> Facts:
    """提醒办理期限."""
    escalate(step)
    return {}


def escalate_withdrawal(step: Step) -> Facts:
    """提醒撤回期限 (行政处罚法 Art 48).

    The watch goes on: the day since when it counts may be put right.
    """
    escalate(step)
    return {"escalate_withdrawal": step.case.carries_limits}
