"""Holiday notices of our own making, and how tests bring them in."""

from pathlib import Path

from engine.calendar import CalendarYear
from engine.calendars import store_year
from engine.holiday_notice import parse_notice
from engine.work import Work

#: What the invented notice of 2027 says; no agency has ever issued it.
TEXT_2027 = (Path(__file__).parent / "invented_2027.txt").read_text(encoding="utf-8")

NAME_2027 = "云川市人民政府办公室关于2027年部分节假日安排的通知"


def year_2027(text: str = TEXT_2027) -> CalendarYear:
    """Return 2027 as a notice arranges it."""
    days = parse_notice(text, 2027).days
    return CalendarYear(2027, days.off, days.make_up, NAME_2027, days.names)


def bring_in(work: Work, year: CalendarYear) -> None:
    """Store a year of the national calendar, as two people would have confirmed it."""
    store_year(
        work.session,
        code="CN",
        name="全国",
        year=year.year,
        off=year.off,
        make_up=year.make_up,
        names=year.names,
        source=year.source,
        at=work.now,
        by=None,
    )
