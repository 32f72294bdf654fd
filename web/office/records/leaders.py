"""A head who has interpreted nothing yet this year, beside the reminder's form."""

from sqlalchemy import select

from engine.work import Work
from models.interpretations import Interpretation, InterpretationState, LeaderReminder
from models.people import Person
from models.workflow import Case
from processes.registers.leaders import published_by
from web.office.records.shape import Record


def record(work: Work, case: Case) -> Record:
    """Return whom the reminder is about, and what is on its way to the public."""
    told = work.session.scalars(
        select(LeaderReminder).where(LeaderReminder.case_id == case.id)
    ).one()
    coming = work.session.scalars(
        select(Interpretation)
        .where(
            Interpretation.organisation_id == case.agency_id,
            Interpretation.state == InterpretationState.SIGNED,
        )
        .order_by(Interpretation.id)
    ).all()
    return Record(
        "office/records/leader.html",
        {
            "person": work.session.get_one(Person, told.person_id),
            "place": case.agency,
            "year": told.year,
            "published": len(published_by(work, told.person_id, told.year)),
            "coming": coming,
        },
    )
