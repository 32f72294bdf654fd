"""签发, 编号: what is signed has its attribute with it, its number and its date."""

from typing import Any

from sqlalchemy import select

from engine.authoring import Facts, Refusal, Step, Work, numbers, settings
from models.documents import ATTRIBUTE_NAMES, Attribute, Document
from models.people import Organisation
from processes.document_review import ways
from processes.document_review.reviewing import (
    give_opinions,
    refuse_without_reason,
)
from processes.document_review.sealing import bears_seal
from processes.registers import grounds
from processes.registers.documents import document_of


def sign_document(step: Step, values: dict[str, Any]) -> Facts:
    """Sign a document together with its attribute; a new one is formed today."""
    work = step.work
    document = document_of(work.session, step.case)
    refuse_without_reason(step, values)
    if values["outcome"] == "returned":
        give_opinions(step, document, values)
        return {"sign": "returned"}
    if not document.signed_before:
        number_prefix(work, document.issuer)
        if not bears_seal(step, document):
            document.signed_on = document.formed_on = work.today
    _refuse_outdated_ground(document)
    give_opinions(step, document, values)
    ways.follow_publication_limit(step, document)
    attribute = ATTRIBUTE_NAMES[Attribute(document.attribute or "")]
    step.tell(f"{work.actor.name}签发“{document.title}”，公开属性为{attribute}。")
    return {"sign": "signed"}


def _refuse_outdated_ground(document: Document) -> None:
    """A ground is judged by the law of the day on which the document is formed."""
    wrong = grounds.objections(
        document.attribute,
        document.ground,
        formed_on=document.formed_on,  # type: ignore[arg-type] # signed: it has a day
        cited_law=document.cited_law,
        right_holder=document.right_holder,
    )
    if wrong:
        sentence = "；".join(each for found in wrong.values() for each in found)
        msg = f"没有签发：{sentence}。退回拟稿人改。"
        raise Refusal(msg)


def number_document(step: Step) -> Facts:
    """编号: the next number of the issuer's series of this year; an old document keeps
    its own, and so does one that was numbered before it was returned."""
    document = document_of(step.work.session, step.case)
    sealed = bears_seal(step, document)
    keeps = sealed or document.signed_before or _is_numbered(step.work, document)
    if not keeps:
        document.document_number = _next_number(step.work, document)
        step.work.record(
            step.case,
            "document_numbered",
            f"“{document.title}”编号{document.document_number}。",
            data={"number": document.document_number},
        )
    return {"assign_number": "sealed" if sealed else "unsealed"}


def number_prefix(work: Work, issuer: Organisation) -> str:
    """Return an issuer's 机关代字.

    Raises:
        Refusal: nobody has set one.
    """
    prefix = settings.read(
        work.session, "document.number_prefix", on=work.today, organisation=issuer
    )
    if prefix or issuer.symbol:
        return str(prefix or issuer.symbol)
    msg = (
        f"没有签发：{issuer.name}还没有机关代字，编不了文号。"
        "让系统管理员设置“document.number_prefix”以后再签。"
    )
    raise Refusal(msg)


def void_number(work: Work, document: Document, why: str) -> None:
    """Mark the number that a new document was given as void: it has another one."""
    number = document.document_number
    prefix = number.partition("〔")[0]
    numbers.void(work, _series(document, prefix), number, why)


def _is_numbered(work: Work, document: Document) -> bool:
    """Tell whether a returned document keeps its number: signed again in another year,
    or in another name, it is given one of that year and that issuer."""
    number = document.document_number
    if not number:
        return False
    prefix = number_prefix(work, document.issuer)
    if number.startswith(f"{prefix}〔{work.today.year}〕"):
        return True
    same = number.startswith(f"{prefix}〔")
    why = "重新签发时已跨年，另编新号" if same else "改了发文机关，另编新号"
    void_number(work, document, why)
    return False


def _next_number(work: Work, document: Document) -> str:
    prefix = number_prefix(work, document.issuer)
    while True:
        number = numbers.issue(
            work,
            _series(document, prefix),
            document.issuer,
            lambda _issuer, year, count: f"{prefix}〔{year}〕{count}号",
            case_id=document.case_id,
        )
        if not _is_taken(work, document, number):
            return number
        # Numbered on paper before the office kept its register here.
        numbers.void(
            work, _series(document, prefix), number, "补录的公文已经用了这个号"
        )


def _series(document: Document, prefix: str) -> str:
    # Offices of two trees may write the same word before the year.
    return f"document.{document.root_id}.{prefix}"


def _is_taken(work: Work, document: Document, number: str) -> bool:
    found = select(Document.id).where(
        Document.root_id == document.root_id, Document.document_number == number
    )
    return work.session.scalar(found) is not None
