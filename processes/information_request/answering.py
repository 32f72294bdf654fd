"""答复: one result with its reasons, looked at by others, signed, and served."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from sqlalchemy import select

from engine.authoring import Facts, InvalidAnswers, Step, files, set_parties
from models.documents import (
    Attribute,
    Document,
    DocumentKind,
    Origin,
    PaperRole,
    VersionKind,
)
from models.letters import Letter
from models.people import Organisation
from models.records import StoredFile
from models.requests import InformationRequest, SearchRecord, WithheldPart
from models.workflow import Label
from processes.information_request import checks, examining, handling, sending
from processes.registers import (
    form_checks,
    letters,
    papers,
    request_acts,
    requests,
    sent_letters,
    service_of_letters,
)
from processes.registers.decision_codes import (
    ANSWER_KINDS,
    CODES,
    DecisionCode,
    decision,
)
from processes.registers.letter_kinds import letter_kind
from processes.registers.reading import LOCKED_SENTENCE

#: What of a form is no element of a letter.
_NOT_SAID = frozenset({"outcome", "code", "section", "files", "parts"})


def draft_answer(step: Step, values: dict[str, Any]) -> Facts:
    """拟答复: exactly one result, with what an answer with it must say (Art 36)."""
    request = checks.request_of(step)
    if values["outcome"] == "back":
        return {"draft_answer": "back"}
    form_checks.refuse(form_checks.missing(step, values, "code"))
    handling.refuse_while_asking(step, request, "code")
    result = decision(values["code"])
    _refuse_without_search(step, request, result)
    parts = _parts(values["parts"]) if result.code == "D10" else []
    letter = _write(step, request, result, values, parts)
    _keep_parts(step, request, parts)
    if result.releases:
        _take_release(step, request, values)
    _refuse_incomplete(step, letter)
    step.tell(f"{step.work.actor.name}拟答复：{result.name}（{result.code}）。")
    return {
        "draft_answer": "release" if result.releases else "submitted",
        "answer_code": result.code,
        "answer_needs_legal": "yes" if result.needs_legal_review else "no",
    }


def _refuse_without_search(
    step: Step, request: InformationRequest, result: DecisionCode
) -> None:
    """Refuse 不存在 without a search that found nothing (指导案例101号)."""
    if not result.needs_search:
        return
    found = step.work.session.scalars(
        select(SearchRecord.found).where(SearchRecord.request_id == request.id)
    ).all()
    if not found:
        sentence = "“信息不存在”要有检索记录：先回到办理，交科室检索"
        raise InvalidAnswers({"code": [sentence]})
    if any(found):
        sentence = "检索记录里有查到的，不能答复“信息不存在”：核对检索结果"
        raise InvalidAnswers({"code": [sentence]})


def _parts(typed: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the withheld parts as they were typed: `<number>.part` and so on."""
    rows: dict[int, dict[str, str]] = {}
    for key, value in typed.items():
        number, _, name = key.partition(".")
        if number.isdecimal() and name in _OF_A_PART and value.strip():
            rows.setdefault(int(number), {})[name] = value.strip()
    found = [rows[row] for row in sorted(rows)]
    if not found:
        sentence = "部分公开要逐项写明不予公开的部分、依据和理由（条例第37条）"
        raise InvalidAnswers({"parts": [sentence]})
    errors = {}
    for row in sorted(rows):
        for name, sentence in _OF_A_PART.items():
            if sentence and not rows[row].get(name):
                errors[f"parts.{row}.{name}"] = [sentence]
        ground = rows[row].get("ground", "")
        if ground and (ground not in CODES or not CODES[ground].may_be_part):
            errors[f"parts.{row}.ground"] = ["从列出的依据里选"]
    form_checks.refuse(errors)
    return found


#: What is typed of each withheld part, and what is said where it is missing.
_OF_A_PART = {
    "part": "写是哪一部分：第几页、第几段、哪一栏",
    "ground": "选一项依据",
    "cited_law": "",
    "reason": "写不予公开的理由",
}


def _write(
    step: Step,
    request: InformationRequest,
    result: DecisionCode,
    values: dict[str, Any],
    parts: list[dict[str, str]],
) -> Letter:
    """Write the answer anew; a draft of another kind is void."""
    of = letter_kind(result.letter)
    said = {
        name: value
        for name, value in values.items()
        if name not in _NOT_SAID and value and of.element(name) is not None
    }
    fields = {**sending.said_of(step.work, request), "code": result.code, **said}
    if of.element("parts") is not None:
        fields["parts"] = parts
    before = sending.draft_of(step.work, request, ANSWER_KINDS)
    if before is not None and before.kind == of.key:
        return letters.rewrite(step.work, before, fields)
    if before is not None:
        letters.void(step.work, before, "改用另一种答复")
    return letters.draft(step.work, step.case, of.key, fields)


def _refuse_incomplete(step: Step, letter: Letter) -> None:
    """Refuse an answer that does not say what the law asks for.

    What only a setting can give is asked for when it is signed.

    Raises:
        InvalidAnswers: with each sentence.
    """
    own = letters.drafters_objections(step.work, letter)
    if own:
        raise InvalidAnswers({"code": own})


