"""A vacancy to be filled: shows nothing of the case that waits for it."""

from sqlalchemy import select

from engine.work import Work
from models.people import ROLE_NAMES, Organisation, Role
from models.workflow import Case, CaseParty
from web.office.records.shape import Record


def record(work: Work, case: Case) -> Record:
    """Return the place that needs somebody."""
    place = work.session.scalars(
        select(Organisation)
        .join(CaseParty, CaseParty.organisation_id == Organisation.id)
        .where(CaseParty.case_id == case.id, CaseParty.part == "answering")
    ).one()
    return Record(
        "office/records/appointment.html",
        {"place": place, "roles": [ROLE_NAMES[role] for role in Role]},
    )
