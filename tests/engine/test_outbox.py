"""What leaves the system: only after the commit, at least once, never lost."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine import incidents, outbox
from models.workflow import OutboxMessage
from tests.office import Matter, Office, refused


class Website:
    """A receiver that takes what comes, or is down."""

    def __init__(self) -> None:
        self.down = False
        self.received: list[str] = []

    def __call__(self, key: str, payload: Mapping[str, Any]) -> None:
        if self.down:
            raise ConnectionError(payload["title"])
        self.received.append(key)


def test_what_was_committed_is_delivered_once(office: Office) -> None:
    website = Website()
    send(office, office.lin.begins(), "a")
    assert deliver(office, website) == 1
    assert deliver(office, website) == 0
    assert website.received == ["a"]


def test_what_was_not_committed_never_leaves(office: Office) -> None:
    website, matter = Website(), office.lin.begins()
    with refused(InterruptedError), office.engine.work() as work:
        outbox.send(work, matter.case(work), key="a", kind="website", payload={})
        raise InterruptedError
    assert deliver(office, website) == 0


def test_one_key_is_sent_once(office: Office) -> None:
    website, matter = Website(), office.lin.begins()
    send(office, matter, "a")
    send(office, matter, "a")
    assert deliver(office, website) == 1


def test_a_failed_delivery_is_tried_again_later(office: Office) -> None:
    website = Website()
    send(office, office.lin.begins(), "a")
    website.down = True
    assert deliver(office, website) == 0
    website.down = False
    assert deliver(office, website) == 0
    office.clock.set("2026-03-02", "10:01")  # Monday
    assert deliver(office, website) == 1


def test_one_receiver_that_is_down_does_not_stop_the_others(office: Office) -> None:
    website, gazette, matter = Website(), Website(), office.lin.begins()
    website.down = True
    send(office, matter, "a")
    send(office, matter, "b", kind="gazette")
    channels = {"website": website, "gazette": gazette}
    assert outbox.deliver_due(office.engine, channels) == 1
    assert gazette.received == ["b"]


def test_what_cannot_be_delivered_becomes_an_incident_without_data_of_the_case(
    office: Office,
) -> None:
    fail_for_good(office)
    with office.engine.read(office.admin.id) as work:
        (incident,) = incidents.open_for(work)
    assert incident.message == "拟稿500199002-2026-0001没有送到“website”。"
    assert incident.detail.startswith("ConnectionError __call__:")
    assert "补贴" not in incident.detail


def test_an_incident_that_is_retried_is_delivered(office: Office) -> None:
    fail_for_good(office)
    with office.admin.work() as work:
        (incident,) = incidents.open_for(work)
        incidents.retry(work, incident.public_id)
    assert deliver(office, Website()) == 1


def test_a_channel_that_does_not_exist_is_a_failure_like_others(
    office: Office,
) -> None:
    send(office, office.lin.begins(), "a", kind="pigeon")
    assert deliver(office, Website()) == 0
    with office.engine.read() as work:
        assert work.session.scalars(select(OutboxMessage.attempts)).one() == 1


def send(office: Office, matter: Matter, key: str, kind: str = "website") -> None:
    """Hand something over for delivery."""
    payload = {"title": "关于补贴的通知"}
    with office.engine.work() as work:
        outbox.send(work, matter.case(work), key=key, kind=kind, payload=payload)


def deliver(office: Office, website: Website) -> int:
    """Let the job deliver what waits."""
    return outbox.deliver_due(office.engine, {"website": website})


def fail_for_good(office: Office) -> None:
    """Let a delivery fail as often as it is tried."""
    website = Website()
    website.down = True
    send(office, office.lin.begins(), "a")
    for hour in ("10:00", "10:01", "10:06", "10:36"):
        office.clock.set("2026-03-02", hour)  # Monday
        deliver(office, website)
