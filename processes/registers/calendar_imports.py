"""Notices on their way into a calendar: read, looked at by two people, stored."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from engine.authoring import (
    Calendar,
    CalendarYear,
    Engine,
    Work,
    calendar_of,
    calendars,
    holiday_notice,
    recomputation,
    settings,
    start,
)
from models.calendar import CalendarImport, DayKind
from models.people import Organisation, Role, RoleHolding, Root
from models.workflow import Case

#: The process that brings a notice into a calendar.
PROCESS = "calendar_import"

#: The days that statute gives everybody (全国年节及纪念日放假办法 Art 2).
_STATUTORY_DAYS = 13

_CSV = re.compile(r"\s*(date|日期|\d{4}[-/]\d{1,2}[-/]\d{1,2})\s*,", re.IGNORECASE)


@dataclass(frozen=True)
class Effect:
    """What a notice makes of its year, beside what is in force."""

    before: Calendar
    after: Calendar
    year: int
    #: Days that would become free, and days that would become worked.
    freed: Sequence[date]
    worked: Sequence[date]
    #: The limits that run and would lie on another day, of the office's own tree.
    changes: Sequence[recomputation.Change]
    #: How many more there are in other trees that share the calendar.
    elsewhere: int

    @property
    def working_days(self) -> int:
        """The working days of the year."""
        return self.after.year(self.year).working_days

    @property
    def expected(self) -> int:
        """The working days of a year that only moves the statutory days about."""
        weekdays = sum(day.weekday() < 5 for day in _days_of(self.year))
        return weekdays - _STATUTORY_DAYS

    @property
    def by_limit(self) -> list[tuple[str, int]]:
        """How many limits would move, by what they are called."""
        return Counter(change.title for change in self.changes).most_common()


def open_import(work: Work, agency: Organisation, year: int) -> Case:
    """Open a case in which a year of an agency's calendar is brought in."""
    code = agency.calendar_code

    def keep(case: Case) -> None:
        work.session.add(
            CalendarImport(
                case_id=case.id, root_id=case.root_id, calendar_code=code, year=year
            )
        )
        work.session.flush()

    name = calendar_of(work, agency).name
    return start(
        work,
        PROCESS,
        title=f"{year}年放假安排（{name}）",
        place=agency,
        number_prefix="日历",
        about=keep,
    )


def import_of(work: Work, case: Case) -> CalendarImport:
    """Return the notice of a case."""
    return work.session.get_one(CalendarImport, case.id)


def is_kept(found: CalendarImport, year: int, source: str, text: str) -> bool:
    """Tell whether exactly this has been read before."""
    return bool(found.days) and (found.year, found.source, found.text) == (
        year,
        source,
        text,
    )


def keep(work: Work, found: CalendarImport, year: int, source: str, text: str) -> None:
    """Read a notice, or rows of CSV, and keep what was read.

    Raises:
        Refusal: a sentence is not certain, or the days cannot be a whole year.
    """
    if _CSV.match(text):
        days = calendars.parse_csv(text)
    else:
        days = holiday_notice.parse_notice(text, year).days
    calendars.refuse_bad_year(year, days.off, days.make_up)
    found.year, found.source, found.text = year, source, text
    found.days = [
        {
            "day": str(day),
            "kind": kind.value,
            "name": days.names.get(day, ""),
            "sentence": days.sentences.get(day, ""),
        }
        for kind, several in ((DayKind.OFF, days.off), (DayKind.MAKE_UP, days.make_up))
        for day in sorted(several)
    ]
    found.case.title = re.sub(r"^\d+", str(year), found.case.title)
    work.session.flush()


def year_of(found: CalendarImport) -> CalendarYear:
    """Return what was read, as a year of a calendar."""
    return CalendarYear(
        year=found.year,
        off=_days(found, DayKind.OFF),
        make_up=_days(found, DayKind.MAKE_UP),
        source=found.source,
        names={
            date.fromisoformat(row["day"]): row["name"]
            for row in found.days
            if row["name"]
        },
    )


