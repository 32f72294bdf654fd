"""Calendars as stored: an operator adds next year's notice without a new release."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engine.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    NATIONAL,
    Calendar,
    CalendarYear,
    DateOutOfRange,
    in_words,
    is_weekend,
    national_calendar,
    statutory_days,
)
from engine.errors import Refusal
from models.calendar import CalendarDay, CalendarVersion, DayKind, StoredCalendar


class CalendarRefused(Refusal):
    """Days that cannot be a year of a calendar; nothing was stored."""


class UnknownCalendar(CalendarRefused):
    """No calendar is stored under this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有代码为“{code}”的日历。")
        self.code = code


class BadCalendarCode(CalendarRefused):
    """A calendar is called CN or by the region's division code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"“{code}”不能作日历代码：应为 {NATIONAL} 或行政区划代码，如 640000。"
        )


class CalendarTextMissing(CalendarRefused):
    """A calendar without a name, or a year without the notice it comes from."""

    def __init__(self, what: str) -> None:
        super().__init__(f"请写明{what}。")


class DayOutsideYear(CalendarRefused):
    """A day of another year; a notice may reach over New Year."""

    def __init__(self, day: date, year: int) -> None:
        super().__init__(
            f"{in_words(day)}不在{year}年内：请把它加进{day.year}年的安排，"
            f"作为{day.year}年的新版本另行导入。"
        )


class MakeUpOnWeekday(CalendarRefused):
    """Only a Saturday or a Sunday can be worked instead of another day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{in_words(day)}不是周六或周日，不能是调休上班日。")


class OffAndMakeUp(CalendarRefused):
    """A day cannot be both off and worked."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{in_words(day)}既列为放假，又列为调休上班。")


class StatutoryDayMissing(CalendarRefused):
    """A notice never takes away a day that statute gives; part of it is missing."""

    def __init__(self, day: date, name: str) -> None:
        super().__init__(f"{in_words(day)}（{name}）依法放假，却没有列出。")


class TooFewDaysOff(CalendarRefused):
    """Fewer days off than statute gives; part of the notice is missing."""

    def __init__(self, year: int, given: int, least: int) -> None:
        super().__init__(
            f"{year}年只列出{given}个放假日，法定至少{least}天，通知可能不全。"
        )


class BadCalendarRow(CalendarRefused):
    """A line of the file cannot be understood."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"第{line}行：{reason}")
        self.line = line


@dataclass(frozen=True)
class NoticeDays:
    """The days that a notice names."""

    off: frozenset[date]
    make_up: frozenset[date]
    names: Mapping[date, str]
    #: The sentence of the notice, or the row of the file, that each day came from.
    sentences: Mapping[date, str]


def load_calendar(session: Session, code: str = NATIONAL) -> Calendar:
    """Return a calendar with the current version of each of its stored years.

    CN has the library's years as well, each one replaced whole by a stored one; a
    region has its stored years alone. Inside of `proposed` it is the proposed one.

    Raises: UnknownCalendar.
    """
    if code in session.info.get(_PROPOSED, {}):
        proposal: Calendar = session.info[_PROPOSED][code]
        return proposal
    # The national one is always there, stored or not.
    stored = session.get(StoredCalendar, code) if code != NATIONAL else None
    if stored is None and code != NATIONAL:
        raise UnknownCalendar(code)
    versions = session.scalars(
        select(CalendarVersion)
        .where(
            CalendarVersion.calendar_code == code,
            CalendarVersion.superseded_by.is_(None),
        )
        .options(selectinload(CalendarVersion.days))
    ).all()
    base = national_calendar()
    years = {version.year: _calendar_year(version) for version in versions}
    # Versions are only ever added, so the newest one tells the state of all years.
    newest = max((version.id for version in versions), default=None)
    if stored is None:
        if newest is None:
            return base
        years = {**base.years, **years}
        return Calendar(code, base.name, f"{base.version}#{newest}", years)
    return Calendar(code, stored.name, f"{code}#{newest or 0}", years)


