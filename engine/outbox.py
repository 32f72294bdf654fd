"""What leaves the system: kept in the act's transaction, delivered after it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from engine import incidents, settings
from engine.work import Engine, Work
from models.workflow import Case, OutboxMessage

#: Delivers one message: its key (for the receiver to know repeats) and its payload.
Deliver = Callable[[str, Mapping[str, Any]], None]

BATCH = 50


def webhook_kind(channel: str) -> str:
    """Return the kind of the messages that call at a channel's door."""
    return f"{channel}.webhook"


def send(
    work: Work, case: Case, *, key: str, kind: str, payload: Mapping[str, Any]
) -> None:
    """Hand something over for delivery after the commit; once per key."""
    known = work.session.scalar(
        select(OutboxMessage.id).where(OutboxMessage.key == key)
    )
    if known is not None:
        return
    work.session.add(
        OutboxMessage(
            root_id=case.root_id,
            case_id=case.id,
            key=key,
            kind=kind,
            payload=dict(payload),
            created_at=work.now,
            next_attempt_at=work.now,
        )
    )
    work.after_commit.append(work.engine.wake)


def deliver_due(engine: Engine, channels: Mapping[str, Deliver]) -> int:
    """Deliver what waits; return how many went out. At least once, never lost."""
    sent = 0
    while True:
        with engine.read() as work:
            batch = work.session.scalars(
                select(OutboxMessage.id)
                .where(
                    OutboxMessage.sent_at.is_(None),
                    OutboxMessage.next_attempt_at <= work.now,
                )
                .order_by(OutboxMessage.next_attempt_at, OutboxMessage.id)
                .limit(BATCH)
            ).all()
        if not batch:
            return sent
        for message_id in batch:
            sent += _try_to_deliver(engine, message_id, channels)


def _try_to_deliver(
    engine: Engine, message_id: int, channels: Mapping[str, Deliver]
) -> bool:
    try:
        with engine.read() as work:
            message = work.session.get_one(OutboxMessage, message_id)
            key, kind, payload = message.key, message.kind, message.payload
        channels[kind](key, payload)
    except Exception as failure:  # noqa: BLE001 (any failure is retried, then shown)
        with engine.work() as work:
            _postpone(work, message_id, failure)
        return False
    with engine.work() as work:
        work.session.get_one(OutboxMessage, message_id).sent_at = work.now
    return True


def _postpone(work: Work, message_id: int, failure: Exception) -> None:
    message = work.session.get_one(OutboxMessage, message_id)
    waits = settings.read(
        work.session, "jobs.retry_minutes", on=work.today, root_id=message.root_id
    )
    message.attempts += 1
    if message.attempts <= len(waits):
        wait = timedelta(minutes=waits[message.attempts - 1])
        message.next_attempt_at = work.now + wait
        return
    message.next_attempt_at = None
    if message.case_id is not None:
        case = work.session.get_one(Case, message.case_id)
        receiver = message.payload.get("channel", message.kind)
        incidents.open_incident(
            work,
            case,
            f"{case.number}没有送到“{receiver}”。",
            failure,
            outbox_id=message.id,
        )
