"""Papers and their versions: what is written, attached, explained, and copied."""

from collections.abc import Collection, Sequence
from hashlib import sha256

from sqlalchemy import select

from engine.authoring import BadFile, Work, content, files
from models.documents import (
    LEAVING,
    Document,
    Paper,
    PaperRole,
    PaperVersion,
    VersionKind,
)
from models.records import StoredFile
from models.reviews import Finding
from models.workflow import Case
from processes.registers import findings, marks
from processes.registers.reading import (
    are_locked,
    is_locked,
    looked_at,
    refuse_locked,
)


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
    """Add a state to a paper's chain; with `made_from` it is a public copy.

    What is to leave the house is checked at once. With a mark of secrecy it is locked
    at once: nobody reads it until somebody has looked at the original.
    """
    previous = paper.newest(VersionKind.OFFICE)
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
    if made_from is None and paper.role in LEAVING:
        _examine(work, version, previous)
    return version


def _examine(work: Work, version: PaperVersion, previous: PaperVersion | None) -> None:
    if is_locked(work.session, version.file):
        _lock(work, version)
        return
    found = _find(work, version, previous)
    if any(each.code == findings.SECRET_MARK for each in found):
        _lock(work, version)


def _find(
    work: Work, version: PaperVersion, previous: PaperVersion | None
) -> Sequence[Finding]:
    looked = looked_at(work, version)
    found = findings.examine(work, version, looked, previous)
    if previous is not None:
        marks.carry_over(work, version, looked.reading, previous)
    return found


def chosen_file(work: Work, document: Document, public_id: str) -> StoredFile:
    """Return the file that a form names: one the document has, or the actor's own.

    A colleague who takes over a returned draft goes on with its text. What was made of
    it for the public is no text of the office's.

    Raises:
        NotFound: it is neither.
    """
    for paper in document.papers:
        for version in paper.versions:
            office = version.kind == VersionKind.OFFICE
            if office and version.file.public_id == public_id:
                return version.file
    return files.own_upload(work, public_id)


def refuse_secret(
    work: Work, name: str, data: bytes, accepted: Collection[str]
) -> content.Looked | None:
    """Look at a file that somebody hands in, before any byte of it is kept; return what
    it says, if a machine can read it.

    Raises:
        BadFile: it bears a mark of secrecy, or the same bytes are locked (保守国家
            秘密法 Art 31(3)); or it is of no kind that is accepted.
    """
    name = files.plain_name(name)
    kind = files.accepted_type(work, name, data, accepted)
    looked = None
    if are_locked(work.session, work.actor.root_id, sha256(data).hexdigest()):
        why = "和一份已经封存的文件一字不差"
    elif (
        kind in files.MEDIA or not (looked := content.look(kind, data)).is_marked_secret
    ):
        return looked
    else:
        why = "有密级标志"
    msg = (
        f"文件“{name}”{why}，没有收下，也没有留存。不要换个名字再传，不要转发、复制、"
        "拍照，持原件当面报告保密审查员（保守国家秘密法第31条第3项）。"
    )
    raise BadFile(msg)


def locked_uploads(work: Work, public_ids: Sequence[str]) -> list[StoredFile]:
    """Return the actor's own uploads among these whose bytes are locked."""
    own = work.session.scalars(
        select(StoredFile).where(
            StoredFile.public_id.in_(public_ids),
            StoredFile.stored_by == work.actor.required_person,
        )
    )
    return [each for each in own if is_locked(work.session, each)]


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


def lock(work: Work, case: Case) -> int:
    """Let nobody read the papers of a case any more: a state secret is suspected.
    Return how many versions anybody could read until now."""
    versions = work.session.scalars(
        select(PaperVersion).where(
            PaperVersion.case_id == case.id, PaperVersion.locked_at.is_(None)
        )
    ).all()
    for version in versions:
        _lock(work, version)
    return len(versions)


def lock_as_stated(work: Work, case: Case) -> None:
    """Lock what a case has handed in before, now that its drafter says that it is, or
    may be, a state secret (保守国家秘密法 Art 31(3))."""
    if lock(work, case):
        work.record(
            case,
            "papers_locked",
            f"{work.actor.name}在拟稿时提出这件涉及或者可能涉及国家秘密。已经登记的文件"
            "全部封存，谁也不能再看、再下载。",
        )


def _lock(work: Work, version: PaperVersion) -> None:
    """Lock a version; whatever case has the same bytes is found by them no more."""
    version.locked_at = work.now
    alike = (
        select(PaperVersion.case_id)
        .join(StoredFile, StoredFile.id == PaperVersion.file_id)
        .where(
            StoredFile.sha256 == version.file.sha256,
            StoredFile.root_id == version.file.root_id,
        )
    )
    content.forget(work, [version.file])
    work.touched.update(work.session.scalars(alike))


def unlock(work: Work, versions: Sequence[PaperVersion]) -> None:
    """Let papers be read again: a person has found that the mark was none.

    Raises:
        NotAllowed: the same bytes are locked for another reason elsewhere.
    """
    for version in versions:
        version.locked_at = None
    work.session.flush()
    for version in versions:
        refuse_locked(work.session, version.file)
        if not findings.of_version(work.session, version):
            _find(work, version, _before(version))


def _before(version: PaperVersion) -> PaperVersion | None:
    """Return the office version of the same paper that came before."""
    return next(
        (
            each
            for each in reversed(version.paper.versions)
            if each.kind == VersionKind.OFFICE and each.number < version.number
        ),
        None,
    )


def release(work: Work, copy: PaperVersion) -> StoredFile:
    """Keep the bytes of a public copy for everybody to read, now that it is published.

    The bytes are the same, so every opinion on them stands.
    """
    copy.file = files.publish_copy(work, copy.file)
    work.session.flush()
    return copy.file
