"""The text of a version, for those who may read it: nobody, once it is locked."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.authoring import NotAllowed, Work, content
from models.documents import PaperVersion
from models.records import StoredFile

#: What stands in the place of everything that one might see of a locked version.
LOCKED_SENTENCE = (
    "这份文件有密级标志，或者有人认为涉及国家秘密，已经封存，不能再看、再下载。"
    "不要转发、复制、拍照，持原件当面报告保密审查员。"
)


def reading_of(work: Work, version: PaperVersion) -> content.Reading:
    """Return the text of a version with its places.

    Raises:
        NotAllowed: it is locked.
    """
    return looked_at(work, version).reading


def looked_at(work: Work, version: PaperVersion) -> content.Looked:
    """Return the text of a version, and what is to be looked at in it.

    Raises:
        NotAllowed: it is locked.
    """
    refuse_locked(work.session, version.file)
    return content.looked_at(work, version.file)


def is_locked(session: Session, file: StoredFile) -> bool:
    """Tell whether a file's bytes are locked, wherever they were handed in."""
    return are_locked(session, file.root_id, file.sha256)


def are_locked(session: Session, root_id: int | None, digest: str) -> bool:
    """Tell whether bytes with this sha256 are locked; they may be no file here."""
    locked = session.scalar(
        select(PaperVersion.id)
        .join(StoredFile, StoredFile.id == PaperVersion.file_id)
        .where(
            StoredFile.sha256 == digest,
            StoredFile.root_id == root_id,
            PaperVersion.locked_at.is_not(None),
        )
        .limit(1)
    )
    return locked is not None


def refuse_locked(session: Session, file: StoredFile) -> None:
    """Let nobody read what is locked (保守国家秘密法 Art 31(3)).

    Raises:
        NotAllowed: it is locked.
    """
    if is_locked(session, file):
        raise NotAllowed(LOCKED_SENTENCE)
