"""The only reader of the wall clock, and the office's zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

#: Where the offices are: dates are dates of this zone, instants are UTC.
OFFICE_ZONE = ZoneInfo("Asia/Shanghai")

#: Answers the present instant, in UTC.
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)  # noqa: TID251 (this is the one reader)


def movable_clock(offset_file: Path) -> Clock:
    """Return a clock that runs ahead of the real one by the seconds in a file.

    For tests of a running server; `run.py` refuses it for a real office.
    """

    def now() -> datetime:
        offset = offset_file.read_text().strip() if offset_file.exists() else "0"
        return system_clock() + timedelta(seconds=float(offset or 0))

    return now


def office_date(instant: datetime) -> date:
    """Return the date in the office on which an instant falls."""
    return instant.astimezone(OFFICE_ZONE).date()


def start_of(day: date) -> datetime:
    """Return the instant at which a day begins in the office, in UTC."""
    return datetime.combine(day, time.min, OFFICE_ZONE).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the instant at which a limit ending on a day has expired, in UTC."""
    return start_of(day + timedelta(days=1))
