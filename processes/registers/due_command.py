"""The command `due`: by when a request must be answered, explained day by day."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy.orm import Session

from engine.calendar import DateOutOfRange, in_words
from engine.commands.output import (
    Failure,
    IsoDate,
    JsonCommand,
    json_option,
    usage_errors,
    write_json,
)
from engine.commands.workdays import (
    OpenSession,
    calendar_database_option,
    calendar_for,
    region_option,
)
from models.applications import CHANNEL_NAMES, Channel
from processes.registers.clock_events import (
    LABELLED,
    BadArgument,
    Event,
    EventKind,
    ImpossibleEvent,
    read_event,
)
from processes.registers.clock_ledger import DayKind, limit_in_words
from processes.registers.request_clock import (
    CLARIFICATION_DAYS,
    STATE_NAMES,
    Answer,
    Receipt,
    compute,
)

#: Reads the office's own number of days for a correction, as it was on a day.
ReadDays = Callable[[Session, date], int]


def due(open_session: OpenSession, clarification_days: ReadDays) -> click.Command:
    """Return the command; it opens no database unless one is named."""

    @click.command(
        "due",
        cls=JsonCommand,
        help="推算依申请公开的答复期限：从收到之日起，逐日说明计入与不计入的理由。",
    )
    @click.option("--received", type=IsoDate(), required=True, help="提交或送到之日。")
    @click.option(
        "--channel",
        type=click.Choice([channel.value for channel in Channel]),
        required=True,
        help="、".join(f"{each.value} {CHANNEL_NAMES[each]}" for each in Channel),
    )
    @click.option(
        "--confirmed", type=IsoDate(), help="双方确认之日（平常信函、互联网、传真）。"
    )
    @click.option(
        "--auto-receipt", is_flag=True, help="网站当即出具了回执，以提交之日为准。"
    )
    @region_option
    @click.option("--as-of", type=IsoDate(), help="算到这一天为止；不写则到最后一事。")
    @click.option(
        "--event",
        "events",
        metavar="KIND=DATE[:ARG][#LABEL]",
        multiple=True,
        help="发生的事，可以写多个，次序不限："
        + "、".join(kind.value for kind in EventKind),
    )
    @calendar_database_option
    @json_option
    def command(
        received: date,
        channel: str,
        confirmed: date | None,
        auto_receipt: bool,
        region: str,
        as_of: date | None,
        events: tuple[str, ...],
        database: str | None,
        as_json: bool,
    ) -> None:
        if confirmed and confirmed < received:
            raise click.UsageError("--confirmed 不能早于 --received。")
        calendar = calendar_for(open_session, region, database)
        receipt = Receipt(Channel(channel), received, confirmed, auto_receipt)
        with usage_errors(DateOutOfRange, BadArgument), _impossible_events():
            happened = [_typed(text) for text in events]
            days = CLARIFICATION_DAYS
            if database is not None:
                with open_session(database) as session:
                    days = clarification_days(session, _notice_day(happened, received))
            answer = compute(
                calendar, receipt, happened, as_of=as_of, clarification_days=days
            )
        if as_json:
            write_json(document(answer))
        else:
            _tell(answer)

    return command


def document(answer: Answer) -> dict[str, Any]:
    """Return the answer as other programs read it."""
    return {
        "received_on": answer.received_on,
        "due_on": answer.due_on,
        "warn_on": answer.warn_on,
        "provisional": answer.provisional,
        "state": answer.state,
        "limits": [
            {"name": limit.name, "on": limit.on, "provisional": limit.provisional}
            for limit in answer.limits
        ],
        "warnings": [
            {"code": caution.code, "message": caution.message}
            for caution in answer.warnings
        ],
        "ledger": [
            {
                "date": day.date,
                "counted": day.counted,
                "used": day.used,
                "remaining": day.remaining,
                "note": day.note,
                "provisional": day.provisional,
            }
            for day in answer.ledger
        ],
    }


class _impossible_events(AbstractContextManager[None]):  # noqa: N801
    """Turns an event that cannot have happened into the command's own failure."""

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if isinstance(error, ImpossibleEvent):
            raise Failure(error.code, error.message) from None


def _typed(text: str) -> Event:
    """Read KIND=DATE[:ARG][#LABEL]."""
    kind, equals, rest = text.partition("=")
    if not equals:
        raise click.UsageError(f"“{text}”应写作 KIND=DATE[:ARG][#LABEL]。")
    rest, hash_sign, label = rest.partition("#")
    day, colon, argument = rest.partition(":")
    event = read_event(kind, day, argument, label)
    if colon and not argument:
        raise click.UsageError(f"“{text}”的冒号之后没有写内容。")
    if hash_sign and not label:
        raise click.UsageError(f"“{text}”的井号之后没有写标记。")
    if label and event.kind not in LABELLED:
        raise click.UsageError(f"“{text}”：只有征求意见的事件可以带标记。")
    return event


def _notice_day(events: Sequence[Event], received: date) -> date:
    """Return the day on which a correction was asked for: its setting counts."""
    asked = (e.on for e in events if e.kind is EventKind.CLARIFICATION_SENT)
    return next(asked, received)


def _tell(answer: Answer) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = 120
    if answer.due_on:
        day = f"[bold]{in_words(answer.due_on)}[/]"
        console.print(f"答复期限：{day}{_provisionally(answer.provisional)}")
    else:
        console.print("答复期限：现在还不能确定")
    console.print(f"状态：{STATE_NAMES[answer.state]}")
    if answer.received_on:
        console.print(f"收到之日：{in_words(answer.received_on)}")
    if answer.warn_on and answer.warn_on != answer.due_on:
        console.print(
            f"提醒日期：{in_words(answer.warn_on)}（从提交之日起算，稳妥起见以此为准）"
        )
    for limit in answer.limits:
        console.print(
            f"  {escape(limit_in_words(limit.name))}的最后一日："
            f"{in_words(limit.on)}{_provisionally(limit.provisional)}"
        )
    for caution in answer.warnings:
        console.print(f"[yellow]注意：{escape(caution.message)}[/]")
    if answer.ledger:
        console.print(_table(answer), soft_wrap=False)


def _table(answer: Answer) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("日期", no_wrap=True)
    table.add_column("计入", justify="center")
    table.add_column("已用", justify="right")
    table.add_column("剩余", justify="right")
    table.add_column("说明", overflow="fold")
    for day in answer.ledger:
        table.add_row(
            in_words(day.date) + ("（暂定）" if day.provisional else ""),
            "是" if day.counted else "",
            str(day.used),
            str(day.remaining),
            escape(day.note),
            style="dim" if day.kind is DayKind.OFF else None,
        )
    return table


def _provisionally(provisional: bool) -> str:
    return "（暂定：所涉年份的放假通知尚未载入）" if provisional else ""
