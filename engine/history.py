"""What happened, in sentences: append-only, chained by SM3, sealed daily."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.database import ensure_row
from models.records import HistoryEntry, HistoryStream, Seal

#: What stands before the first entry of a chain and the first seal.
GENESIS = "0" * 64


def sm3(data: bytes) -> str:
    """Return the SM3 digest (GB/T 32905-2016) in hexadecimal."""
    return hashlib.new("sm3", data).hexdigest()


def case_stream(case_id: int) -> str:
    """Return the name of a case's chain."""
    return f"case:{case_id}"


def append(
    session: Session,
    *,
    stream: str,
    root_id: int,
    at: datetime,
    actor_id: int | None,
    event: str,
    sentence: str,
    quotation: str = "",
    data: Mapping[str, Any] | None = None,
) -> HistoryEntry:
    """Add one entry to a chain, in the transaction of the act it tells of."""
    locked = (
        select(HistoryStream).where(HistoryStream.stream == stream).with_for_update()
    )
    head = session.scalars(locked).one_or_none()
    if head is None:
        beginning = {"length": 0, "head": GENESIS, "sealed_length": 0}
        ensure_row(session, HistoryStream, stream=stream, root_id=root_id, **beginning)
        head = session.scalars(locked).one()
    entry = HistoryEntry(
        stream=stream,
        number=head.length + 1,
        at=at.astimezone(UTC),
        actor_id=actor_id,
        event=event,
        sentence=sentence,
        quotation=quotation,
        data=dict(data or {}),
        previous=head.head,
    )
    entry.digest = digest_of(entry)
    session.add(entry)
    head.length = entry.number
    head.head = entry.digest
    return entry


def digest_of(entry: HistoryEntry) -> str:
    """Return what an entry's digest must be, from its content and its predecessor."""
    return sm3(
        orjson.dumps(
            [
                entry.stream,
                entry.number,
                entry.at,
                entry.actor_id,
                entry.event,
                entry.sentence,
                entry.quotation,
                entry.data,
                entry.previous,
            ],
            option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z,
        )
    )


def entries(session: Session, stream: str) -> list[HistoryEntry]:
    """Return a chain, newest first."""
    return list(
        session.scalars(
            select(HistoryEntry)
            .where(HistoryEntry.stream == stream)
            .order_by(HistoryEntry.number.desc())
        )
    )


@dataclass(frozen=True)
class Break:
    """A place where a chain is not as it was written."""

    stream: str
    number: int
    message: str


def verify(session: Session) -> list[Break]:
    """Recompute every chain and every seal; return where they do not hold.

    A change, deletion or reordering inside a chain shows at once; a cut tail or a
    removed chain shows against the newest seal, which is at most a day old.
    """
    breaks: list[Break] = []
    heads = {head.stream: head for head in session.scalars(select(HistoryStream))}
    seen: dict[str, tuple[int, str]] = {}
    digests: dict[tuple[str, int], str] = {}
    query = select(HistoryEntry).order_by(HistoryEntry.stream, HistoryEntry.number)
    for entry in session.scalars(query.execution_options(yield_per=500)):
        number, previous = seen.get(entry.stream, (0, GENESIS))
        if entry.number != number + 1 or entry.previous != previous:
            breaks.append(Break(entry.stream, entry.number, "前一条记录缺失或被改动"))
        elif digest_of(entry) != entry.digest:
            breaks.append(Break(entry.stream, entry.number, "记录内容被改动"))
        seen[entry.stream] = (entry.number, entry.digest)
        digests[entry.stream, entry.number] = entry.digest
    for stream, head in heads.items():
        if seen.get(stream, (0, GENESIS)) != (head.length, head.head):
            breaks.append(Break(stream, head.length, "末尾的记录缺失"))
    previous = GENESIS
    for seal in session.scalars(select(Seal).order_by(Seal.id)):
        if seal.previous != previous or seal.digest != _seal_digest(seal):
            breaks.append(Break("seal", seal.id, "封存记录被改动"))
        previous = seal.digest
        breaks.extend(
            Break(stream, length, "与封存时不一致")
            for stream, (length, digest) in seal.heads.items()
            if digests.get((stream, length)) != digest
        )
    return breaks


def seal(session: Session, *, today: date, at: datetime) -> Seal | None:
    """Seal the heads that moved since the last seal; at most once a day.

    Returns None where today is sealed already or nothing moved.
    """
    last = session.scalars(select(Seal).order_by(Seal.id.desc()).limit(1)).first()
    if last is not None and last.sealed_on >= today:
        return None
    moved = session.scalars(
        select(HistoryStream)
        .where(HistoryStream.length > HistoryStream.sealed_length)
        .order_by(HistoryStream.stream)
        .with_for_update()
    ).all()
    if not moved:
        return None
    new = Seal(
        sealed_on=today,
        at=at,
        heads={head.stream: [head.length, head.head] for head in moved},
        previous=last.digest if last else GENESIS,
    )
    new.digest = _seal_digest(new)
    session.add(new)
    for head in moved:
        head.sealed_length = head.length
    return new


def _seal_digest(seal: Seal) -> str:
    content = [seal.sealed_on, seal.at, seal.heads, seal.previous]
    return sm3(orjson.dumps(content, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z))


def sealed_until(session: Session) -> date | None:
    """Return the day of the newest seal."""
    return session.scalar(select(func.max(Seal.sealed_on)))
