"""Stored calendars: a notice imported, superseded, and refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Table, create_engine, event, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.calendar import DateOutOfRange, national_calendar
from engine.calendars import (
    BadCalendarCode,
    BadCalendarRow,
    CalendarTextMissing,
    DayOutsideYear,
    MakeUpOnWeekday,
    OffAndMakeUp,
    StatutoryDayMissing,
    TooFewDaysOff,
    UnknownCalendar,
    decode_csv,
    load_calendar,
    parse_csv,
    store_year,
)
from models.base import Base
from models.calendar import CalendarDay, CalendarVersion, StoredCalendar

#: 2027 as a notice might arrange it; 13 statutory days and a few around them.
OFF_2027 = {
    date(2027, 1, 1),  # Friday
    *(date(2027, 2, 5) + timedelta(days=i) for i in range(7)),  # Friday to Thursday
    date(2027, 4, 5),  # Monday
    *(date(2027, 5, i) for i in (1, 2, 3)),  # Saturday to Monday
    date(2027, 6, 9),  # Wednesday
    date(2027, 9, 15),  # Wednesday
    *(date(2027, 10, i) for i in range(1, 8)),  # Friday to Thursday
}
MAKE_UP_2027 = {date(2027, 2, 20), date(2027, 10, 9)}  # Saturdays

NOTICE: dict[str, Any] = {
    "code": "CN",
    "name": "全国",
    "year": 2027,
    "off": OFF_2027,
    "make_up": MAKE_UP_2027,
    "names": {date(2027, 1, 1): "元旦"},
    "source": "国务院办公厅关于2027年部分节假日安排的通知",
    "at": datetime(2026, 11, 5, 2, 0, tzinfo=UTC),  # Thursday
    "by": None,
}

NINGXIA = NOTICE | {"code": "640000", "name": "宁夏"}


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    event.listen(
        engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=ON")
    )
    with engine.connect() as connection:
        make_tables(connection)
        with Session(connection) as session:
            yield session
    engine.dispose()


def make_tables(connection: Connection) -> None:
    names = ("calendar", "calendar_version", "calendar_day")
    tables: list[Table] = [Base.metadata.tables[name] for name in names]
    Base.metadata.create_all(connection, tables=tables)


# Loading.


def test_without_anything_stored_the_national_calendar_is_the_librarys(
    session: Session,
) -> None:
    assert load_calendar(session) is national_calendar()


def test_a_region_that_is_not_stored_is_unknown(session: Session) -> None:
    with pytest.raises(UnknownCalendar, match="640000"):
        load_calendar(session, "640000")


def test_an_imported_notice_makes_its_year_known(session: Session) -> None:
    store_year(session, **NOTICE)
    calendar = load_calendar(session)
    assert calendar.is_known(2027)
    assert calendar.is_known(2026)
    # Friday 2026-12-04 to Monday 2027-01-04, now certain.
    result = calendar.add_working_days(date(2026, 12, 4), 20)
    assert (result.date, result.provisional) == (date(2027, 1, 4), False)


def test_a_stored_year_comes_back_as_it_was_given(session: Session) -> None:
    store_year(session, **NOTICE)
    session.expire_all()
    listing = load_calendar(session).year(2027)
    assert set(listing.off) == OFF_2027
    assert set(listing.make_up) == MAKE_UP_2027
    assert listing.source == "国务院办公厅关于2027年部分节假日安排的通知"


def test_days_keep_the_names_of_the_notice(session: Session) -> None:
    store_year(session, **NOTICE)
    calendar = load_calendar(session)
    assert calendar.day_name(date(2027, 1, 1)) == "元旦"
    assert calendar.day_name(date(2027, 10, 1)) == "放假"
    assert calendar.day_name(date(2027, 10, 9)) == "调休上班"


def test_a_stored_national_year_replaces_the_librarys_whole(session: Session) -> None:
    off = set(national_calendar().year(2026).off) | {date(2026, 9, 3)}  # Thursday
    store_year(session, **NOTICE | {"year": 2026, "off": off, "make_up": set()})
    calendar = load_calendar(session)
    assert not calendar.is_working_day(date(2026, 9, 3))
    assert not calendar.is_working_day(date(2026, 9, 20))  # Sunday, no longer worked
    assert calendar.is_working_day(date(2025, 9, 28))  # Sunday, as the library has it


def test_a_region_has_its_own_years_alone(session: Session) -> None:
    store_year(session, **NINGXIA)
    ningxia = load_calendar(session, "640000")
    assert ningxia.name == "宁夏"
    assert ningxia.is_known(2027)
    assert not ningxia.is_known(2026)
    assert not load_calendar(session).is_known(2027)


# Versions.


def test_the_next_import_supersedes_the_one_before(session: Session) -> None:
    first = store_year(session, **NOTICE)
    second = store_year(session, **NOTICE | {"make_up": set()})
    third = store_year(session, **NOTICE)
    session.expire_all()
    assert [v.superseded_by for v in (first, second, third)] == [
        second.id,
        third.id,
        None,
    ]
    assert set(load_calendar(session).year(2027).make_up) == MAKE_UP_2027


def test_a_superseded_version_keeps_its_days(session: Session) -> None:
    first = store_year(session, **NOTICE)
    store_year(session, **NOTICE | {"make_up": set()})
    session.expire_all()
    assert {day.day for day in first.days} == OFF_2027 | MAKE_UP_2027


def test_every_import_gives_the_calendar_another_version(session: Session) -> None:
    versions = [load_calendar(session).version]
    for _ in range(2):
        store_year(session, **NOTICE)
        versions.append(load_calendar(session).version)
    assert len(set(versions)) == 3
    assert max(map(len, versions)) <= 80


def test_a_year_never_has_two_current_versions(session: Session) -> None:
    store_year(session, **NOTICE)
    session.add(
        CalendarVersion(
            calendar_code="CN",
            year=2027,
            source="另一份通知",
            imported_at=datetime(2026, 11, 6, 2, 0, tzinfo=UTC),
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_day_of_another_kind_is_refused_by_the_database(session: Session) -> None:
    version = store_year(session, **NOTICE)
    session.add(CalendarDay(version_id=version.id, day=date(2027, 3, 3), kind="half"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_it_is_kept_who_imported_and_when(session: Session) -> None:
    version = store_year(session, **NOTICE | {"by": 7})
    session.expire_all()
    assert version.imported_by == 7
    assert version.imported_at == datetime(2026, 11, 5, 2, 0, tzinfo=UTC)


def test_a_calendar_keeps_its_first_name(session: Session) -> None:
    store_year(session, **NINGXIA)
    store_year(session, **NINGXIA | {"name": "", "make_up": set()})
    assert load_calendar(session, "640000").name == "宁夏"


# Refusals; nothing is stored.


@pytest.mark.parametrize(
    ("change", "refusal", "sentence"),
    [
        # A Thursday of the year before, as notices sometimes name it.
        (
            {"off": OFF_2027 | {date(2026, 12, 31)}},
            DayOutsideYear,
            "2026年12月31日 周四不在2027年内：请把它加进2026年的安排",
        ),
        ({"make_up": {date(2027, 2, 22)}}, MakeUpOnWeekday, "2027年2月22日 周一不是"),
        ({"make_up": {date(2027, 2, 6)}}, OffAndMakeUp, "2027年2月6日 周六既列为"),
        (
            {"off": OFF_2027 - {date(2027, 10, 2)}},
            StatutoryDayMissing,
            "2027年10月2日 周六（国庆节）依法放假",
        ),
        (
            {"off": OFF_2027 - {date(2027, 5, 2)}},
            StatutoryDayMissing,
            "2027年5月2日 周日（劳动节）依法放假",
        ),
        (
            {"off": {d for d in OFF_2027 if d.month in (1, 5, 10)}},
            StatutoryDayMissing,
            "2027年2月5日 周五（春节）依法放假",
        ),
        (
            {"off": OFF_2027 - {date(2027, 6, 9)}},
            StatutoryDayMissing,
            "2027年6月9日 周三（端午节）依法放假",
        ),
        (
            {
                "year": 2008,
                "off": {
                    date(2008, *day)
                    for day in ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
                },
                "make_up": set(),
            },
            TooFewDaysOff,
            "2008年只列出5个放假日，法定至少10天",
        ),
        ({"source": "  "}, CalendarTextMissing, "请写明放假通知"),
        ({"code": "640000", "name": ""}, CalendarTextMissing, "请写明新日历的名称"),
        ({"code": "宁夏"}, BadCalendarCode, "行政区划代码"),
        ({"year": 2101}, DateOutOfRange, "1900年至2100年"),
    ],
)
def test_days_that_cannot_be_a_notice_are_refused(
    session: Session, change: dict[str, Any], refusal: type[Exception], sentence: str
) -> None:
    with pytest.raises(refusal, match=sentence):
        store_year(session, **NOTICE | change)
    session.flush()
    assert session.scalar(select(func.count()).select_from(StoredCalendar)) == 0


def test_before_2025_the_second_of_may_was_not_statutory(session: Session) -> None:
    second_of_may = date(2008, 5, 2)  # Friday
    off = set(national_calendar().year(2008).off) - {second_of_may}
    store_year(session, **NINGXIA | {"year": 2008, "off": off, "make_up": set()})
    assert load_calendar(session, "640000").is_working_day(second_of_may)


# The file.


def test_a_file_gives_days_kinds_and_names() -> None:
    days = parse_csv("date,kind,name\n2027-01-01,off,元旦\n2027-02-20,make_up,\n")
    assert days.off == {date(2027, 1, 1)}  # Friday
    assert days.make_up == {date(2027, 2, 20)}  # Saturday
    assert days.names == {date(2027, 1, 1): "元旦"}


def test_a_file_needs_neither_heading_nor_name_and_may_have_empty_lines() -> None:
    days = parse_csv("\ufeff2027-01-01,off\r\n\r\n,,\r\n2027-02-20 , make_up\r\n")
    assert days.off == {date(2027, 1, 1)}  # Friday
    assert days.make_up == {date(2027, 2, 20)}  # Saturday


def test_dates_may_be_written_as_spreadsheets_write_them() -> None:
    assert parse_csv("2027/1/1,off,元旦").off == {date(2027, 1, 1)}  # Friday


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2027-13-01,off,", "第1行：“2027-13-01”不是日期"),
        ("date,kind,name\n元旦,off,", "第2行：“元旦”不是日期"),
        ("2027-01-01,holiday,", "第1行：“holiday”应为 off（放假）或 make_up"),
        ("2027-01-01", "第1行：每行应为 date,kind,name 三栏"),
        ("2027-01-01,off,元旦,多", "第1行：每行应为 date,kind,name 三栏"),
        ("2027-01-01,off,\n\n2027-01-01,off,", "第3行：2027年1月1日 周五重复"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(text: str, sentence: str) -> None:
    with pytest.raises(BadCalendarRow, match=sentence):
        parse_csv(text)


@pytest.mark.parametrize("text", ["", "\n\n", "date,kind,name\n"])
def test_a_file_without_days_is_refused(text: str) -> None:
    with pytest.raises(CalendarTextMissing, match="一天也没有"):
        parse_csv(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_may_come_from_any_chinese_spreadsheet(encoding: str) -> None:
    assert decode_csv("2027-01-01,off,元旦".encode(encoding)) == "2027-01-01,off,元旦"


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(BadCalendarRow, match="不是文本"):
        decode_csv(b"\x89PNG\r\n\x1a\n\xff\xff")