def effect(work: Work, found: CalendarImport) -> Effect:
    """Return what a notice that was read would change; nothing is written."""
    code, year = found.calendar_code, found.year
    before = calendars.load_calendar(work.session, code)
    after = calendars.with_year(work.session, code, year_of(found))
    changes = recomputation.preview(work, after, year=year)
    own = [change for change in changes if change.case.root_id == found.root_id]
    different = [
        day
        for day in _days_of(year)
        if before.is_working_day(day) != after.is_working_day(day)
    ]
    return Effect(
        before=before,
        after=after,
        year=year,
        freed=[day for day in different if not after.is_working_day(day)],
        worked=[day for day in different if after.is_working_day(day)],
        changes=own,
        elsewhere=len(changes) - len(own),
    )


def store(work: Work, found: CalendarImport) -> None:
    """Store the year that two people have looked at; the limits that run follow soon.

    Raises:
        Refusal: the days cannot be a whole year.
    """
    year = year_of(found)
    version = calendars.store_year(
        work.session,
        code=found.calendar_code,
        name=calendars.load_calendar(work.session, found.calendar_code).name,
        year=found.year,
        off=year.off,
        make_up=year.make_up,
        names=year.names,
        source=found.source,
        at=work.now,
        by=work.actor.person_id,
    )
    found.version_id = version.id
    work.session.flush()
    # The job goes through the cases that run, one act each.
    work.after_commit.append(work.engine.wake)


def to_remind(work: Work) -> list[tuple[Organisation, int]]:
    """Return where next year's notice is to be brought in: once a tree and calendar.

    From the day of `calendar.remind_on` (notices come in the last months of the year
    before), as long as the next year is not known. Its administrator is asked.
    """
    found = []
    for root in work.session.scalars(select(Root).order_by(Root.id)):
        wanted = settings.read(
            work.session, "calendar.remind_on", on=work.today, root_id=root.id
        )
        if work.today < date.fromisoformat(f"{work.today.year}-{wanted}"):
            continue
        for agency in _by_calendar(work, root):
            year = work.today.year + 1
            known = calendar_of(work, agency).is_known(year)
            if not known and not _is_begun(work, agency, year):
                found.append((agency, year))
    return found


def remind(engine: Engine) -> None:
    """Open the task that asks for next year's notice.

    Looks as a reader first: a round that finds nothing makes no writer wait.
    """
    with engine.read() as work:
        due = to_remind(work)
    if not due:
        return
    with engine.work() as work:
        for agency, year in to_remind(work):
            open_import(work, agency, year)


def _by_calendar(work: Work, root: Root) -> list[Organisation]:
    """Return an agency with an administrator for each calendar of a tree."""
    agencies = work.session.scalars(
        select(Organisation)
        .join(RoleHolding, RoleHolding.organisation_id == Organisation.id)
        .where(
            Organisation.root_id == root.id,
            RoleHolding.role == Role.SYSTEM_ADMINISTRATOR,
            RoleHolding.valid_from <= work.today,
            RoleHolding.valid_to.is_(None) | (RoleHolding.valid_to >= work.today),
        )
        .order_by(Organisation.id.desc())
    )
    first = {agency.calendar_code: agency for agency in agencies}
    return [first[code] for code in sorted(first)]


def _is_begun(work: Work, agency: Organisation, year: int) -> bool:
    begun = select(CalendarImport.case_id).where(
        CalendarImport.root_id == agency.root_id,
        CalendarImport.calendar_code == agency.calendar_code,
        CalendarImport.year == year,
    )
    return work.session.scalars(begun.limit(1)).one_or_none() is not None


def _days(found: CalendarImport, kind: DayKind) -> frozenset[date]:
    return frozenset(
        date.fromisoformat(row["day"]) for row in found.days if row["kind"] == kind
    )


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [
        first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)
    ]
