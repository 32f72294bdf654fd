"""The papers of a draft: its text, its attachments, its plan for what may follow."""

from collections.abc import Sequence
from pathlib import PurePath

from engine.authoring import InvalidAnswers, Step
from models.documents import (
    PAPER_ROLE_NAMES,
    Document,
    Paper,
    PaperRole,
    PaperVersion,
    VersionKind,
)
from models.records import StoredFile
from processes.registers import papers
from processes.registers.reading import LOCKED_SENTENCE


def keep_paper(
    step: Step,
    document: Document,
    role: PaperRole,
    public_id: str | None,
    *,
    field: str,
) -> None:
    """Keep the one paper of a role; a file with other bytes is a new version of it.

    Without a file the document has no such paper any more.

    Raises:
        InvalidAnswers: the file bears a secrecy mark.
    """
    found = document.papers_of(role)
    if not public_id:
        for paper in found:
            paper.removed = True
        return
    file = papers.chosen_file(step.work, document, public_id)
    paper = (
        found[0]
        if found
        else papers.add_paper(step.work, document, role, PAPER_ROLE_NAMES[role])
    )
    newest = paper.newest(VersionKind.OFFICE)
    if newest is None or newest.file.sha256 != file.sha256:
        add_version(step, paper, file, field=field)


def keep_attachments(
    step: Step, document: Document, public_ids: Sequence[str], *, field: str
) -> None:
    """Keep exactly these files as attachments, in this order; what is left out no
    longer belongs to the document.

    Raises:
        InvalidAnswers: a file bears a secrecy mark.
    """
    there = {
        paper.newest(VersionKind.OFFICE).file.public_id: paper  # type: ignore[union-attr] # has one
        for paper in document.papers
        if paper.role == PaperRole.ATTACHMENT
    }
    for public_id, paper in there.items():
        paper.removed = public_id not in public_ids
    for public_id in dict.fromkeys(public_ids):
        if public_id not in there:
            file = papers.chosen_file(step.work, document, public_id)
            title = PurePath(file.name).stem
            paper = papers.add_paper(step.work, document, PaperRole.ATTACHMENT, title)
            add_version(step, paper, file, field=field)


def add_version(
    step: Step, paper: Paper, file: StoredFile, *, field: str
) -> PaperVersion:
    """Add a state to a paper; one with a secrecy mark is not taken in at all.

    Raises:
        InvalidAnswers: it bears one (保守国家秘密法 Art 31(3)).
    """
    version = papers.add_version(step.work, step.case, paper, file)
    if version.locked_at is not None:
        raise InvalidAnswers({field: [LOCKED_SENTENCE]})
    return version
