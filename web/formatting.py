"""How dates, lights and titles are written on screen."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Flask
from markupsafe import Markup, escape

from engine.calendar import Calendar
from engine.clock import OFFICE_ZONE, office_date
from engine.deadlines import NEVER, is_statutory
from engine.time_limits import Unit
from models.workflow import Deadline, DeadlineState

_WEEKDAYS = "一二三四五六日"
#: What days are called, by how many lie between them and today.
_NEAR_DAYS = {0: "今天", 1: "昨天", -1: "明天"}


@dataclass(frozen=True)
class Light:
    """How urgent something is: shape and words first, colour third."""

    #: overdue, today, soon, fine, paused, or none.
    state: str
    words: str
    #: Working days left, negative when overdue; None without a date, and where hours
    #: are counted.
    days: int | None
    provisional: bool = False


def light(calendar: Calendar, due_on: date | None, today: date, soon: int) -> Light:
    """Return the light for a last day, counted in working days after today."""
    if due_on is None or due_on == NEVER:
        return Light("none", "没有时限", None)
    if due_on < today:
        late = calendar.count_working_days(due_on, today)
        return Light("overdue", f"逾期 {late.count} 日", -late.count, late.provisional)
    if due_on == today:
        return Light("today", "今天到期", 0)
    left = calendar.count_working_days(today, due_on)
    state = "soon" if left.count <= soon else "fine"
    return Light(state, f"{left.count} 日", left.count, left.provisional)


def deadline_light(
    calendar: Calendar, deadline: Deadline | None, now: datetime, soon: int
) -> Light:
    """Return the light of a deadline; of one that counts hours, by the hour."""
    if deadline is not None and deadline.state == DeadlineState.PAUSED:
        return Light("paused", "暂停", None)
    if deadline is not None and deadline.due_at and counts_hours(deadline):
        return _hourly(deadline.due_at, now)
    due_on = deadline.due_on if deadline else None
    return light(calendar, due_on, office_date(now), soon)


def counts_hours(deadline: Deadline) -> bool:
    """Tell whether a limit runs by day and by night, and ends at an hour."""
    return deadline.unit == Unit.HOURS


def due_in_words(deadline: Deadline, today: date) -> str:
    """Write by when: the last day, or the hour where hours are counted.

    A paused one has no day.
    """
    if deadline.due_at and counts_hours(deadline):
        return f"{instant_in_words(deadline.due_at, today)} 前"
    return day_in_words(deadline.due_on, today) or "暂停"


def _hourly(due_at: datetime, now: datetime) -> Light:
    today = office_date(now)
    if now >= due_at:
        hours = (now - due_at) // timedelta(hours=1)
        return Light("overdue", f"逾期 {hours} 小时" if hours else "刚刚逾期", None)
    state = "today" if office_date(due_at) == today else "soon"
    return Light(state, f"{instant_in_words(due_at, today)} 前", None)


def day_in_words(day: date | None, today: date | None = None) -> str:
    """Write a date with its weekday; the year only when it is not this year."""
    if day is None:
        return ""
    year = f"{day.year}年" if today is None or day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日 周{_WEEKDAYS[day.weekday()]}"


def plain_day(day: date | None) -> str:
    """Write a date as the header of a document does."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def instant_in_words(instant: datetime | None, today: date) -> str:
    """Write an instant in the office: the hour for today and the days beside it, else
    the date and hour."""
    if instant is None:
        return ""
    local = instant.astimezone(OFFICE_ZONE)
    days = (today - local.date()).days
    if days in _NEAR_DAYS:
        return f"{_NEAR_DAYS[days]} {local:%H:%M}"
    year = f"{local.year}年" if local.year != today.year else ""
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"


def title_in_chunks(title: str) -> Markup:
    """Let a title break before 《 and after 关于印发, not inside of a name."""
    chunks = [part for part in re.split(r"(?=《)|(?<=关于印发)", title) if part]
    spans = (Markup('<span class="gk-chunk">{}</span>').format(part) for part in chunks)
    return Markup("").join(spans)


def file_size(size: int) -> str:
    """Write a size in the unit people read."""
    return (
        f"{size / 1_000_000:.1f} MB"
        if size >= 100_000
        else f"{max(size / 1000, 1):.0f} KB"
    )


def in_groups(code: str) -> str:
    """Write a code in groups of four, as people copy it."""
    return " ".join(code[begin : begin + 4] for begin in range(0, len(code), 4))


def paragraphs_to_html(text: str) -> Markup:
    """Keep a quotation's line breaks."""
    lines = [escape(line) for line in text.splitlines()]
    return Markup("<br>").join(lines)


def set_up(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters.update(
        day=day_in_words,
        due=due_in_words,
        plain_day=plain_day,
        office_day=office_date,
        instant=instant_in_words,
        chunks=title_in_chunks,
        file_size=file_size,
        lines=paragraphs_to_html,
        grouped=in_groups,
    )
    app.jinja_env.globals["is_statutory"] = is_statutory
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
