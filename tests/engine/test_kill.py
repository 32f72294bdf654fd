"""A server that is killed in the middle of an act leaves nothing half done."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from engine import tasks
from engine.database import Database
from engine.history import verify
from models.documents import Paper, PaperVersion
from models.records import HistoryEntry, IssuedNumber
from models.workflow import Case, CaseParty, InboxEntry, ProcessInstance, Task
from tests.office import Office

#: How many statements an act of drafting has sent when the server dies.
STATEMENTS = (1, 12, 25, 40, 60, 80)

pytestmark = pytest.mark.filterwarnings(
    # The child does one act and is killed; it takes no lock of the parent's threads.
    "ignore:.*multi-threaded, use of fork.*:DeprecationWarning"
)


@pytest.mark.parametrize("statements", STATEMENTS)
def test_killed_between_two_statements_the_act_was_not_done(
    office: Office, statements: int
) -> None:
    dies(office, lambda: at_statement(office, statements))
    assert trace(office) == NOTHING
    assert_the_office_goes_on(office, next_number=1)


def test_killed_before_the_bytes_have_their_name_the_act_was_not_done(
    office: Office,
) -> None:
    dies(office, at_rename)
    assert trace(office) == NOTHING
    assert_the_office_goes_on(office, next_number=1)


@pytest.mark.parametrize("moment", ["before_flush", "after_flush", "before_commit"])
def test_killed_before_the_commit_the_act_was_not_done(
    office: Office, moment: str
) -> None:
    dies(office, lambda: event.listen(Session, moment, _die))
    assert trace(office) == NOTHING
    assert_the_office_goes_on(office, next_number=1)


def test_killed_after_the_commit_the_act_was_done(office: Office) -> None:
    dies(office, lambda: event.listen(Session, "after_commit", _die))
    assert trace(office) == {
        "case_file": 1,
        "case_party": 2,
        "process_instance": 1,
        "task": 2,
        "inbox": 1,
        "history": 3,
        "issued_number": 1,
        "paper": 1,
        "paper_version": 1,
    }
    assert_the_office_goes_on(office, next_number=2)


TABLES: tuple[type[Any], ...] = (
    Case,
    CaseParty,
    ProcessInstance,
    Task,
    InboxEntry,
    HistoryEntry,
    IssuedNumber,
    Paper,
    PaperVersion,
)
NOTHING = {table.__tablename__: 0 for table in TABLES}


def dies(office: Office, arm: Callable[[], None]) -> None:
    """Let a server of its own die while it begins and submits a document."""
    public_id = office.lin.uploads()
    office.engine.database.dispose()
    pid = os.fork()
    if pid == 0:
        try:
            office.engine.database = Database(office.engine.database.url)
            arm()
            _begin_and_submit(office, public_id)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


def at_statement(office: Office, statements: int) -> None:
    """Die as the n-th statement is sent."""
    sent = 0

    def count(*_arguments: object) -> None:
        nonlocal sent
        sent += 1
        if sent == statements:
            _die()

    event.listen(office.engine.database.engine, "before_cursor_execute", count)


def at_rename() -> None:
    """Die as a file that was written is about to get its name."""

    def hook(what: str, _arguments: object) -> None:
        if what == "os.rename":
            _die()

    sys.addaudithook(hook)


def trace(office: Office) -> dict[str, int]:
    """Return how many rows each table has, what set up the office left out."""
    with office.engine.read() as work:
        mine = HistoryEntry.stream.like("case:%")
        found = {}
        for table in TABLES:
            query = select(func.count()).select_from(table)
            query = query.where(mine) if table is HistoryEntry else query
            found[table.__tablename__] = work.session.scalar(query) or 0
        return found


def assert_the_office_goes_on(office: Office, *, next_number: int) -> None:
    """Check the history, and that the next document has the next number."""
    with office.engine.read() as work:
        assert verify(work.session) == []
    matter = office.lin.drafts()
    assert matter.waits_at == ["科室审核"]
    with office.engine.read() as work:
        number = matter.case(work).number
    assert number == f"拟稿500199002-2026-{next_number:04d}"


def _begin_and_submit(office: Office, public_id: str) -> None:
    begin = office.engine.definitions.process("document_review").begin
    assert begin is not None
    with office.lin.work() as work:
        # Bytes written in this very act, besides those uploaded before.
        work.engine.files.put(Path(__file__).read_bytes(), encrypted=False)
        task = work.session.query(Task).filter_by(case_id=begin(work).id).one()
        answers = {
            "secrecy": "none",
            "title": "关于做好2026年政务公开培训工作的通知",
            "kind": "general",
            "signed_before": "no",
            "attribute": "public",
            "is_sensitive": "no",
            "file": public_id,
            "outcome": "submitted",
        }
        tasks.complete(work, task, revision=task.revision, answers=answers)


def _die(*_arguments: object, **_more: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