def _keep_parts(
    step: Step, request: InformationRequest, parts: list[dict[str, str]]
) -> None:
    request.parts.clear()
    step.work.session.flush()
    request.parts.extend(
        WithheldPart(
            position=number,
            part=each["part"],
            ground=each["ground"],
            cited_law=each.get("cited_law", ""),
            reason=each["reason"],
        )
        for number, each in enumerate(parts, start=1)
    )
    step.work.session.flush()


def _take_release(
    step: Step, request: InformationRequest, values: dict[str, Any]
) -> None:
    """Keep what the applicant is to be given; it is reviewed before it leaves (Art 17).

    Raises:
        InvalidAnswers: there is none, it bears a secrecy mark, or nobody is to review.
    """
    section = _section(step, values["section"])
    if not values["files"]:
        raise InvalidAnswers({"files": ["上传要提供给申请人的信息"]})
    document = request.released or _document(step, request, section)
    document.section_id = section.id
    set_parties(step.work, step.case, "drafting", [section])
    there = {
        newest.file.public_id: paper
        for paper in document.papers
        if (newest := paper.newest(VersionKind.OFFICE)) is not None
    }
    for public_id, paper in there.items():
        paper.removed = public_id not in values["files"]
    for public_id in dict.fromkeys(values["files"]):
        if public_id not in there:
            _add(step, document, papers.chosen_file(step.work, document, public_id))
    step.work.session.flush()


def _section(step: Step, chosen: str | None) -> Organisation:
    known = examining.sections_of(step.work.session, step.case)
    found = next((each for each in known if each.public_id == chosen), None)
    if found is None:
        sentence = "选一个科室，由它制作公开件、保密初审"
        raise InvalidAnswers({"section": [sentence]})
    return found


def _document(
    step: Step, request: InformationRequest, section: Organisation
) -> Document:
    document = Document(
        root_id=step.case.root_id,
        agency_id=step.case.agency_id,
        issuer_id=step.case.agency_id,
        section_id=section.id,
        case_id=step.case.id,
        origin=Origin.DRAFTED,
        title=request.subject,
        kind=DocumentKind.GENERAL,
        label=Label.PERSONAL,
        attribute=Attribute.ON_REQUEST,
        attribute_reason=f"依申请公开，申请编号{request.number}。",
        drafted_by=step.work.actor.required_person,
    )
    request.released = document
    step.work.session.add(document)
    step.work.session.flush()
    return document


def _add(step: Step, document: Document, file: StoredFile) -> None:
    role = PaperRole.TEXT if document.text is None else PaperRole.ATTACHMENT
    title = PurePath(file.name).stem
    paper = papers.add_paper(step.work, document, role, title)
    files.relabel(file, Label.PERSONAL)
    version = papers.add_version(step.work, step.case, paper, file)
    if version.locked_at is not None:
        raise InvalidAnswers({"files": [LOCKED_SENTENCE]})


def legal_check_answer(step: Step, values: dict[str, Any]) -> Facts:
    """法制审核."""
    if values["outcome"] == "returned":
        form_checks.reason_to_return(step, values)
    return {"legal_check_answer": values["outcome"]}


def sign_answer(step: Step, values: dict[str, Any]) -> Facts:
    """签发答复: the letter is issued as it stands, and never changes again."""
    if values["outcome"] == "returned":
        form_checks.reason_to_return(step, values)
        return {"sign_answer": "returned"}
    request = checks.request_of(step)
    handling.refuse_while_asking(step, request, "opinion")
    letters.issue(step.work, answer_of(step, request))
    return {"sign_answer": "signed"}


def answer_of(step: Step, request: InformationRequest) -> Letter:
    """Return the answer that waits for its signature.

    Raises:
        InvalidAnswers: there is none.
    """
    letter = sending.draft_of(step.work, request, ANSWER_KINDS)
    if letter is None:
        raise InvalidAnswers({"opinion": ["没有拟好的答复，退回重新拟"]})
    return letter


def serve_answer(step: Step, values: dict[str, Any]) -> Facts:
    """送达答复: on the day that counts by way of service, the request is answered."""
    request = checks.request_of(step)
    form_checks.refuse(form_checks.past(step, values, "sent_on"))
    letter = _issued(step, request)
    sent_letters.attempt(step.work, letter, values, consent=request.electronic_service)
    if values["outcome"] == "failed":
        step.tell(f"{step.work.actor.name}登记：答复没有送到，再送一次。")
        return {"serve_answer": "failed"}
    # What came back from the post was handed over in time (235号 item 4).
    counts = service_of_letters.counts_on(letter)
    if counts is None:
        raise InvalidAnswers({"served_on": ["这种方式以签收为准，写签收日期"]})
    requests.record_event(step.work, request, "answered", counts)
    request_acts.close(step.work, request, str(step.data["answer_code"]), counts)
    return {"serve_answer": "served", "request_ended": "answered"}


def _issued(step: Step, request: InformationRequest) -> Letter:
    return step.work.session.scalars(
        select(Letter)
        .where(
            Letter.case_id == request.case_id,
            Letter.kind.in_(ANSWER_KINDS),
            Letter.issued_at.is_not(None),
            Letter.voided_at.is_(None),
        )
        .order_by(Letter.id.desc())
        .limit(1)
    ).one()
