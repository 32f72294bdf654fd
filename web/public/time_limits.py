"""时限计算器: anybody can compute by when a request must be answered, and see why."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from engine import settings
from engine.calendar import FIRST_YEAR, LAST_YEAR, NATIONAL, Calendar, DateOutOfRange
from engine.calendars import UnknownCalendar, load_calendar
from engine.errors import NotFound
from engine.work import Work
from models.applications import CHANNEL_NAMES, Channel
from models.calendar import StoredCalendar
from processes.registers.clock_events import (
    EVENT_NAMES,
    LABELLED,
    BadArgument,
    Event,
    EventKind,
    ImpossibleEvent,
    read_event,
)
from processes.registers.clock_ledger import LIMIT_ARTICLES, limit_in_words
from processes.registers.request_clock import (
    STATE_NAMES,
    Answer,
    Receipt,
    State,
    compute,
)
from web.public import blueprint
from web.security import gongkai

#: Nobody waits longer for an answer; a program might ask for more.
_LONGEST = timedelta(days=3 * 366)
_MOST_EVENTS = 40
#: Rows for events that stand open at first, and that are added at once.
_ROWS, _MORE_ROWS = 2, 3

#: Which day counts for each channel (Art 31), in a few words.
_CHANNELS = [
    (Channel.IN_PERSON, "提交的当天算收到"),
    (Channel.SIGNED_MAIL, "机关签收的当天算收到"),
    (Channel.INTERNET, "双方确认的当天；网站当即出具回执的，提交的当天"),
    (Channel.PLAIN_MAIL, "双方确认的当天算收到"),
    (Channel.FAX, "双方确认的当天算收到"),
    (Channel.ORAL, "在代写的申请上签字的当天算收到"),
]

_GROUPS = [
    ("补正", ("clarification_sent", "clarification_served", "corrected")),
    (
        "征求第三方意见",
        ("third_party_sent", "third_party_signed", "third_party_answered"),
    ),
    (
        "征求共同制作机关意见",
        ("comaker_sent", "comaker_signed", "comaker_answered"),
    ),
    ("征求其他机关意见", ("agency_sent", "agency_answered")),
    ("延长和延迟", ("extended", "reasons_requested", "delayed")),
    ("收费", ("fee_sent", "fee_served", "fee_paid")),
    ("结束", ("answered", "withdrawn", "closed")),
]


@dataclass
class Row:
    """One event as it stands in the form."""

    kind: str = ""
    on: str = ""
    argument: str = ""
    label: str = ""
    error: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into it."""
        return not (self.kind or self.on or self.argument or self.label)

    @property
    def written(self) -> str:
        """The event as the address of the page has it."""
        argument = f":{self.argument}" if self.argument else ""
        label = f"#{self.label}" if self.label else ""
        return f"{self.kind}={self.on}{argument}{label}"


@dataclass
class Form:
    """What stands in the form, and what is to be changed."""

    typed: dict[str, str]
    rows: list[Row]
    errors: dict[str, list[str]] = field(default_factory=dict)
    sentence: str = ""

    def refuse(self, name: str, sentence: str) -> None:
        """Say of a field what is to be changed."""
        self.errors.setdefault(name, []).append(sentence)


@dataclass(frozen=True)
class Computed:
    """What was asked, and the answer to it."""

    answer: Answer
    #: The day that parts what is over from what is left.
    today: date
    #: Working days after today, where the answer is still to come.
    left: int | None


@blueprint.get("/tools/time-limits")
def time_limits() -> AnyResponse:
    """Show the calculator, with its answer if something was asked."""
    if "kind" in request.args:
        # What is in the form goes into an address that can be read and passed on.
        return redirect(url_for("public.time_limits", **_address(request.args)))
    with gongkai().read() as work:
        form = _form(request.args)
        if "channel" in request.args and "rows" not in request.args:
            _refuse_without_day(form)
        computed = _computed(work, form) if form.typed["received"] else None
        page = render_template(
            "public/time_limits.html",
            form=form,
            computed=computed,
            state=STATE_NAMES[computed.answer.state] if computed else "",
            limits=_limits(computed.answer) if computed else [],
            channels=[(c.value, CHANNEL_NAMES[c], small) for c, small in _CHANNELS],
            events=_events(),
            calendars=_calendars(work),
            table=url_for("public.time_limits_table", **_address(request.args)),
        )
    return Response(page)


@blueprint.get("/tools/time-limits.csv")
def time_limits_table() -> Response:
    """Return the account day by day, for a spreadsheet."""
    with gongkai().read() as work:
        form = _form(request.args)
        computed = _computed(work, form) if form.typed["received"] else None
        if computed is None:
            raise NotFound("这张逐日表")
        table = io.StringIO()
        rows = csv.writer(table)
        rows.writerow(["日期", "计入", "已用", "剩余", "说明"])
        for day in computed.answer.ledger:
            counted = "是" if day.counted else "否"
            rows.writerow([day.date, counted, day.used, day.remaining, day.note])
    name = f"attachment; filename=time-limit-{form.typed['received']}.csv"
    # A spreadsheet takes the file for Chinese by this mark.
    return Response(
        "\ufeff" + table.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": name},
    )


_FIELDS = ("channel", "received", "confirmed", "auto_receipt", "as_of", "region")


