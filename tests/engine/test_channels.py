"""Folders that other systems read, and calls at their doors."""

import hmac
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import orjson
import pytest

from engine import outbox
from engine.channels import folder_channel, webhook, webhook_channel
from engine.errors import Refusal
from models.records import Setting
from tests.office import Office, refused

TEXT = "一份公开的文件。\n".encode()
SUM = sha256(TEXT).hexdigest()
SECRET = "shared secret"


@dataclass
class Receiver:
    """Another system with a door of its own: what it got, and what it answers."""

    address: str = ""
    answer: int = 204
    calls: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)


@contextmanager
def listening(receiver: Receiver) -> Iterator[None]:
    """Serve a receiver on this machine."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.calls.append((dict(self.headers), body))
            self.send_response(receiver.answer)
            self.send_header("Location", "http://elsewhere.invalid/")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing in the output of the tests."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    receiver.address = f"http://127.0.0.1:{server.server_port}/publications"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A system that takes what comes."""
    receiver = Receiver()
    with listening(receiver):
        yield receiver


def bundle(path: str = "files/01-正文.txt", **more: Any) -> dict[str, Any]:
    """Return what a channel is given."""
    return {"title": "通知", "files": [{"path": path, "sha256": SUM}], **more}


def lay(office: Office, folder: Path, key: str, payload: Mapping[str, Any]) -> Path:
    """Let a bundle go to a folder; returns where it lies."""
    folder_channel(folder, office.engine.files)(key, payload)
    return folder / key.replace(":", "-")


@pytest.fixture
def stored(office: Office) -> Office:
    """The office with one public file in its store."""
    office.engine.files.put(TEXT, encrypted=False)
    return office


def test_a_bundle_is_files_their_sums_and_what_they_say_of_themselves(
    stored: Office, tmp_path: Path
) -> None:
    laid = lay(stored, tmp_path / "website", "publication:a:website", bundle())
    assert (laid / "files" / "01-正文.txt").read_bytes() == TEXT
    assert (laid / "sha256sums.txt").read_text() == f"{SUM}  files/01-正文.txt\n"
    told = orjson.loads((laid / "metadata.json").read_bytes())
    assert (told["key"], told["title"]) == ("publication:a:website", "通知")


def test_a_repeated_delivery_leaves_one_bundle(stored: Office, tmp_path: Path) -> None:
    lay(stored, tmp_path, "a", bundle())
    lay(stored, tmp_path, "a", bundle())
    assert [path.name for path in tmp_path.glob("*/metadata.json")] == ["metadata.json"]
    assert list(tmp_path.rglob("*.part")) == []


def test_bytes_that_are_not_those_that_were_published_do_not_leave(
    stored: Office, tmp_path: Path
) -> None:
    stored.engine.files._path(SUM).write_bytes(b"something else")
    with refused(ValueError):
        lay(stored, tmp_path, "a", bundle())
    assert list(tmp_path.rglob("metadata.json")) == []


def test_what_is_taken_back_lies_in_the_folder_no_more(
    stored: Office, tmp_path: Path
) -> None:
    laid = lay(stored, tmp_path, "a", bundle())
    lay(stored, tmp_path, "b", {"files": [], "takes_back": ["a"]})
    assert [path.name for path in laid.iterdir()] == ["taken-back"]


def test_a_late_delivery_does_not_bring_back_what_was_taken_back(
    stored: Office, tmp_path: Path
) -> None:
    lay(stored, tmp_path, "b", {"files": [], "takes_back": ["a"]})
    laid = lay(stored, tmp_path, "a", bundle())
    assert [path.name for path in laid.iterdir()] == ["taken-back"]


# A call at the receiver's door.


def calls(office: Office, receiver: Receiver, secret: str = SECRET) -> None:
    """Let the website's own system be called at the receiver's address."""
    value = webhook(office.engine.cipher, receiver.address, secret)
    today = office.clock.instant.date()
    office.sets("publication.webhook.website", value, valid_from=today)


def send(office: Office) -> None:
    """Hand a message over for the website's own system."""
    matter = office.lin.begins()
    with office.engine.work() as work:
        kind = outbox.webhook_kind("website")
        payload = {"title": "通知", "channel": "政府网站"}
        outbox.send(work, matter.case(work), key="a", kind=kind, payload=payload)


def deliver(office: Office) -> int:
    """Let the background runner deliver what is due."""
    channel = webhook_channel(office.engine, "website")
    return outbox.deliver_due(office.engine, {outbox.webhook_kind("website"): channel})


def test_a_call_carries_the_metadata_signed_and_with_its_key(
    office: Office, receiver: Receiver
) -> None:
    calls(office, receiver)
    send(office)
    assert deliver(office) == 1
    ((headers, body),) = receiver.calls
    assert orjson.loads(body) == {"key": "a", "title": "通知", "channel": "政府网站"}
    assert headers["Idempotency-Key"] == "a"
    expected = hmac.new(SECRET.encode(), body, sha256).hexdigest()
    assert headers["X-Gongkai-Signature"] == f"sha256={expected}"


@pytest.mark.parametrize("answer", [302, 404, 500])
def test_a_receiver_that_does_not_take_it_is_called_again(
    answer: int, office: Office, receiver: Receiver
) -> None:
    calls(office, receiver)
    send(office)
    receiver.answer = answer
    assert deliver(office) == 0
    receiver.answer = 200
    office.clock.set("2026-03-02", "10:01")  # Monday
    assert deliver(office) == 1
    assert len(receiver.calls) == 2


def test_a_door_that_is_closed_meanwhile_is_not_knocked_at(
    office: Office, receiver: Receiver
) -> None:
    calls(office, receiver)
    send(office)
    office.sets(
        "publication.webhook.website", None, valid_from=office.clock.instant.date()
    )
    assert deliver(office) == 1
    assert receiver.calls == []


def test_a_call_goes_over_tls_or_stays_on_this_machine(office: Office) -> None:
    cipher = office.engine.cipher
    with refused(Refusal) as refusal:
        webhook(cipher, "http://www.example.gov.cn/in", "secret")
    assert refusal.value.message == (
        "接收地址要用 https 开头，只有本机地址可以用 http。"
    )
    assert webhook(cipher, "https://www.example.gov.cn/in", "secret")["url"] == (
        "https://www.example.gov.cn/in"
    )


def test_the_settings_do_not_show_the_secret(
    office: Office, receiver: Receiver
) -> None:
    calls(office, receiver, "a secret between two systems")
    with office.engine.read() as work:
        rows = work.session.query(Setting).all()
        assert "publication.webhook.website" in {row.key for row in rows}
        assert "a secret" not in str([row.content for row in rows])