@contextmanager
def proposed(session: Session, calendar: Calendar) -> Iterator[None]:
    """Count with a calendar that is not stored yet, to show what it would change."""
    proposals = session.info.setdefault(_PROPOSED, {})
    proposals[calendar.code] = calendar
    try:
        yield
    finally:
        del proposals[calendar.code]


def with_year(session: Session, code: str, year: CalendarYear) -> Calendar:
    """Return a calendar as it would be with another year; nothing is stored.

    Raises: CalendarRefused, DateOutOfRange.
    """
    refuse_bad_year(year.year, year.off, year.make_up)
    current = load_calendar(session, code)
    years = {**current.years, year.year: year}
    return Calendar(code, current.name, f"{current.version}+{year.year}", years)


def newest_source(session: Session, code: str) -> str:
    """Return the notice that a calendar changed by last; empty where none is stored."""
    return (
        session.scalars(
            select(CalendarVersion.source)
            .where(CalendarVersion.calendar_code == code)
            .order_by(CalendarVersion.id.desc())
            .limit(1)
        ).one_or_none()
        or ""
    )


def store_year(
    session: Session,
    *,
    code: str,
    name: str,
    year: int,
    off: Collection[date],
    make_up: Collection[date],
    names: Mapping[date, str],
    source: str,
    at: datetime,
    by: int | None,
) -> CalendarVersion:
    """Store a year of a calendar as its current version, superseding the one before.

    A calendar not stored before is made, under the name given; one that is there
    keeps its name. A job recomputes what runs and was counted with the old version.

    Raises: CalendarRefused, DateOutOfRange.
    """
    refuse_bad_year(year, off, make_up)
    if not source.strip():
        raise CalendarTextMissing("放假通知的名称和文号")
    # Two imports at once wait for each other here on PostgreSQL.
    if session.get(StoredCalendar, code, with_for_update=True) is None:
        session.add(_new_calendar(code, name))
        session.flush()
    version = CalendarVersion(
        calendar_code=code,
        year=year,
        source=source.strip(),
        imported_at=at,
        imported_by=by,
        days=[
            CalendarDay(day=day, kind=kind, name=names.get(day))
            for kind, days in ((DayKind.OFF, off), (DayKind.MAKE_UP, make_up))
            for day in sorted(days)
        ],
    )
    _supersede(session, _current(session, code, year), version)
    return version


