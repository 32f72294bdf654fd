"""Papers and their versions: what is written, attached, explained, and copied."""

from collections.abc import Sequence

from sqlalchemy import select

from engine.authoring import Step, Work, files, visible_to
from models.documents import (
    LEAVING,
    Document,
    Paper,
    PaperRole,
    PaperVersion,
    VersionKind,
)
from models.records import StoredFile
from models.workflow import Case


def add_paper(
    work: Work,
    document: Document,
    role: PaperRole,
    title: str,
    *,
    form: str = "",
) -> Paper:
    """Add a paper to a document; it has no version yet."""
    paper = Paper(
        document_id=document.id,
        role=role,
        title=title,
        form=form,
        position=len(document.papers) + 1,
    )
    document.papers.append(paper)
    work.session.flush()
    return paper


def add_version(
    work: Work,
    case: Case,
    paper: Paper,
    file: StoredFile,
    *,
    made_from: PaperVersion | None = None,
) -> PaperVersion:
    """Add a state to a paper's chain; with `made_from` it is a public copy."""
    version = PaperVersion(
        paper_id=paper.id,
        case_id=case.id,
        number=len(paper.versions) + 1,
        kind=VersionKind.PUBLIC if made_from else VersionKind.OFFICE,
        file_id=file.id,
        made_from_id=made_from.id if made_from else None,
        made_at=work.now,
        made_by=work.actor.person_id or paper.document.drafted_by,
    )
    version.file = file
    paper.versions.append(version)
    work.session.flush()
    return version


def chosen_file(work: Work, document: Document, public_id: str) -> StoredFile:
    """Return the file that a form names: one the document has, or the actor's own.

    A colleague who takes over a returned draft goes on with its text.

    Raises:
        NotFound: it is neither.
    """
    for paper in document.papers:
        for version in paper.versions:
            if version.file.public_id == public_id:
                return version.file
    return files.own_upload(work, public_id)


def leaving(work: Work, case: Case) -> Sequence[PaperVersion]:
    """Return what a case would let out of the house: its newest office versions.

    In a case that corrects, only what it changes; in a case that drafts, the text,
    the attachments and the interpretations.
    """
    versions = work.session.scalars(
        select(PaperVersion)
        .join(Paper)
        .where(
            PaperVersion.case_id == case.id,
            PaperVersion.kind == VersionKind.OFFICE,
            Paper.removed.is_(False),
            Paper.role.in_(LEAVING),
        )
        .order_by(Paper.position, PaperVersion.number)
    )
    newest = {version.paper_id: version for version in versions}
    return list(newest.values())


def readable_file(work: Work, public_id: str) -> tuple[StoredFile, Case | None]:
    """Return a file that the actor may read, and the case it belongs to.

    Raises:
        NotFound: there is none, or not for this actor.
    """
    row = work.session.execute(
        select(StoredFile, Case)
        .join(PaperVersion, PaperVersion.file_id == StoredFile.id)
        .join(Case, Case.id == PaperVersion.case_id)
        .where(StoredFile.public_id == public_id, visible_to(work.actor))
        .limit(1)
    ).first()
    if row is not None:
        return row[0], row[1]
    return files.own_upload(work, public_id), None


def make_public_copy(step: Step, version: PaperVersion) -> PaperVersion:
    """Make the public copy of an office version: a version and a file of its own."""
    copy = files.publish_copy(step.work, version.file)
    return add_version(step.work, step.case, version.paper, copy, made_from=version)
