"""用印: the sealed version says what was signed, and nothing else."""

import re
from typing import Any

from sqlalchemy import select

from engine.authoring import Facts, InvalidAnswers, Step, Work, content
from models.documents import Document, PaperVersion, VersionKind
from models.workflow import Task, TaskKind, TaskStatus
from processes.document_review.keeping import add_version
from processes.document_review.reviewing import (
    give_opinions,
    refuse_without_reason,
)
from processes.registers import interpretations, opinions, papers
from processes.registers.documents import document_of
from processes.registers.reading import reading_of


def seal_document(step: Step, values: dict[str, Any]) -> Facts:
    """Confirm the seal; a sealed version must have the same text as the signed one."""
    document = document_of(step.work.session, step.case)
    refuse_without_reason(step, values)
    if values["outcome"] == "sealed" and values["sealed_version"]:
        _take_sealed_version(step, document, values["sealed_version"])
    give_opinions(step, document, values)
    return {"seal": values["outcome"]}


def bears_seal(step: Step, document: Document) -> bool:
    """Tell whether just this text bears its issuer's seal: returned since, it was not
    changed, and keeps its number and its dates."""
    text = document.text.newest(VersionKind.OFFICE) if document.text else None
    sealing = step.work.session.scalars(
        select(Task)
        .where(Task.case_id == step.case.id, Task.element == "seal")
        .where(Task.kind == TaskKind.WORK, Task.status == TaskStatus.DONE)
        .order_by(Task.id.desc())
        .limit(1)
    ).one_or_none()
    if text is None or sealing is None or sealing.place_id != document.issuer_id:
        return False
    last = opinions.newest(step.work, step.case, text)["seal"]
    return last.outcome == "sealed" and last.sha256 == text.file.sha256


def _take_sealed_version(step: Step, document: Document, public_id: str) -> None:
    paper = document.text
    signed = paper.newest(VersionKind.OFFICE) if paper else None
    if paper is None or signed is None:
        return
    file = papers.chosen_file(step.work, document, public_id)
    if file.sha256 == signed.file.sha256:
        return
    sealed = add_version(step, paper, file, field="sealed_version")
    text = _text(step.work, sealed, document)
    if not text:
        sentence = (
            "这个文件读不出文字，没法和签发稿核对。"
            "换成能选中文字的 PDF 或 Word，扫描件不行"
        )
        raise InvalidAnswers({"sealed_version": [sentence]})
    if text != _text(step.work, signed, document):
        sentence = (
            "用印稿的文字和签发稿不一致，没有用印。"
            "签发后要改内容的，退回拟稿人重新走审签"
        )
        raise InvalidAnswers({"sealed_version": [sentence]})
    interpretations.carry_over(step.work, document, signed)


def _text(work: Work, version: PaperVersion, document: Document) -> str:
    """Return what a version says, without what numbering and typesetting add: the head
    with the issuer's name, the number, the pages' numbers, and all white space."""
    lines = [
        re.sub(r"\s", "", block.text)
        for block in reading_of(work, version).visible
        if not _is_of_the_page(block)
    ]
    head = {f"{document.issuer.name}文件", document.document_number}
    return "".join(line for line in lines if line not in head)


#: A page's number alone on its line: — 3 —.
_PAGE_NUMBER = re.compile(r"[—–\-·]\s*\d{1,3}\s*[—–\-·]")


def _is_of_the_page(block: content.Block) -> bool:
    """Tell whether a line belongs to the page and not to the text.

    A number without dashes may be a sum in a table: it is the page's only where it
    stands on just that page of a PDF.
    """
    text = block.text.strip()
    on_edge = block.kind == "aside" and block.label.startswith(("页眉", "页脚"))
    own_number = text.isdecimal() and block.label.startswith(f"第 {text} 页")
    return on_edge or own_number or _PAGE_NUMBER.fullmatch(text) is not None
