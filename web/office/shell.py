"""What stands around every office page: who is logged in, counts, what can be begun."""

from dataclasses import dataclass
from datetime import date

from flask import render_template

from engine import inbox, settings
from engine.calendar import Calendar
from engine.calendars import load_calendar
from engine.work import Work
from models.people import Organisation, Role
from processes.registers import case_lists, request_list
from processes.registers.annual_reports import REPORT_READERS
from processes.registers.documents import RETURNS_READERS


@dataclass(frozen=True)
class Shell:
    """The frame of a page, for the actor of the work."""

    name: str
    place: str
    today: date
    in_hand: int
    to_claim: int
    #: Processes that the actor may begin: key, and what the button says.
    begins: list[tuple[str, str]]
    administrator: bool
    #: Whether the actor reads how the agencies below stand.
    oversees: bool
    #: Whether the actor reads the annual report.
    reports: bool
    #: Whether the actor reads a register of requests.
    requests: bool
    #: Whether the actor reads a register of 更正, and of 复议 and 诉讼.
    corrections: bool
    challenges: bool
    soon: int
    calendar: Calendar

    @property
    def working_day(self) -> bool:
        """Whether today is a working day for the actor's agency."""
        return self.calendar.is_working_day(self.today)


def shell(work: Work) -> Shell:
    """Return the frame for the actor."""
    actor = work.actor
    agency = (
        work.session.get(Organisation, actor.agency_id) if actor.agency_id else None
    )
    return Shell(
        name=actor.name,
        place=inbox.organisation_name(work),
        today=work.today,
        in_hand=inbox.count_in_hand(work),
        to_claim=inbox.count_to_claim(work),
        begins=[
            (process.key, process.texts.begin)
            for process in work.engine.definitions
            if process.begin is not None
            and any(actor.has_role(role) for role in process.begun_by)
        ],
        administrator=actor.has_role(Role.SYSTEM_ADMINISTRATOR),
        oversees=any(actor.has_role(role) for role in RETURNS_READERS),
        reports=any(actor.has_role(role) for role in REPORT_READERS),
        requests=any(actor.has_role(role) for role in request_list.READERS),
        corrections=case_lists.reads(work, case_lists.CORRECTIONS),
        challenges=case_lists.reads(work, case_lists.CHALLENGES),
        soon=settings.read(
            work.session, "inbox.soon", on=work.today, organisation=agency
        ),
        calendar=load_calendar(work.session, agency.calendar_code if agency else "CN"),
    )


def page(
    template: str, work: Work, *, frame: Shell | None = None, **values: object
) -> str:
    """Render an office page inside its frame, made here if the view needed none."""
    return render_template(template, shell=frame or shell(work), work=work, **values)
