"""Published bytes are compared with what was published, day by day."""

from pathlib import Path

import pytest

from engine import incidents, outbox
from engine.channels import bundle_folder, folder_channel
from engine.errors import NotFound
from processes.publication.tests.published import (
    document,
    published_versions,
    publishes,
)
from processes.registers.channels import CHANNELS
from processes.registers.daily_check import check_published
from tests.office import Matter, Office, refused


class Look:
    """The daily check over an office, with its channels' folders."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        channels = {
            name: folder_channel(folder / name, office.engine.files)
            for name in CHANNELS
        }
        outbox.deliver_due(office.engine, channels)

    def __call__(self) -> int:
        return check_published(
            self.office.engine, lambda name, key: bundle_folder(self.folder / name, key)
        )

    @property
    def stored(self) -> Path:
        """Where the published file lies in our store."""
        with self.office.engine.read() as work:
            (version,) = published_versions(work)
            return self.office.engine.files._path(version.file.address)

    @property
    def laid(self) -> Path:
        """Where the published file lies in the website's folder."""
        (path,) = self.folder.glob("website/*/files/*")
        return path

    @property
    def told(self) -> list[str]:
        """What the administrator sees."""
        with self.office.engine.read(self.office.admin.id) as work:
            return [each.message for each in incidents.open_for(work)]


@pytest.fixture
def notice(office: Office) -> Matter:
    """A published document."""
    return publishes(office)


@pytest.fixture
def look(office: Office, notice: Matter, tmp_path: Path) -> Look:
    """The check, after everything was delivered."""
    del notice
    return Look(office, tmp_path / "channels")


def test_what_is_as_it_was_published_troubles_nobody(look: Look) -> None:
    assert look() == 0
    assert look.told == []


def test_a_file_that_somebody_changed_is_told_once(look: Look) -> None:
    look.stored.write_text("改过的正文", encoding="utf-8")
    assert look() == 1
    assert look() == 1
    (told,) = look.told
    assert told == (
        "“关于做好2026年政务公开培训工作的通知”的正文：文件库里的公开文件与发布时"
        "不一致，或者不在了。从备份换回发布时的那一份，下一次核对后自动撤下。"
    )


def test_a_file_that_is_gone_is_told(look: Look) -> None:
    look.stored.unlink()
    assert look() == 1


def test_a_copy_in_a_channels_folder_is_looked_at_too(look: Look) -> None:
    look.laid.write_text("改过的正文", encoding="utf-8")
    assert look() == 1
    assert look.told[0].startswith(
        "“关于做好2026年政务公开培训工作的通知”的正文：“政府网站”交换文件夹里的"
    )


def test_two_damages_are_two_incidents(look: Look) -> None:
    look.laid.unlink()
    look.stored.unlink()
    assert look() == 2
    assert len(look.told) == 2


def test_a_mended_file_closes_its_incident(look: Look, notice: Matter) -> None:
    kept = look.stored.read_bytes()
    look.stored.write_bytes(b"changed")
    look()
    look.stored.write_bytes(kept)
    assert look() == 0
    assert look.told == []
    assert notice.history[-1].startswith("已修复：“关于做好2026年政务公开培训")


def test_damage_is_mended_and_not_retried(look: Look, office: Office) -> None:
    look.stored.unlink()
    look()
    with office.engine.work(office.admin.id) as work:
        (incident,) = incidents.open_for(work)
        with refused(NotFound):
            incidents.retry(work, incident.public_id)


def test_bytes_changed_together_with_their_row_do_not_pass(
    look: Look, office: Office
) -> None:
    # Who can write into the table of files cannot fool the record of publications.
    data = "改过的正文".encode()
    with office.engine.work() as work:
        (version,) = published_versions(work)
        version.file.address = office.engine.files.put(data, encrypted=False)
        version.file.sha256 = version.file.address
    assert look() == 1


def test_what_was_withdrawn_is_looked_at_no_more(
    look: Look, office: Office, notice: Matter
) -> None:
    matter = office.lin.asks_to_change(
        document(office, notice).public_id,
        kind="withdraw",
        ground="other",
        reason="另行发布。",
        remains="shown",
    )
    office.brings(matter, "approve_change")
    office.liang.does(
        matter, "approve_change", outcome="approved", publish_on="2026-03-02"
    )
    office.fires()
    look.stored.unlink()
    assert look() == 0
