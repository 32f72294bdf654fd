"""What channels get of a publication, a correction and a withdrawal."""

from pathlib import Path
from typing import Any

import orjson

from engine import outbox
from engine.channels import folder_channel, webhook
from processes.publication.tests.published import document, messages, publishes
from processes.registers.channels import CHANNELS
from tests.office import NOTICE, Matter, Office

CORRECTED = "云川区人民政府办公室关于做好2026年政务公开培训工作的通知\n\n改正了一处。\n"


def delivers(office: Office, folder: Path) -> list[dict[str, Any]]:
    """Deliver what waits to folders; return what the website was told, in order."""
    channels = {
        name: folder_channel(folder / name, office.engine.files) for name in CHANNELS
    }
    outbox.deliver_due(office.engine, channels)
    told = [
        orjson.loads(path.read_bytes())
        for path in (folder / "website").glob("*/metadata.json")
    ]
    return sorted(told, key=lambda each: str(each["action"] != "publish"))


def changes(office: Office, notice: Matter, **answers: Any) -> None:
    """Let a change of a document happen at once."""
    matter = office.lin.asks_to_change(
        document(office, notice).public_id, reason="理由。", **answers
    )
    office.brings(matter, "approve_change")
    office.liang.does(
        matter, "approve_change", outcome="approved", publish_on="2026-03-02"
    )
    office.fires()


def test_a_bundle_says_what_a_published_page_says(
    office: Office, tmp_path: Path
) -> None:
    matter = publishes(office)
    (told,) = delivers(office, tmp_path)
    assert told["action"] == "publish"
    assert told["title"] == "关于做好2026年政务公开培训工作的通知"
    assert told["index_number"] == "500199002/2026-00001"
    assert told["published_on"] == "2026-03-02"
    assert told["issuer"] == "云川区政府办"
    assert told["section"] == "云川信息公开科"
    assert told["attribute"] == "主动公开"
    assert told["validity"] == "有效"
    assert told["page"] == f"/documents/{document(office, matter).public_id}"
    (file,) = told["files"]
    assert (file["role"], file["title"]) == ("正文", "正文")
    laid = tmp_path / "website" / told["key"].replace(":", "-") / file["path"]
    assert laid.read_text(encoding="utf-8") == NOTICE


def test_the_page_is_named_as_it_is_reached_from_outside(
    office: Office, tmp_path: Path
) -> None:
    today = office.clock.instant.date()
    site = "https://www.yunchuan.example.invalid"
    office.sets("publication.site", site, valid_from=today)
    matter = publishes(office)
    (told,) = delivers(office, tmp_path)
    assert told["page"] == f"{site}/documents/{document(office, matter).public_id}"


def test_a_correction_brings_the_whole_document_as_it_stands(
    office: Office, tmp_path: Path
) -> None:
    notice = publishes(office)
    paper = document(office, notice).papers["正文"]
    changes(office, notice, kind="correct", remains="shown", files={paper: CORRECTED})
    before, after = delivers(office, tmp_path)
    assert (after["action"], after["reason"]) == ("correct", "理由。")
    laid = tmp_path / "website" / after["key"].replace(":", "-")
    assert (laid / after["files"][0]["path"]).read_text(encoding="utf-8") == CORRECTED
    assert before["action"] == "publish"


def test_what_a_correction_conceals_lies_in_no_folder_any_more(
    office: Office, tmp_path: Path
) -> None:
    notice = publishes(office)
    delivers(office, tmp_path)
    paper = document(office, notice).papers["正文"]
    changes(
        office, notice, kind="correct", remains="concealed", files={paper: CORRECTED}
    )
    (told,) = delivers(office, tmp_path)
    assert told["action"] == "correct"


def test_a_withdrawal_takes_the_files_back_everywhere(
    office: Office, tmp_path: Path
) -> None:
    notice = publishes(office)
    delivers(office, tmp_path)
    changes(office, notice, kind="withdraw", ground="mistaken", remains="concealed")
    (told,) = delivers(office, tmp_path)
    assert (told["action"], told["title"], told["files"]) == ("withdraw", "", [])
    assert list((tmp_path / "website").rglob("*.txt")) == []


def test_a_channels_own_system_is_called_where_the_settings_say_so(
    office: Office,
) -> None:
    cipher = office.engine.cipher
    value = webhook(cipher, "https://www.example.gov.cn/in", "secret")
    today = office.clock.instant.date()
    office.sets("publication.webhook.website", value, valid_from=today)
    publishes(office)
    assert messages(office) == [("website", "publish"), ("website.webhook", "publish")]
