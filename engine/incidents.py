"""What failed in the background: told in the office's words, retried by a person."""

import traceback

from sqlalchemy import select

from engine.errors import NotAllowed, NotFound
from engine.work import Work
from models.people import Role
from models.workflow import Case, Incident, OutboxMessage, Timer


def open_incident(
    work: Work,
    case: Case,
    message: str,
    failure: Exception,
    *,
    timer_id: int | None = None,
    outbox_id: int | None = None,
) -> Incident:
    """Put a failure before a person; the detail names code, never data of the case."""
    frames = traceback.extract_tb(failure.__traceback__)
    places = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames[-6:]))
    incident = Incident(
        root_id=case.root_id,
        case_id=case.id,
        timer_id=timer_id,
        outbox_id=outbox_id,
        message=message,
        detail=f"{type(failure).__name__} {places}",
        opened_at=work.now,
    )
    work.session.add(incident)
    work.session.flush()
    work.record(
        case,
        "incident_opened",
        f"{message}已转系统管理员处理。",
        data={"incident": incident.public_id},
    )
    return incident


def report(
    work: Work, root_id: int, message: str, *, about: str, case: Case | None = None
) -> Incident:
    """Put damage that a check found before a person; once until it is mended.

    `about` names the damage, so that the check knows its incident again.
    """
    known = [each for each in open_about(work, about) if each.about == about]
    if known:
        return known[0]
    incident = Incident(
        root_id=root_id,
        case_id=case.id if case else None,
        about=about,
        message=message,
        detail=about,
        opened_at=work.now,
    )
    work.session.add(incident)
    work.session.flush()
    if case is not None:
        work.record(
            case,
            "incident_opened",
            f"{message}已转系统管理员处理。",
            data={"incident": incident.public_id},
        )
    return incident


def open_about(work: Work, prefix: str) -> list[Incident]:
    """Return the open incidents about damage whose name begins so."""
    return list(
        work.session.scalars(
            select(Incident)
            .where(
                Incident.about.startswith(prefix, autoescape=True),
                Incident.resolved_at.is_(None),
            )
            .order_by(Incident.id)
        )
    )


def settle(work: Work, incident: Incident) -> None:
    """Close an incident whose damage is mended."""
    incident.resolved_at = work.now
    if incident.case is not None:
        work.record(
            incident.case,
            "incident_settled",
            f"已修复：{incident.message}",
            data={"incident": incident.public_id},
        )


def open_for(work: Work) -> list[Incident]:
    """Return the open incidents that the actor is to see: system administrators'."""
    if not work.actor.has_role(Role.SYSTEM_ADMINISTRATOR):
        return []
    return list(
        work.session.scalars(
            select(Incident)
            .where(
                Incident.root_id == work.actor.root_id, Incident.resolved_at.is_(None)
            )
            .order_by(Incident.id)
        )
    )


def retry(work: Work, public_id: str) -> Incident:
    """Let what failed be tried again at once.

    Raises:
        NotAllowed: only a system administrator may.
        NotFound: there is no such open incident in the actor's root, or it tells of
            damage, which ends when it is mended.
    """
    if not work.actor.has_role(Role.SYSTEM_ADMINISTRATOR):
        msg = "只有系统管理员可以重试。"
        raise NotAllowed(msg)
    incident = work.session.scalars(
        select(Incident).where(
            Incident.public_id == public_id,
            Incident.root_id == work.actor.root_id,
            Incident.resolved_at.is_(None),
            Incident.about == "",
        )
    ).one_or_none()
    if incident is None:
        raise NotFound("这个故障")
    incident.resolved_at = work.now
    incident.resolved_by = work.actor.person_id
    if incident.timer_id is not None:
        timer = work.session.get_one(Timer, incident.timer_id)
        # A limit that was moved meanwhile is not reached before its new day.
        timer.attempts = 0
        # One whose limit is paused meanwhile waits until that runs again.
        timer.next_attempt_at = timer.due_at and max(work.now, timer.due_at)
    if incident.outbox_id is not None:
        message = work.session.get_one(OutboxMessage, incident.outbox_id)
        message.attempts, message.next_attempt_at = 0, work.now
    if incident.case is not None:
        work.record(
            incident.case,
            "incident_retried",
            f"{work.actor.name}重试：{incident.message}",
            data={"incident": incident.public_id},
        )
    work.after_commit.append(work.engine.wake)
    return incident
