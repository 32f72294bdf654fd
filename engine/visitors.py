"""People without a login: how often they may try, and each form only once.

What is kept names nobody: digests under a key outside of the database, and only until
the window of time is over.
"""

from datetime import timedelta

from sqlalchemy import delete, exists, select

from engine.database import ensure_row
from engine.work import Work
from models.visitors import SubmittedForm, VisitorCount

#: For how long a form that was sent in is known again.
FORM_KNOWN_FOR = timedelta(days=1)


def may_try(work: Work, kind: str, who: str, *, most: int, minutes: int) -> bool:
    """Count one more try and tell whether it is within the bound.

    The row is locked: tries at the same moment are counted one after the other.
    """
    digest = work.engine.cipher.blind(kind, who)
    resets_at = work.now + timedelta(minutes=minutes)
    new = {"kind": kind, "who": digest, "count": 0, "resets_at": resets_at}
    ensure_row(work.session, VisitorCount, **new)
    row = work.session.get_one(
        VisitorCount, (kind, digest), with_for_update=True, populate_existing=True
    )
    if row.resets_at <= work.now:
        row.count, row.resets_at = 0, resets_at
    row.count += 1
    work.session.flush()
    return row.count <= most


def forgive(work: Work, kind: str, who: str) -> None:
    """Forget somebody's tries, after one that was right."""
    digest = work.engine.cipher.blind(kind, who)
    work.session.execute(
        delete(VisitorCount).where(
            VisitorCount.kind == kind, VisitorCount.who == digest
        )
    )


def hold_form(work: Work, token: str) -> SubmittedForm:
    """Return what came of a form; the same form sent in meanwhile waits."""
    digest = work.engine.cipher.blind("form", token)
    ensure_row(
        work.session, SubmittedForm, token=digest, result="", submitted_at=work.now
    )
    return work.session.get_one(
        SubmittedForm, digest, with_for_update=True, populate_existing=True
    )


def result_of_form(work: Work, token: str) -> str:
    """Return the public id of what came of a form; empty if nothing did."""
    digest = work.engine.cipher.blind("form", token)
    form = work.session.get(SubmittedForm, digest)
    return form.result if form else ""


def anything_to_forget(work: Work) -> bool:
    """Tell whether there are rows whose time is over."""
    stale = select(VisitorCount.who).where(VisitorCount.resets_at <= work.now)
    old = select(SubmittedForm.token).where(
        SubmittedForm.submitted_at <= work.now - FORM_KNOWN_FOR
    )
    return bool(work.session.scalar(select(exists(stale) | exists(old))))


def forget(work: Work) -> None:
    """Remove the rows whose time is over."""
    work.session.execute(delete(VisitorCount).where(VisitorCount.resets_at <= work.now))
    work.session.execute(
        delete(SubmittedForm).where(
            SubmittedForm.submitted_at <= work.now - FORM_KNOWN_FOR
        )
    )
