"""A notice on its way into a calendar: its days drawn, and what they would move."""

from engine.work import Work
from models.workflow import Case
from processes.registers import calendar_imports as register
from web.office.calendar_view import months
from web.office.records.shape import Record

#: How many limits are listed one by one.
_LISTED = 100


def record(work: Work, case: Case) -> Record:
    """Return what was read from the notice, and what it changes as things stand."""
    found = register.import_of(work, case)
    typed = {"year": found.year, "source": found.source, "text": found.text}
    begins = {"enter_notice": typed}
    if not found.days:
        values = {"found": found, "effect": None}
        return Record("office/records/calendar.html", values, begins)
    effect = register.effect(work, found)
    return Record(
        "office/records/calendar.html",
        {
            "found": found,
            "effect": effect,
            "months": months(
                effect.after, found.year, None if found.version_id else effect.before
            ),
            "listed": effect.changes[:_LISTED],
            "more": max(len(effect.changes) - _LISTED, 0),
            "listing": effect.after.year(found.year),
        },
        begins,
    )
