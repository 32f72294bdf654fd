"""Files that must not be kept: their rows go with the act, their bytes right after.

Bytes cannot go in the transaction itself: it may still fail. What an act gave up is
written down with it, so that a server that dies in between does it later.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, delete, exists, select
from sqlalchemy.orm import Session

from engine.database import ensure_row, hold_name
from engine.work import Engine, Work
from models.base import Base
from models.records import FileErasure, StoredFile
from models.workflow import Draft, Task


def destroy(work: Work, files: Iterable[StoredFile]) -> int:
    """Destroy files that no record of the office names; return how many.

    Their bytes are erased once the act has been committed, unless another file has
    the same ones.
    """
    gone = [file for file in files if not is_used(work.session, file)]
    for file in gone:
        ask_for(work, file.address, due_at=work.now)
        work.session.delete(file)
    if gone:
        work.session.flush()
        work.after_commit.append(lambda: erase_all(work.engine))
    return len(gone)


def ask_for(work: Work, address: str, *, due_at: datetime) -> None:
    """Ask for bytes to be erased from an instant on, unless a file has them by then."""
    work.session.execute(
        delete(FileErasure).where(
            FileErasure.address == address, FileErasure.due_at > due_at
        )
    )
    ensure_row(
        work.session, FileErasure, address=address, asked_at=work.now, due_at=due_at
    )


def is_used(session: Session, file: StoredFile) -> bool:
    """Tell whether any record names a file; a draft of a form is no record."""
    return any(
        session.scalar(select(exists().where(column == file.id)))
        for column in _references()
    )


def destroy_uploads(work: Work, task: Task) -> int:
    """Destroy what was uploaded for a task and never handed in, by whoever typed in
    its form; return how many files.

    What others have typed for it goes as well.
    """
    person = work.actor.required_person
    drafts = work.session.scalars(
        select(Draft).where((Draft.task_id == task.id) | (Draft.person_id == person))
    ).all()
    named = {
        word for each in drafts if each.task_id == task.id for word in _words(each)
    }
    elsewhere = {
        word for each in drafts if each.task_id != task.id for word in _words(each)
    }
    of_task = select(StoredFile).where(
        StoredFile.root_id == task.case.root_id,
        StoredFile.public_id.in_(named)
        | (
            (StoredFile.stored_by == person) & (StoredFile.stored_at >= task.created_at)
        ),
    )
    files = work.session.scalars(of_task).all()
    work.session.execute(
        delete(Draft).where(Draft.task_id == task.id, Draft.person_id != person)
    )
    return destroy(work, [each for each in files if each.public_id not in elsewhere])


def erase_all(engine: Engine) -> None:
    """Erase the bytes that are due, each in a transaction of its own."""
    with engine.read() as work:
        addresses = work.session.scalars(
            select(FileErasure.address).where(FileErasure.due_at <= work.now)
        ).all()
    for address in addresses:
        with engine.work() as work:
            _erase(work, address)


def _erase(work: Work, address: str) -> None:
    hold_name(work.session, address, alone=True)
    kept = work.session.scalar(select(exists().where(StoredFile.address == address)))
    if kept:
        work.engine.files.erase_unfinished(address)
    else:
        work.engine.files.erase(address)
        work.engine.prepared.erase(address)
    work.session.execute(delete(FileErasure).where(FileErasure.address == address))


def _references() -> list[Column[Any]]:
    return [
        key.parent
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == StoredFile.__tablename__
    ]


def _words(draft: Draft) -> list[str]:
    """Return what may be the id of a file in what was typed."""
    return [word for value in draft.answers.values() for word in str(value).split()]
