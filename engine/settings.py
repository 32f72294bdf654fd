"""Effective-dated settings: what the law leaves open, kept with its history."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from engine.work import Work
from models.people import Organisation
from models.records import Setting

#: What a setting is where nobody has set it; keys not listed here do not exist.
DEFAULTS: dict[str, Any] = {
    # Wrong passwords in a row before an account is locked, and for how long
    # (GB/T 22239-2019 L3-CES1-02; the numbers are common practice).
    "login.tries": 5,
    "login.lock_minutes": 15,
    # The largest file that may be uploaded, in megabytes.
    "files.largest_mb": 20,
    # From this day on documents carry limits; what was formed before is recorded
    # without them. An organisation without its own start day has none.
    "organisation.starts_on": None,
    # Lights in the inbox: working days left at which a task turns amber.
    "inbox.soon": 3,
    # How often a failed timer or delivery is tried before it becomes an incident,
    # and after how many minutes each time.
    "jobs.retry_minutes": [1, 5, 30],
}


def known_prefixes() -> tuple[str, ...]:
    """Return the beginnings of keys that processes bring along: limits and ladders."""
    return ("limit.", "ladder.")


def read(
    session: Session,
    key: str,
    *,
    on: date,
    organisation: Organisation | None = None,
    root_id: int | None = None,
) -> Any:
    """Return the value in force: the organisation's, its root's, or the default."""
    row = row_in_force(session, key, on=on, organisation=organisation, root_id=root_id)
    if row is not None:
        return row.content["value"]
    if key not in DEFAULTS and not key.startswith(known_prefixes()):
        raise KeyError(key)
    return DEFAULTS.get(key)


def row_in_force(
    session: Session,
    key: str,
    *,
    on: date,
    organisation: Organisation | None = None,
    root_id: int | None = None,
) -> Setting | None:
    """Return the stored row in force, so that its key can be kept as a version."""
    scope: ColumnElement[bool] = Setting.root_id.is_(None)
    root_id = organisation.root_id if organisation is not None else root_id
    if root_id is not None:
        of_root = (Setting.root_id == root_id) & Setting.organisation_id.is_(None)
        scope = or_(scope, of_root)
    if organisation is not None:
        scope = or_(scope, Setting.organisation_id == organisation.agency)
    rows = session.scalars(
        select(Setting).where(Setting.key == key, Setting.valid_from <= on, scope)
    ).all()
    if not rows:
        return None
    return max(
        rows,
        key=lambda row: (
            row.organisation_id is not None,
            row.root_id is not None,
            row.valid_from,
            row.id,
        ),
    )


def write(
    work: Work,
    key: str,
    value: Any,
    *,
    valid_from: date,
    reason: str,
    root_id: int,
    organisation_id: int | None = None,
) -> Setting:
    """Set a value from a day on; the old one stays readable for its own time."""
    if key not in DEFAULTS and not key.startswith(known_prefixes()):
        raise KeyError(key)
    organisation = (
        work.session.get_one(Organisation, organisation_id) if organisation_id else None
    )
    old = read(work.session, key, on=valid_from, organisation=organisation)
    row = Setting(
        key=key,
        root_id=root_id,
        organisation_id=organisation_id,
        content={"value": value},
        valid_from=valid_from,
        recorded_at=work.now,
        recorded_by=work.actor.person_id,
        reason=reason,
    )
    work.session.add(row)
    work.session.flush()
    work.record_outside(
        "settings",
        root_id,
        "setting_changed",
        f"{work.actor.name}把设置“{key}”从{valid_from:%Y-%m-%d}起改为新值。{reason}",
        key=key,
        old=old,
        new=value,
    )
    return row
