"""What a handler asks for: which published document, and what is to be done with it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from engine.authoring import InvalidAnswers, Step, Work, files
from models.documents import Document, Paper, PaperRole, PaperVersion, VersionKind
from models.publications import CHANGES, Publication, PublicationKind
from models.records import StoredFile
from models.workflow import Case, Label
from processes.registers import papers, publications
from processes.registers.reading import LOCKED_SENTENCE

Errors = dict[str, list[str]]


def changeable(work: Work) -> ColumnElement[bool]:
    """Return the clause on Document for what the actor's agency may ask to change:
    what it drafted or issued, and the public can read."""
    agency = work.actor.agency_id
    return (
        or_(Document.issuer_id == agency, Document.agency_id == agency)
        & Document.published_at.is_not(None)
        & Document.withdrawn_at.is_(None)
    )


def write_request(step: Step, values: Mapping[str, Any]) -> Publication:
    """Keep what is asked for; a correction brings its new files.

    Raises:
        InvalidAnswers: with what is missing, or does not fit what is published.
    """
    document = _chosen(step, values)
    kind = values["kind"]
    if kind is None:
        raise InvalidAnswers({"kind": ["选一项：更正、撤回，还是变更有效性"]})
    errors = _ERRORS[kind](step, values, document)
    if not values["reason"]:
        errors["reason"] = ["写明理由，公众在网页上看得到"]
    if errors:
        raise InvalidAnswers(errors)
    publication = publications.intend(
        step.work,
        step.case,
        document,
        PublicationKind(kind),
        reason=values["reason"],
        validity=values["validity"],
    )
    publication.ground = values["ground"] or ""
    publication.since = values["since"]
    publication.conceals = values["remains"] == "concealed"
    if kind == PublicationKind.CORRECT:
        _take_new_files(step, document, values)
    else:
        _take_back_papers(step, document, keep=())
    _follow_withdrawal_limit(step, publication)
    step.work.session.flush()
    return publication


def withdraw_request(step: Step) -> None:
    """Leave everything as it is: the new papers of this case are not the document's,
    and the office reads again what the public reads."""
    publication = publications.of_case(step.work.session, step.case)
    if publication is None:
        return
    _take_back_papers(step, publication.document, keep=())
    for published in _published(step.work, publication.document).values():
        _put_back(step, published)


def _put_back(step: Step, published: PaperVersion) -> None:
    newest = published.paper.newest(VersionKind.OFFICE)
    source = published.made_from
    if source and newest and newest.case_id == step.case.id:
        papers.add_version(step.work, step.case, published.paper, source.file)


def _chosen(step: Step, values: Mapping[str, Any]) -> Document:
    work, number = step.work, values["number"]
    field = "number" if number else "document"
    wanted = (
        or_(Document.index_number == number, Document.document_number == number)
        if number
        else Document.public_id == (values["document"] or "")
    )
    matches = work.session.scalars(
        select(Document).where(changeable(work), wanted)
    ).all()
    if not matches:
        sentence = (
            f"没有找到索引号或者文号是{number}、由本单位起草或者发布的文件"
            if number
            else "选一份已发布的文件，或者填它的索引号"
        )
        raise InvalidAnswers({field: [sentence]})
    if len(matches) > 1:
        raise InvalidAnswers({field: ["有几份文件都是这个文号，改填索引号"]})
    document = matches[0]
    if number and values["document"] not in (None, document.public_id):
        raise InvalidAnswers({field: ["选的文件和填的号不是同一份，留一处"]})
    _refuse_other_document(step, document, field)
    _refuse_second_change(step, document, values["kind"], field)
    return document


def _refuse_other_document(step: Step, document: Document, field: str) -> None:
    before = publications.of_case(step.work.session, step.case)
    if before is not None and before.document_id != document.id:
        sentence = (
            f"这一件改的是“{before.document.title}”。"
            "要改别的文件，这一件点“不再更改”，另起一件"
        )
        raise InvalidAnswers({field: [sentence]})


def _refuse_second_change(
    step: Step, document: Document, kind: str | None, field: str
) -> None:
    """One change at a time; but nothing keeps what must not be public from being
    withdrawn."""
    session = step.work.session
    # Two who ask at the same moment wait for one another here.
    session.refresh(document, with_for_update=True)
    withdraws = kind == PublicationKind.WITHDRAW
    kinds = {PublicationKind.WITHDRAW} if withdraws else CHANGES
    other = publications.under_way(session, document, step.case, kinds)
    if other is not None:
        sentence = f"这份文件还有一件更改在办（{other.number}），办完再提"
        raise InvalidAnswers({field: [sentence]})


def _correction_errors(
    step: Step, values: Mapping[str, Any], document: Document
) -> Errors:
    errors: Errors = {}
    published = _published(step.work, document)
    if not values["files"] and not values["added"]:
        names = "、".join(each.paper.title for each in published.values())
        errors["files"] = [f"传上更正后的文件。这份文件现在公开的有：{names}"]
    if not published.keys() >= values["files"].keys():
        errors["files"] = ["有的材料不是所选文件的，重新打开这一页再传"]
    if values["remains"] is None:
        errors["remains"] = ["选一项：更正前的文本还能不能看"]
    return errors


def _withdrawal_errors(
    step: Step, values: Mapping[str, Any], _document: Document
) -> Errors:
    errors: Errors = {}
    if values["ground"] is None:
        errors["ground"] = ["选一项撤回的原因"]
    if values["remains"] is None:
        errors["remains"] = ["选一项：撤回说明上写不写标题"]
    if values["ground"] == publications.PENALTY and values["since"] is None:
        errors["since"] = ["写明处罚决定被变更、撤销的日期，3 个工作日从次日起算"]
    if values["since"] is not None and values["since"] > step.work.today:
        errors["since"] = ["这个日期不能晚于今天"]
    return errors


def _validity_errors(
    _step: Step, values: Mapping[str, Any], document: Document
) -> Errors:
    errors: Errors = {}
    if values["validity"] is None:
        errors["validity"] = ["选一项新的有效性"]
    elif values["validity"] == document.validity:
        errors["validity"] = ["现在已经是这个有效性，不用变更"]
    if values["since"] is None:
        errors["since"] = ["写明从哪一天起变更"]
    return errors


_ERRORS = {
    PublicationKind.CORRECT: _correction_errors,
    PublicationKind.WITHDRAW: _withdrawal_errors,
    PublicationKind.VALIDITY: _validity_errors,
}


def _published(work: Work, document: Document) -> dict[str, PaperVersion]:
    """Return the copies that the public reads now, by their papers."""
    current = publications.current(work.session, document)
    return {each.version.paper.public_id: each.version for each in current}


def _take_new_files(step: Step, document: Document, values: Mapping[str, Any]) -> None:
    published = _published(step.work, document)
    for key, file_id in values["files"].items():
        _replace(step, published[key], file_id, f"files.{key}")
    added = [_added_paper(step, document, file_id) for file_id in values["added"]]
    _take_back_papers(step, document, keep={paper.id for paper in added})


def _replace(step: Step, published: PaperVersion, file_id: str, field: str) -> None:
    """Bring a new version of a paper, unless this case has just brought it.

    Raises:
        InvalidAnswers: it is what the public reads already.
    """
    paper = published.paper
    file = papers.chosen_file(step.work, paper.document, file_id)
    newest = paper.newest(VersionKind.OFFICE)
    brought = newest.file_id if newest and newest.case_id == step.case.id else None
    if brought == file.id:
        return
    source = published.made_from
    if source is not None and source.file.sha256 == file.sha256:
        sentence = f"传的文件与现在公开的{paper.title}一字不差，没有可更正的"
        raise InvalidAnswers({field: [sentence]})
    _bring(step, paper, file, field)


def _added_paper(step: Step, document: Document, file_id: str) -> Paper:
    """Return the attachment that a file becomes; one that is kept stays as it is."""
    file = papers.chosen_file(step.work, document, file_id)
    for paper in _brought_by(step.case, document):
        if paper.versions[0].file_id == file.id:
            paper.removed = False
            return paper
    title = file.name.rpartition(".")[0] or file.name
    paper = papers.add_paper(step.work, document, PaperRole.ATTACHMENT, title)
    _bring(step, paper, file, "added")
    return paper


def _bring(step: Step, paper: Paper, file: StoredFile, field: str) -> None:
    files.relabel(file, Label(paper.document.label))
    version = papers.add_version(step.work, step.case, paper, file)
    if version.locked_at is not None:
        raise InvalidAnswers({field: [LOCKED_SENTENCE]})


def _brought_by(case: Case, document: Document) -> list[Paper]:
    """Return the papers that a document has only through a case that changes it."""
    return [
        paper
        for paper in document.papers
        if paper.versions and paper.versions[0].case_id == case.id
    ]


def _take_back_papers(step: Step, document: Document, *, keep: Collection[int]) -> None:
    """What this case brought and does not bring any more is no paper of it."""
    for paper in _brought_by(step.case, document):
        paper.removed = paper.id not in keep


def _follow_withdrawal_limit(step: Step, publication: Publication) -> None:
    """Run the limit for penalty decisions from the day they were changed."""
    running = step.running_limit("withdrawal")
    wanted = (
        publication.kind == PublicationKind.WITHDRAW
        and publication.ground == publications.PENALTY
    )
    if running is not None and (not wanted or running.starts_on != publication.since):
        step.void_limit("withdrawal")
        running = None
    if wanted and running is None:
        step.start_limit("withdrawal", starts_on=publication.since)