def decode_csv(content: bytes) -> str:
    """Return the text of a CSV file, in UTF-8 or as a Chinese spreadsheet saves it.

    Raises: BadCalendarRow.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadCalendarRow(1, "文件不是文本，应为 UTF-8 或 GB18030 编码的 CSV。")


def parse_csv(text: str) -> NoticeDays:
    """Read rows of `date,kind,name`: kind is off or make_up, name may be empty.

    A heading, empty lines and dates as spreadsheets write them (2027/1/1) are
    accepted.

    Raises: BadCalendarRow, CalendarTextMissing.
    """
    kinds: dict[date, DayKind] = {}
    names: dict[date, str] = {}
    sentences: dict[date, str] = {}
    for line, cells in _rows(text):
        if not 2 <= len(cells) <= 3:
            raise BadCalendarRow(line, "每行应为 date,kind,name 三栏，名称可以留空。")
        day = _day(line, cells[0])
        if day in kinds:
            raise BadCalendarRow(line, f"{in_words(day)}重复。")
        if cells[1] not in set(DayKind):
            raise BadCalendarRow(
                line, f"“{cells[1]}”应为 off（放假）或 make_up（调休上班）。"
            )
        kinds[day] = DayKind(cells[1])
        sentences[day] = f"第{line}行：{','.join(cells)}"
        if len(cells) == 3 and cells[2]:
            names[day] = cells[2]
    if not kinds:
        raise CalendarTextMissing("放假和调休上班的日期，文件里一天也没有")
    return NoticeDays(
        off=frozenset(day for day, kind in kinds.items() if kind is DayKind.OFF),
        make_up=frozenset(
            day for day, kind in kinds.items() if kind is DayKind.MAKE_UP
        ),
        names=names,
        sentences=sentences,
    )


_CODE = re.compile(r"[A-Z0-9]{2,12}")
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)

#: Under what a session keeps the calendars that are only proposed.
_PROPOSED = "proposed_calendars"

#: Art. 2 of 全国年节及纪念日放假办法: the days that are the same dates every year.
_FIXED_DAYS = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}

#: The revision in force from 2025 added 2 May and New Year's Eve.
_REVISED_FROM = 2025

#: How many days statute gave before; what lunar dates they fell on is not checked.
_LEAST_DAYS_OFF = 10


def _calendar_year(version: CalendarVersion) -> CalendarYear:
    return CalendarYear(
        year=version.year,
        off=frozenset(day.day for day in version.days if day.kind == DayKind.OFF),
        make_up=frozenset(
            day.day for day in version.days if day.kind == DayKind.MAKE_UP
        ),
        source=version.source,
        names={day.day: day.name for day in version.days if day.name},
    )


def refuse_bad_year(
    year: int, off: Collection[date], make_up: Collection[date]
) -> None:
    """Refuse days that cannot be all of a year's notice.

    Raises: CalendarRefused, DateOutOfRange.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateOutOfRange
    for day in sorted({*off, *make_up}):
        if day.year != year:
            raise DayOutsideYear(day, year)
        if day in off and day in make_up:
            raise OffAndMakeUp(day)
        if day in make_up and not is_weekend(day):
            raise MakeUpOnWeekday(day)
    for day, name in _given_by_statute(year):
        if day not in off:
            raise StatutoryDayMissing(day, name)
    if len(off) < _LEAST_DAYS_OFF:
        raise TooFewDaysOff(year, len(off), _LEAST_DAYS_OFF)


def _given_by_statute(year: int) -> list[tuple[date, str]]:
    if year >= _REVISED_FROM:
        return statutory_days(year)
    return [(date(year, *day), name) for day, name in sorted(_FIXED_DAYS.items())]


def _new_calendar(code: str, name: str) -> StoredCalendar:
    if not _CODE.fullmatch(code):
        raise BadCalendarCode(code)
    if not name.strip():
        raise CalendarTextMissing("新日历的名称")
    return StoredCalendar(code=code, name=name.strip())


def _current(session: Session, code: str, year: int) -> CalendarVersion | None:
    return session.scalars(
        select(CalendarVersion).where(
            CalendarVersion.calendar_code == code,
            CalendarVersion.year == year,
            CalendarVersion.superseded_by.is_(None),
        )
    ).one_or_none()


def _supersede(
    session: Session, current: CalendarVersion | None, version: CalendarVersion
) -> None:
    """Add a version in place of the current one, of which there is never a second.

    The index of current versions is checked at every statement, and a reference must
    have its row: so the new one enters as if superseded, and the two change places.
    """
    session.add(version)
    if current is None:
        session.flush()
        return
    version.superseded_by = current.id
    session.flush()
    current.superseded_by = version.id
    session.flush()
    version.superseded_by = None
    session.flush()


def _rows(text: str) -> Iterable[tuple[int, list[str]]]:
    """Yield the lines that say something, with their numbers."""
    reader = csv.reader(text.removeprefix("\ufeff").splitlines())
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            heading = reader.line_num == 1 and stripped[:1] in (["date"], ["日期"])
            if any(stripped) and not heading:
                yield reader.line_num, stripped
    except csv.Error:
        raise BadCalendarRow(reader.line_num, "不是 CSV 格式。") from None


def _day(line: int, cell: str) -> date:
    found = _DATE.fullmatch(cell)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise BadCalendarRow(line, f"“{cell}”不是日期，应写作 2027-01-01 的样式。")