def _address(args: MultiDict[str, str]) -> dict[str, Any]:
    """Return the query of the page for what was typed."""
    named = {name: args[name] for name in _FIELDS if args.get(name)}
    rows = _typed_rows(args)
    address: dict[str, Any] = {**named}
    address["event"] = [row.written for row in rows if not row.is_blank]
    if "more" in args:
        address["rows"] = len(address["event"]) + _MORE_ROWS
    return address


def _typed_rows(args: MultiDict[str, str]) -> list[Row]:
    if "kind" not in args:
        return [_row(text) for text in args.getlist("event")[:_MOST_EVENTS]]
    columns = [
        [value.strip()[:40] for value in args.getlist(name)[:_MOST_EVENTS]]
        for name in ("kind", "on", "argument", "label")
    ]
    return [Row(*values) for values in zip(*columns, strict=False)]


def _row(text: str) -> Row:
    kind, _, rest = text[:200].partition("=")
    rest, _, label = rest.partition("#")
    on, _, argument = rest.partition(":")
    return Row(kind, on, argument, label)


def _form(args: MultiDict[str, str]) -> Form:
    typed = {name: args.get(name, "").strip()[:20] for name in _FIELDS}
    typed["channel"] = typed["channel"] or Channel.IN_PERSON
    rows = _typed_rows(args)
    blank = max(_ROWS, args.get("rows", 0, type=int) - len(rows), 1 if rows else 0)
    blank = min(blank, _MOST_EVENTS - len(rows))
    return Form(typed, [*rows, *(Row() for _ in range(blank))])


def _computed(work: Work, form: Form) -> Computed | None:
    """Return the answer; what stands in its way is written into the form."""
    receipt = _receipt(form)
    as_of = _day(form, "as_of")
    events = _happened(form, receipt)
    region = form.typed["region"] or NATIONAL
    if receipt is None or form.errors:
        return None
    try:
        calendar = load_calendar(work.session, region)
        days = settings.read(work.session, "request.clarification_days", on=work.today)
        answer = compute(
            calendar, receipt, events, as_of=as_of, clarification_days=days
        )
    except ImpossibleEvent as impossible:
        form.sentence = impossible.message
    except (DateOutOfRange, UnknownCalendar) as refused:
        form.sentence = refused.message
    else:
        today = as_of or work.today
        return Computed(answer, today, _left(calendar, answer, today))
    return None


def _left(calendar: Calendar, answer: Answer, today: date) -> int | None:
    """Count the working days that are left of a time that has begun."""
    if answer.received_on is None or answer.due_on is None:
        return None
    if answer.state == State.CLOSED or not answer.received_on <= today <= answer.due_on:
        return None
    return calendar.count_working_days(today, answer.due_on).count


def _refuse_without_day(form: Form) -> None:
    if not form.typed["received"]:
        form.refuse("received", "写明提交或者送到的日期")


def _receipt(form: Form) -> Receipt | None:
    received = _day(form, "received")
    confirmed = _day(form, "confirmed")
    if received and confirmed and confirmed < received:
        form.refuse("confirmed", "确认的日期不能早于提交的日期")
    try:
        channel = Channel(form.typed["channel"])
    except ValueError:
        form.refuse("channel", "选一种提交的方式")
        return None
    if received is None:
        return None
    automatic = form.typed["auto_receipt"] == "yes"
    return Receipt(channel, received, confirmed, automatic)


def _day(form: Form, name: str) -> date | None:
    text = form.typed[name]
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        form.refuse(name, f"“{text}”不是日期，写成2026-03-02的样子")
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        form.refuse(name, f"年份写{FIRST_YEAR}到{LAST_YEAR}之间的")
        return None
    return day


def _happened(form: Form, receipt: Receipt | None) -> list[Event]:
    events = []
    for number, row in enumerate(form.rows):
        if row.is_blank:
            continue
        try:
            event = _event(row)
            if receipt is not None:
                _refuse_far(event, receipt.received)
        except (BadArgument, ImpossibleEvent) as refused:
            row.error = refused.message
            form.refuse(f"event-{number}", f"第{number + 1}件事：{refused.message}")
        else:
            events.append(event)
    return events


def _event(row: Row) -> Event:
    if not row.kind:
        raise BadArgument("选发生了什么。")
    if not row.on:
        raise BadArgument("写明是哪一天。")
    event = read_event(row.kind, row.on, row.argument, row.label)
    if row.label and event.kind not in LABELLED:
        raise BadArgument("只有征求意见要写是哪一方，这里不用写。")
    return event


def _refuse_far(event: Event, received: date) -> None:
    last = event.argument if isinstance(event.argument, date) else event.on
    if max(event.on, last) - received > _LONGEST:
        raise BadArgument("离提交的日期太远了，最多算三年。")


def _limits(answer: Answer) -> list[dict[str, Any]]:
    """Return the limits with their articles, the answer's own last."""
    return [
        {
            "name": limit_in_words(limit.name),
            "on": limit.on,
            "provisional": limit.provisional,
            "source": LIMIT_ARTICLES[limit.name.partition("#")[0]],
        }
        for limit in answer.limits
    ]


def _events() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds of events in groups, for a list to choose from."""
    return [
        (name, [(kind, EVENT_NAMES[EventKind(kind)]) for kind in kinds])
        for name, kinds in _GROUPS
    ]


def _calendars(work: Work) -> Sequence[StoredCalendar]:
    """Return the calendars of regions with holidays of their own."""
    return work.session.scalars(
        select(StoredCalendar)
        .where(StoredCalendar.code != NATIONAL)
        .order_by(StoredCalendar.code)
    ).all()
