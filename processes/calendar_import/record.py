"""The notice of a case: begun here, kept in the register of calendar imports."""

from engine.authoring import NotAllowed, Work, calendar_of, claim, open_tasks
from models.people import Organisation, Role
from models.workflow import Case
from processes.registers.calendar_imports import open_import


def begin(work: Work) -> Case:
    """Open a case for the next year whose notice is not known; the actor types it.

    Raises:
        NotAllowed: the actor administers no agency.
    """
    place_id = next(
        (
            holding.organisation_id
            for holding in work.actor.roles
            if holding.role == Role.SYSTEM_ADMINISTRATOR
        ),
        None,
    )
    if place_id is None:
        msg = "放假安排由系统管理员录入，您不担任这个角色。"
        raise NotAllowed(msg)
    agency = work.session.get_one(Organisation, place_id)
    calendar = calendar_of(work, agency)
    year = work.today.year
    while calendar.is_known(year):
        year += 1
    case = open_import(work, agency, year)
    claim(work, open_tasks(work, case)[0])
    return case
