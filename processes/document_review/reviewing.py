"""What a reviewer's word does: an opinion on the bytes that were read, or a return."""

from typing import Any

from engine.authoring import Facts, Step
from models.documents import Document, PaperRole, PaperVersion, VersionKind
from processes.registers import form_checks, opinions
from processes.registers.documents import document_of

#: What a reviewer of the document reads; interpretations are signed on their own.
_READ = (PaperRole.TEXT, PaperRole.ATTACHMENT)


def review(step: Step, values: dict[str, Any]) -> Facts:
    """Agree to a document as it stands, or return it for a coded reason."""
    document = document_of(step.work.session, step.case)
    refuse_without_reason(step, values)
    give_opinions(step, document, values)
    return {step.element: values["outcome"]}


def refuse_without_reason(step: Step, values: dict[str, Any]) -> None:
    """A return or objection names a coded reason and says what is to be changed.

    Raises:
        InvalidAnswers: it does not.
    """
    verb = _RETURNS.get(values["outcome"])
    if verb is None:
        return
    ask = "写明要改什么，拟稿人才知道怎么改"
    words = form_checks.keep_reason(step, values, ask)
    step.tell(f"{step.work.actor.name}{verb}“{step.case.title}”：{words}。")


_RETURNS = {"returned": "退回", "objected": "会签不同意"}


def give_opinions(step: Step, document: Document, values: dict[str, Any]) -> None:
    """Keep a person's word on each paper that was read, bound to its bytes."""
    for version in read_versions(document):
        opinions.give(step, version, values["outcome"], values["opinion"])


def read_versions(document: Document) -> list[PaperVersion]:
    """Return the newest office versions of a document's text and attachments."""
    papers = [paper for role in _READ for paper in document.papers_of(role)]
    newest = [paper.newest(VersionKind.OFFICE) for paper in papers]
    return [version for version in newest if version is not None]
