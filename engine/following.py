"""关注: what happens in cases that a person wants to watch; and what one has begun.

Everybody who may read a case may follow it. Following gives no sight: what one may not
read any more is not listed. It is a person's own note and stands in no history.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from engine.history import case_stream
from engine.inbox import PAGE
from engine.visibility import visible_to
from engine.work import Work
from models.handing import CaseFollow
from models.records import HistoryEntry
from models.workflow import Case

#: What is no change of a case: that somebody looked at it.
LOOKS = ("restricted_read", "task_opened", "copy_read", "notice_acknowledged")


@dataclass(frozen=True)
class Followed:
    """A case that the actor follows, with its newest change."""

    case: Case
    newest: HistoryEntry | None
    #: Whether others have changed it since the actor looked at it last.
    changed: bool


def follows(work: Work, case: Case) -> bool:
    """Tell whether the actor follows a case."""
    return _row(work, case) is not None


def follow(work: Work, case: Case) -> None:
    """关注: list a case and what happens in it; again changes nothing."""
    if _row(work, case) is None:
        work.session.add(
            CaseFollow(
                person_id=work.actor.required_person,
                case_id=case.id,
                since=work.now,
                seen=_length(work, case),
            )
        )
        work.session.flush()


def unfollow(work: Work, case: Case) -> None:
    """取消关注."""
    row = _row(work, case)
    if row is not None:
        work.session.delete(row)
        work.session.flush()


def has_news(work: Work, case: Case) -> bool:
    """Tell whether a case that the actor follows has gone on since the last look."""
    row = _row(work, case)
    return row is not None and row.seen < _length(work, case)


def mark_seen(work: Work, case: Case) -> None:
    """Note that the actor has seen all that happened in a case."""
    row = _row(work, case)
    if row is not None:
        row.seen = _length(work, case)
        work.session.flush()


def followed(work: Work, before: int | None = None) -> Sequence[Followed]:
    """关注: the cases that the actor follows, the newest case first, before a key."""
    query = (
        select(CaseFollow)
        .join(Case, CaseFollow.case_id == Case.id)
        .where(CaseFollow.person_id == work.actor.person_id, visible_to(work.actor))
        .options(joinedload(CaseFollow.case))
        .order_by(CaseFollow.case_id.desc())
        .limit(PAGE)
    )
    if before is not None:
        query = query.where(CaseFollow.case_id < before)
    rows = work.session.scalars(query).all()
    changes = _newest_changes(work, [row.case_id for row in rows])
    return [_followed(work, row, changes.get(case_stream(row.case_id))) for row in rows]


def started(work: Work, before: int | None = None) -> Sequence[Case]:
    """我发起: what the actor has begun and may read, newest first, before a key."""
    query = (
        select(Case)
        .where(Case.started_by == work.actor.person_id, visible_to(work.actor))
        .order_by(Case.id.desc())
        .limit(PAGE)
    )
    if before is not None:
        query = query.where(Case.id < before)
    return work.session.scalars(query).all()


def _followed(work: Work, row: CaseFollow, newest: HistoryEntry | None) -> Followed:
    changed = (
        newest is not None
        and newest.number > row.seen
        and newest.actor_id != work.actor.person_id
    )
    return Followed(row.case, newest, changed)


def _newest_changes(work: Work, cases: Sequence[int]) -> dict[str, HistoryEntry]:
    numbers = (
        select(HistoryEntry.stream, func.max(HistoryEntry.number).label("number"))
        .where(
            HistoryEntry.stream.in_([case_stream(case) for case in cases]),
            HistoryEntry.event.not_in(LOOKS),
        )
        .group_by(HistoryEntry.stream)
        .subquery()
    )
    rows = work.session.scalars(
        select(HistoryEntry).join(
            numbers,
            (HistoryEntry.stream == numbers.c.stream)
            & (HistoryEntry.number == numbers.c.number),
        )
    )
    return {entry.stream: entry for entry in rows}


def _row(work: Work, case: Case) -> CaseFollow | None:
    return work.session.get(CaseFollow, (work.actor.person_id, case.id))


def _length(work: Work, case: Case) -> int:
    newest = select(func.max(HistoryEntry.number)).where(
        HistoryEntry.stream == case_stream(case.id)
    )
    return work.session.scalar(newest) or 0
