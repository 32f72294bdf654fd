"""The command `workdays`: working days counted and listed, and a notice imported."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import click
from sqlalchemy.orm import Session

from engine.calendar import (
    NATIONAL,
    Calendar,
    DateOutOfRange,
    YearListing,
    in_words,
    national_calendar,
)
from engine.calendars import (
    UnknownCalendar,
    decode_csv,
    load_calendar,
    parse_csv,
    store_year,
)
from engine.clock import Clock, system_clock
from engine.commands.output import (
    NEGATIVE_NUMBERS,
    IsoDate,
    JsonGroup,
    WholeNumber,
    json_option,
    usage_errors,
    write_json,
)

#: Opens a session on the database at a URL.
OpenSession = Callable[[str], AbstractContextManager[Session]]

region_option = click.option(
    "--region", metavar="CODE", default=NATIONAL, help="日历代码，默认全国（CN）。"
)
calendar_database_option = click.option(
    "--database", metavar="URL", help="用这个数据库里的日历；不写则不打开数据库。"
)


def workdays(
    open_session: OpenSession,
    open_writing: OpenSession,
    *,
    clock: Clock = system_clock,
) -> click.Group:
    """Return the commands; leaving what `open_writing` opens commits."""
    group = JsonGroup("workdays", help="推算工作日。")

    @group.command("add", context_settings=NEGATIVE_NUMBERS)
    @click.argument("start", metavar="DATE", type=IsoDate())
    @click.argument("number", metavar="N", type=WholeNumber())
    @region_option
    @calendar_database_option
    @json_option
    def add(
        start: date, number: int, region: str, database: str | None, as_json: bool
    ) -> None:
        """DATE 之后第 N 个工作日；N 为 0 是当日或其后首个工作日，为负则往前。"""
        calendar = calendar_for(open_session, region, database)
        with usage_errors(DateOutOfRange):
            result = calendar.add_working_days(start, number)
        if as_json:
            write_json({"date": result.date, "provisional": result.provisional})
        else:
            click.echo(in_words(result.date) + _provisionally(result.provisional))

    @group.command("count")
    @click.argument("after", metavar="A", type=IsoDate())
    @click.argument("until", metavar="B", type=IsoDate())
    @region_option
    @calendar_database_option
    @json_option
    def count(
        after: date, until: date, region: str, database: str | None, as_json: bool
    ) -> None:
        """A 之后到 B 为止（含 B）的工作日数。"""
        calendar = calendar_for(open_session, region, database)
        with usage_errors(DateOutOfRange):
            result = calendar.count_working_days(after, until)
        if as_json:
            write_json({"count": result.count, "provisional": result.provisional})
        else:
            click.echo(f"{result.count} 个工作日" + _provisionally(result.provisional))

    @group.command("list")
    @click.argument("year", metavar="YEAR", type=WholeNumber())
    @region_option
    @calendar_database_option
    @json_option
    def list_year(year: int, region: str, database: str | None, as_json: bool) -> None:
        """YEAR 年的放假日和调休上班日。"""
        calendar = calendar_for(open_session, region, database)
        with usage_errors(DateOutOfRange):
            listing = calendar.year(year)
        if as_json:
            write_json(
                {
                    "year": listing.year,
                    "known": listing.known,
                    "off": listing.off,
                    "make_up": listing.make_up,
                    "working_days": listing.working_days,
                }
            )
        else:
            _tell_year(calendar, listing)

    @group.command("import")
    @click.argument(
        "file",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
    )
    @click.option(
        "--year", metavar="Y", type=WholeNumber(), required=True, help="年份。"
    )
    @click.option(
        "--source", metavar="TEXT", required=True, help="放假通知的名称和文号。"
    )
    @region_option
    @click.option("--name", metavar="TEXT", default="", help="新日历的名称。")
    @click.option("--database", metavar="URL", required=True, help="存入的数据库。")
    @json_option
    def import_year(
        file: Path,
        year: int,
        source: str,
        region: str,
        name: str,
        database: str,
        as_json: bool,
    ) -> None:
        """把 FILE（CSV：date,kind,name）存为日历的一年，取代该年原来的版本。"""
        days = parse_csv(decode_csv(file.read_bytes()))
        with open_writing(database) as session:
            version = store_year(
                session,
                code=region,
                name=name or (national_calendar().name if region == NATIONAL else ""),
                year=year,
                off=days.off,
                make_up=days.make_up,
                names=days.names,
                source=source,
                at=clock(),
                by=None,
            )
            stored = {"region": region, "year": year, "version": version.id}
        if as_json:
            write_json(stored)
        else:
            click.echo(f"日历 {region} 的{year}年已存入，版本号 {stored['version']}。")

    return group


def calendar_for(
    open_session: OpenSession, region: str, database: str | None
) -> Calendar:
    """Return the calendar that --region and --database name.

    Without a database there is the national one alone, and none is opened.
    """
    with usage_errors(UnknownCalendar):
        if database is None:
            if region != NATIONAL:
                raise UnknownCalendar(region)
            return national_calendar()
        with open_session(database) as session:
            return load_calendar(session, region)


def _provisionally(provisional: bool) -> str:
    return "（暂定：所涉年份的放假通知尚未载入）" if provisional else ""


def _tell_year(calendar: Calendar, listing: YearListing) -> None:
    click.echo(
        f"{listing.year}年（{calendar.name}）：{listing.working_days} 个工作日"
        + _provisionally(not listing.known)
    )
    click.echo(f"依据：{listing.source}")
    for heading, days in (("放假", listing.off), ("调休上班", listing.make_up)):
        click.echo(f"{heading} {len(days)} 天")
        for day in days:
            click.echo(f"  {in_words(day)} {calendar.day_name(day)}")
