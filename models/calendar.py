"""Stored holiday calendars: which days a notice names as off and which as worked."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, one_of
from models.workflow import Case


class DayKind(StrEnum):
    """What a notice says about a day: off, or worked although it is a weekend day."""

    OFF = "off"
    MAKE_UP = "make_up"


class StoredCalendar(Base):
    """The calendar of a region, or under CN the corrections to the national one."""

    __tablename__ = "calendar"
    __table_args__ = (
        CheckConstraint("code <> ''", name="code_given"),
        CheckConstraint("name <> ''", name="name_given"),
    )

    #: CN, or the division code of the region (GB/T 2260).
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))


class CalendarVersion(Base):
    """One import of a notice for one year; the next import supersedes it.

    Dates already computed name their version, so no version is changed or deleted.
    """

    __tablename__ = "calendar_version"
    __table_args__ = (
        CheckConstraint("year BETWEEN 1900 AND 2100", name="year_possible"),
        CheckConstraint("source <> ''", name="source_given"),
        CheckConstraint("superseded_by <> id", name="superseded_by_another"),
        Index(
            "uq_calendar_version_current",
            "calendar_code",
            "year",
            unique=True,
            sqlite_where=text("superseded_by IS NULL"),
            postgresql_where=text("superseded_by IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    calendar_code: Mapped[str] = mapped_column(ForeignKey("calendar.code"))
    year: Mapped[int]
    #: The notice, with its number or date.
    source: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime]
    #: The person's key; empty if imported from the command line.
    imported_by: Mapped[int | None] = mapped_column(RowId)
    #: Empty in the current version of the year.
    superseded_by: Mapped[int | None] = mapped_column(ForeignKey("calendar_version.id"))

    days: Mapped[list["CalendarDay"]] = relationship(order_by="CalendarDay.day")


class CalendarDay(Base):
    """One day that a version names."""

    __tablename__ = "calendar_day"
    __table_args__ = (one_of("kind", DayKind),)

    version_id: Mapped[int] = mapped_column(
        ForeignKey("calendar_version.id"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    #: The festival, as the notice calls it.
    name: Mapped[str | None] = mapped_column(String(100))


class CalendarImport(Base):
    """A notice on its way into a calendar: as typed, as read, and who confirmed it."""

    __tablename__ = "calendar_import"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    calendar_code: Mapped[str] = mapped_column(String(12))
    year: Mapped[int]
    #: The notice, with its number or date.
    source: Mapped[str] = mapped_column(Text, default="")
    #: What was pasted, a notice or rows of CSV.
    text: Mapped[str] = mapped_column(Text, default="")
    #: What was read from it: for each day its kind, its name, its sentence.
    days: Mapped[list[Any]] = mapped_column(default=list)
    #: The stored version, once a second person has confirmed.
    version_id: Mapped[int | None] = mapped_column(ForeignKey("calendar_version.id"))

    case: Mapped[Case] = relationship()
