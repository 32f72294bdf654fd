"""The store of files against the rows that name them: both sides are looked at.

Bytes without a row are what a killed act or a refused one has left; they go after a
while. A row without its bytes is a loss, and is told until the bytes are back.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine import erasing, incidents
from engine.clock import office_date
from engine.database import hold_name
from engine.file_store import Lying
from engine.work import Engine, Work
from models.records import FileErasure, StoredFile

#: Between the day on which bytes without a row are first seen and their end. An upload
#: under way needs no such time: its address is held until it has its row. A database
#: does that was put back to an older state, or is the wrong one: the bytes of the rows
#: that it lacks are all here until somebody notices.
SAFE_AGE = timedelta(days=30)

#: More losses than this are one: the disk with the store is not there.
_MOST_TOLD = 20

_ABOUT = "missing_file:"


@dataclass(frozen=True)
class Missing:
    """A file whose bytes are gone."""

    about: str
    root_id: int
    address: str
    message: str


def sweep(engine: Engine) -> None:
    """Look through the whole store; a quiet day writes nothing."""
    missing: dict[str, Missing] = {}
    seen: set[str] = set()
    for lying in engine.files.lying():
        seen.add(lying.prefix)
        with engine.read() as work:
            named = _named(work.session, lying.prefix)
            missing.update(_lost(work.session, named - lying.whole))
        _ask_to_erase(engine, _left_over(lying, named))
    with engine.read() as work:
        for prefix in _prefixes(work.session) - seen:
            missing.update(_lost(work.session, _named(work.session, prefix)))
    _tell(engine, missing)
    _sweep_prepared(engine)


def _left_over(lying: Lying, named: set[str]) -> set[str]:
    """Return the addresses at which something lies that no row names."""
    return (lying.whole - named) | lying.unfinished


def _ask_to_erase(engine: Engine, left_over: set[str]) -> None:
    """Let what has no row go later; it is looked at again before it does."""
    with engine.read() as work:
        known = set(work.session.scalars(select(FileErasure.address)))
    if left_over <= known:
        return
    with engine.work() as work:
        for address in sorted(left_over - known):
            erasing.ask_for(work, address, due_at=work.now + SAFE_AGE)


def _sweep_prepared(engine: Engine) -> None:
    """Erase what was computed from files that are gone, or has long not been used."""
    for address in engine.prepared.addresses():
        with engine.read() as work:
            named = _is_named(work.session, address)
        if not named:
            with engine.work() as work:
                hold_name(work.session, address, alone=True)
                if not _is_named(work.session, address):
                    engine.prepared.erase(address)
    engine.prepared.forget_unused(SAFE_AGE.total_seconds())


def _named(session: Session, prefix: str) -> set[str]:
    return set(
        session.scalars(
            select(StoredFile.address).where(StoredFile.address.startswith(prefix))
        )
    )


def _prefixes(session: Session) -> set[str]:
    addresses = session.scalars(select(StoredFile.address).distinct())
    return {address[:2] for address in addresses}


def _is_named(session: Session, address: str) -> bool:
    return bool(session.scalar(select(exists().where(StoredFile.address == address))))


def _lost(session: Session, addresses: set[str]) -> dict[str, Missing]:
    """Return the files at addresses where nothing lies."""
    if not addresses:
        return {}
    rows = session.scalars(
        select(StoredFile)
        .where(StoredFile.address.in_(addresses))
        .order_by(StoredFile.id)
    )
    found = [_missing(row) for row in rows]
    return {each.about: each for each in found}


def _missing(file: StoredFile) -> Missing:
    place = f"{file.address[:2]}/{file.address[2:]}"
    day = office_date(file.stored_at)
    return Missing(
        about=f"{_ABOUT}{file.root_id}:{file.address}",
        root_id=file.root_id,
        address=file.address,
        message=(
            f"文件库里少了{day.year}年{day.month}月{day.day}日存入的一个文件"
            f"（{file.size}字节）。从备份把 files/{place} 换回来，"
            "下一次核对后自动撤下。"
        ),
    )


def _tell(engine: Engine, missing: dict[str, Missing]) -> None:
    """Open what is new, close what is mended."""
    if len(missing) > _MOST_TOLD:
        missing = _together(missing)
    with engine.read() as work:
        known = {each.about for each in incidents.open_about(work, _ABOUT)}
    if known == set(missing):
        return
    with engine.work() as work:
        for incident in incidents.open_about(work, _ABOUT):
            if incident.about not in missing:
                incidents.settle(work, incident)
        for each in missing.values():
            # What was given up since then is no loss.
            if not each.address or _is_still_missing(work, each):
                incidents.report(work, each.root_id, each.message, about=each.about)


def _together(missing: dict[str, Missing]) -> dict[str, Missing]:
    """Return many losses as one for each tree of organisations."""
    counted = Counter(each.root_id for each in missing.values())
    found = [
        Missing(
            about=f"{_ABOUT}{root_id}:many",
            root_id=root_id,
            address="",
            message=(
                f"文件库里少了{count}个文件。看看放文件的磁盘是不是没有挂上；"
                "挂上或者从备份换回来，下一次核对后自动撤下。"
            ),
        )
        for root_id, count in counted.items()
    ]
    return {each.about: each for each in found}


def _is_still_missing(work: Work, each: Missing) -> bool:
    return _is_named(work.session, each.address) and not work.engine.files.has(
        each.address
    )
