"""A server that is killed as it makes or publishes copies leaves nothing half done."""

import os
import signal
from collections.abc import Callable

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from engine.database import Database
from engine.history import verify
from models.documents import Document, PaperVersion, VersionKind
from models.publications import PublishedPaper
from models.records import StoredFile
from models.workflow import Label, OutboxMessage
from tests.engine.test_kill import at_rename, at_statement
from tests.office import NOTICE, Matter, Office

pytestmark = pytest.mark.filterwarnings(
    # The child does one act and is killed; it takes no lock of the parent's threads.
    "ignore:.*multi-threaded, use of fork.*:DeprecationWarning"
)

#: How many statements were sent, or how far the transaction was, when the server dies.
BEFORE = (1, 20, 40, 60, "at_rename", "before_flush", "before_commit")


@pytest.mark.parametrize("moment", BEFORE)
def test_killed_while_copies_are_made_there_are_none(
    office: Office, moment: int | str
) -> None:
    text = f"{NOTICE}联系人手机：13800138000。\n"
    matter = office.brought_to("prepare_copy", text=text)
    dies(office, moment, lambda: office.does_the_usual(matter, "prepare_copy"))
    assert copies(office) == 0
    assert matter.open_steps == ["prepare_copy"]
    office.brings(matter, "secrecy_first")
    assert copies(office) == 1


@pytest.mark.parametrize("moment", BEFORE)
def test_killed_while_it_is_published_it_is_not(
    office: Office, moment: int | str
) -> None:
    approved(office)
    dies(office, moment, office.fires)
    assert published(office) == (None, 0, 0, 0)
    assert office.fires() == 1
    assert published(office) == ("500199002/2026-00001", 1, 1, 1)
    with office.engine.read() as work:
        assert verify(work.session) == []


def test_killed_after_it_was_published_it_is_published_once(office: Office) -> None:
    approved(office)
    dies(office, "after_commit", office.fires)
    assert published(office) == ("500199002/2026-00001", 1, 1, 1)
    assert office.fires() == 0


def approved(office: Office) -> Matter:
    """A document that is to be out today."""
    matter = office.brought_to("approve_publication")
    office.liang.lets_out(matter, "2026-03-02")
    return matter


def dies(office: Office, moment: int | str, act: Callable[[], object]) -> None:
    """Let a server of its own die at a moment of an act."""
    office.engine.database.dispose()
    pid = os.fork()
    if pid == 0:
        try:
            office.engine.database = Database(office.engine.database.url)
            if isinstance(moment, int):
                at_statement(office, moment)
            elif moment == "at_rename":
                at_rename()
            else:
                event.listen(Session, moment, _die)
            act()
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


def copies(office: Office) -> int:
    """Return how many public copies there are."""
    with office.engine.read() as work:
        found = work.session.query(PaperVersion).filter_by(kind=VersionKind.PUBLIC)
        return found.count()


def published(office: Office) -> tuple[str | None, int, int, int]:
    """Return a document's 索引号, and how many files, rows and bundles are out."""
    with office.engine.read() as work:
        number = work.session.scalars(select(Document.index_number)).one()
        out = work.session.query(StoredFile).filter_by(label=Label.PUBLIC).count()
        rows = work.session.query(PublishedPaper).count()
        return number, out, rows, work.session.query(OutboxMessage).count()


def _die(*_arguments: object, **_more: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
