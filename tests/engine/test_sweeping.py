"""The store of files against its rows: what is left over goes, what is lost is told."""

import os
import signal
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from engine import erasing, files, sweeping
from engine.database import Database
from engine.incidents import open_for
from engine.jobs import jobs
from models.records import FileErasure, StoredFile
from models.workflow import Incident
from tests.office import NOTICE, Actor, Office, refused


def in_store(home: Path) -> list[Path]:
    """Return what lies in the store of files."""
    return [path for path in (home / "files").rglob("*") if path.is_file()]


def sweeps(office: Office) -> None:
    """Let the job of a day run, and then the one of a minute."""
    jobs(office.engine, {})["sweep_files"].run()
    erasing.erase_all(office.engine)


def fails_after_upload(actor: Actor, text: str) -> None:
    """Let somebody upload a file in an act that is refused in the end."""
    with refused(RuntimeError), actor.work() as work:
        files.store(work, "正文.txt", text.encode(), root_id=actor.office.root_id)
        raise RuntimeError


def test_what_a_refused_act_has_left_goes_after_a_month(
    office: Office, tmp_path: Path
) -> None:
    fails_after_upload(office.lin, NOTICE)
    sweeps(office)
    assert len(in_store(tmp_path)) == 1
    # Monday, 2 March 2026 and thirty days: Wednesday, 1 April 2026.
    office.clock.set("2026-04-01", "09:59")
    sweeps(office)
    assert len(in_store(tmp_path)) == 1
    office.clock.set("2026-04-01", "10:00")
    sweeps(office)
    assert in_store(tmp_path) == []
    with office.engine.read() as work:
        assert work.session.query(FileErasure).count() == 0


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")
@pytest.mark.parametrize("moment", ["rename", "commit"])
def test_what_a_killed_upload_has_left_goes_after_a_month(
    office: Office, tmp_path: Path, moment: str
) -> None:
    office.engine.database.dispose()
    pid = os.fork()
    if pid == 0:
        try:
            office.engine.database = Database(office.engine.database.url)
            if moment == "rename":
                Path.rename = _die  # type: ignore[method-assign,assignment]
            else:
                event.listen(Session, "before_commit", _die)
            office.lin.uploads(NOTICE)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)
    (left,) = in_store(tmp_path)
    assert left.suffix == {"rename": ".part", "commit": ""}[moment]
    sweeps(office)
    office.clock.set("2026-04-01")
    sweeps(office)
    assert in_store(tmp_path) == []


def test_bytes_that_got_a_row_meanwhile_stay(office: Office, tmp_path: Path) -> None:
    fails_after_upload(office.lin, NOTICE)
    sweeps(office)
    office.shen.uploads(NOTICE)
    office.clock.set("2026-04-01")
    sweeps(office)
    assert len(in_store(tmp_path)) == 1
    with office.engine.read() as work:
        file = work.session.query(StoredFile).one()
        assert office.engine.files.get(file).decode() == NOTICE
        assert work.session.query(FileErasure).count() == 0


def test_an_upload_under_way_is_never_swept(office: Office) -> None:
    # The same bytes were left over before, and this is the very minute of their end.
    fails_after_upload(office.lin, NOTICE)
    sweeps(office)
    office.clock.set("2026-04-01")
    job = threading.Thread(target=erasing.erase_all, args=(office.engine,))
    with office.shen.work() as work:
        file = files.store(work, "正文.txt", NOTICE.encode(), root_id=office.root_id)
        job.start()
        assert office.engine.files.get(file).decode() == NOTICE
    job.join(60)
    with office.engine.read() as work:
        kept = work.session.query(StoredFile).one()
        assert office.engine.files.get(kept).decode() == NOTICE


def test_what_was_left_over_goes_at_once_when_it_must_not_be_kept(
    office: Office, tmp_path: Path
) -> None:
    fails_after_upload(office.lin, NOTICE)
    sweeps(office)
    office.lin.uploads(NOTICE)
    with office.engine.work() as work:
        erasing.destroy(work, work.session.query(StoredFile).all())
    assert in_store(tmp_path) == []


def test_files_of_the_office_are_left_alone(office: Office, tmp_path: Path) -> None:
    office.lin.drafts()
    before = in_store(tmp_path)
    sweeps(office)
    office.clock.set("2027-03-01")
    sweeps(office)
    assert in_store(tmp_path) == before


def test_a_file_whose_bytes_are_gone_is_told_until_they_are_back(
    office: Office, tmp_path: Path
) -> None:
    office.lin.uploads(NOTICE)
    (place,) = in_store(tmp_path)
    data = place.read_bytes()
    place.unlink()
    sweeps(office)
    sweeps(office)
    where = place.relative_to(tmp_path).as_posix()
    size = len(NOTICE.encode())
    sentence = (
        f"文件库里少了2026年3月2日存入的一个文件（{size}字节）。从备份把 {where} "
        "换回来，下一次核对后自动撤下。"
    )
    assert told(office) == [sentence]
    place.write_bytes(data)
    sweeps(office)
    assert told(office) == []


def test_the_administrator_sees_it_and_the_name_of_the_file_is_not_told(
    office: Office, tmp_path: Path
) -> None:
    office.lin.uploads(NOTICE, "张三的身份证.txt")
    in_store(tmp_path)[0].unlink()
    sweeps(office)
    with office.engine.read(office.admin.id) as work:
        (incident,) = open_for(work)
        assert "张三" not in incident.message + incident.detail


def test_when_the_whole_store_is_gone_it_is_told_once(
    office: Office, tmp_path: Path
) -> None:
    for number in range(21):
        office.lin.uploads(f"{NOTICE}第{number}份\n")
    (tmp_path / "files").rename(tmp_path / "elsewhere")
    sweeps(office)
    sentence = (
        "文件库里少了21个文件。看看放文件的磁盘是不是没有挂上；挂上或者从备份换回来，"
        "下一次核对后自动撤下。"
    )
    assert told(office) == [sentence]
    (tmp_path / "elsewhere").rename(tmp_path / "files")
    sweeps(office)
    assert told(office) == []


def test_a_quiet_day_writes_nothing(office: Office) -> None:
    office.lin.drafts()
    seen: list[str] = []
    event.listen(
        office.engine.database.engine,
        "before_cursor_execute",
        lambda *about: seen.append(about[2]),
    )
    sweeping.sweep(office.engine)
    assert seen
    reading = ("SELECT", "SHOW")
    assert {each for each in seen if not each.startswith(reading)} <= {"BEGIN"}


def test_what_was_computed_goes_with_its_file_or_when_nobody_asks_for_it(
    office: Office, tmp_path: Path
) -> None:
    office.brought_to("prepare_copy")
    office.lin.drafts(text="另一份\n")
    found = computed(tmp_path)
    assert len(found) == 2
    age = timedelta(days=30).total_seconds()
    written = found[0].stat().st_mtime
    os.utime(found[0], (written - age - 60, written - age - 60))
    os.utime(found[1], (written - age + 3600, written - age + 3600))
    sweeps(office)
    assert computed(tmp_path) == [found[1]]
    with office.engine.work() as work:
        work.session.execute(update(StoredFile).values(address="0" * 64))
    sweeps(office)
    assert computed(tmp_path) == []


def computed(home: Path) -> list[Path]:
    """Return what was computed from files and kept."""
    return sorted(path for path in (home / "prepared").rglob("*") if path.is_file())


def told(office: Office) -> list[str]:
    """Return what the open incidents say."""
    with office.engine.read() as work:
        rows = work.session.query(Incident).filter_by(resolved_at=None)
        return [row.message for row in rows]


def _die(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
