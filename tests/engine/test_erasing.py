"""Files that must not be kept are destroyed: rows at once, bytes right after."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import erasing, tasks
from engine.database import Database
from engine.file_store import FileStore
from engine.jobs import jobs
from models.records import FileErasure, StoredFile
from models.workflow import Draft, Task
from tests.engine.test_files import on_disk, stored
from tests.engine.test_kill import at_rename
from tests.office import Actor, Matter, Office

SECRET = "某某行动方案"


def task_of(work: object, matter: Matter) -> Task:
    """Return the one open task of a matter."""
    session: Session = work.session  # type: ignore[attr-defined]
    return session.query(Task).filter_by(case_id=matter.id).one()


def types(actor: Actor, matter: Matter, **answers: str) -> None:
    """Let somebody type in a draft's form."""
    with actor.work() as work:
        tasks.save_draft(work, task_of(work, matter), answers)


def gives_up(actor: Actor, matter: Matter) -> None:
    """Let somebody give up what was uploaded for a task."""
    with actor.work() as work:
        erasing.destroy_uploads(work, task_of(work, matter))


def asked(office: Office) -> int:
    """Return how many bytes wait to be erased."""
    with office.engine.read() as work:
        found = work.session.scalar(select(func.count()).select_from(FileErasure))
        return found or 0


def test_what_is_given_up_lies_nowhere_any_more(office: Office, tmp_path: Path) -> None:
    matter = office.lin.begins()
    types(office.lin, matter, file=office.lin.uploads(SECRET))
    gives_up(office.lin, matter)
    assert stored(office) == []
    assert on_disk(tmp_path) == []
    assert asked(office) == 0


def test_what_was_chosen_before_another_file_goes_as_well(
    office: Office, tmp_path: Path
) -> None:
    matter = office.lin.begins()
    types(office.lin, matter, file=office.lin.uploads(SECRET))
    types(office.lin, matter, file=office.lin.uploads(f"{SECRET}（改）"))
    gives_up(office.lin, matter)
    assert on_disk(tmp_path) == []


def test_bytes_that_another_file_has_stay(office: Office) -> None:
    matter = office.lin.begins()
    types(office.lin, matter, file=office.lin.uploads(SECRET))
    others = office.shen.uploads(SECRET)
    gives_up(office.lin, matter)
    assert [file.public_id for file in stored(office)] == [others]
    assert office.engine.files.get(stored(office)[0]).decode() == SECRET


def test_files_of_other_drafts_and_of_records_stay(office: Office) -> None:
    handed_in = office.lin.drafts()
    other, matter = office.lin.begins(), office.lin.begins()
    elsewhere = office.lin.uploads("另一件的正文")
    types(office.lin, other, file=elsewhere)
    types(office.lin, matter, file=office.lin.uploads(SECRET))
    gives_up(office.lin, matter)
    names = {file.public_id for file in stored(office)}
    assert elsewhere in names
    assert len(names) == 2
    assert handed_in.waits_at == ["科室审核"]


def test_what_a_colleague_had_typed_goes_as_well(
    office: Office, tmp_path: Path
) -> None:
    matter = office.lin.begins()
    types(office.lin, matter, file=office.lin.uploads(SECRET))
    with office.zhou.work() as work:
        erasing.destroy_uploads(work, task_of(work, matter))
    assert on_disk(tmp_path) == []
    with office.engine.read() as work:
        assert work.session.query(Draft).count() == 0


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("moment", ["bytes", "name"])
def test_a_server_that_dies_before_the_bytes_are_gone_erases_them_later(
    office: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    matter = office.lin.begins()
    types(office.lin, matter, file=office.lin.uploads(SECRET))
    dies(office, lambda: gives_up(office.lin, matter), arms(monkeypatch, moment))
    assert stored(office) == []
    assert len(on_disk(tmp_path)) == 1
    assert asked(office) == 1
    jobs(office.engine, {})["erase_files"].run()
    assert on_disk(tmp_path) == []
    assert asked(office) == 0


def test_bytes_that_came_back_before_they_were_erased_stay(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = office.lin.begins()
    types(office.lin, matter, file=office.lin.uploads(SECRET))
    with monkeypatch.context() as patched:
        patched.setattr(erasing, "erase_all", lambda _engine: None)
        gives_up(office.lin, matter)
    office.shen.uploads(SECRET)
    erasing.erase_all(office.engine)
    assert office.engine.files.get(stored(office)[0]).decode() == SECRET


def test_half_erased_bytes_are_not_taken_for_a_file(office: Office) -> None:
    office.lin.uploads(SECRET)
    (file,) = stored(office)
    office.engine.files.erase(file.address)
    with office.engine.work() as work:
        work.session.query(StoredFile).delete()
    office.lin.uploads(SECRET)
    assert office.engine.files.get(stored(office)[0]).decode() == SECRET


def arms(patched: pytest.MonkeyPatch, moment: str) -> Callable[[], None]:
    """Return what lets the server die: before the bytes lose their name, or before
    they are looked for at all."""
    if moment == "name":
        return at_rename

    def before() -> None:
        patched.setattr(FileStore, "erase", _die)

    return before


def dies(office: Office, act: Callable[[], None], arm: Callable[[], None]) -> None:
    """Let a server of its own die in the middle of an act."""
    office.engine.database.dispose()
    pid = os.fork()
    if pid == 0:
        try:
            office.engine.database = Database(office.engine.database.url)
            arm()
            act()
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)


def _die(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
