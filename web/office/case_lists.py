"""更正台账, 复议诉讼台账: the registers beside that of requests, and their tables."""

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from engine.calendars import load_calendar
from engine.work import Work
from models.challenges import CHALLENGE_KIND_NAMES, Challenge, ChallengeKind
from models.workflow import Deadline
from processes.registers import case_lists
from processes.registers.case_lists import (
    CHALLENGES,
    CORRECTIONS,
    STANDINGS,
    Line,
    Register,
    Wanted,
)
from web.formatting import Light, deadline_light
from web.office import blueprint
from web.office.shell import page, shell
from web.office.tables import plain, table_file
from web.security import actor_id, gongkai, login_required

_HEADINGS = {
    CORRECTIONS: ("编号", "哪一份记录", "收到日期"),
    CHALLENGES: ("编号", "案由", "种类", "机关和案号", "收到材料"),
}
_STANDS = ("期限", "状态", "结果", "办结日期")


@blueprint.get("/corrections")
@login_required
def corrections() -> str:
    """Show the register of 更正 of the actor's agencies, filtered."""
    return _page(CORRECTIONS, "corrections")


@blueprint.get("/corrections.xlsx")
@login_required
def corrections_table() -> Response:
    """Download the filtered register as a table."""
    return _table(CORRECTIONS)


@blueprint.get("/challenges")
@login_required
def challenges() -> str:
    """Show the register of 复议 and 诉讼 of the actor's agencies, filtered."""
    return _page(CHALLENGES, "challenges")


@blueprint.get("/challenges.xlsx")
@login_required
def challenges_table() -> Response:
    """Download the filtered register as a table."""
    return _table(CHALLENGES)


def _page(register: Register[Any], here: str) -> str:
    wanted = _wanted(register)
    with gongkai().read(actor_id()) as work:
        frame = shell(work)
        found = case_lists.listed(
            work, register, wanted, request.args.get("after", type=int)
        )
        return page(
            "office/case_list.html",
            work,
            frame=frame,
            register=register,
            agencies=case_lists.agencies_of(work, register),
            headings=_HEADINGS[register],
            lines=[
                (line, _told(line.row), _light(work, line, frame.soon))
                for line in found.lines
            ],
            next=found.next,
            wanted=wanted,
            filters=_filters(wanted),
            standings=STANDINGS,
            here=here,
        )


def _table(register: Register[Any]) -> Response:
    wanted = _wanted(register)
    with gongkai().read(actor_id()) as work:
        rows = [
            _cells(work, register, line)
            for line in case_lists.everything(work, register, wanted)
        ]
        name = f"{register.name}{work.today:%Y%m%d}.xlsx"
    return table_file(name, register.name, ((*_HEADINGS[register], *_STANDS), *rows))


def _wanted(register: Register[Any]) -> Wanted:
    standing = request.args.get("standing", "open")
    result = request.args.get("result", "")
    year = request.args.get("year", type=int)
    return Wanted(
        standing=standing if standing in STANDINGS else "open",
        result=result if result in list(register.result_names) else "",
        year=year if year and year in range(1900, 10000) else None,
    )


def _filters(wanted: Wanted) -> dict[str, str]:
    chosen = {
        "standing": wanted.standing,
        "result": wanted.result,
        "year": str(wanted.year or ""),
    }
    return {name: value for name, value in chosen.items() if value}


def _told(row: Any) -> tuple[str, ...]:
    """Return what a row says of itself after its number, before its day."""
    if isinstance(row, Challenge):
        number = f" {row.body_number}" if row.body_number else ""
        kind = CHALLENGE_KIND_NAMES[ChallengeKind(row.kind)]
        return row.subject, kind, f"{row.body}{number}"
    return (str(row.subject),)


def _light(work: Work, line: Line[Any], soon: int) -> Light:
    agency = line.row.case.agency
    calendar = load_calendar(work.session, agency.calendar_code)
    return deadline_light(calendar, line.deadline, work.now, soon)


def _cells(work: Work, register: Register[Any], line: Line[Any]) -> tuple[str, ...]:
    row, deadline = line.row, line.deadline
    begun = getattr(row, register.begun.key)
    ended = getattr(row, register.ended.key)
    result = getattr(row, register.result.key)
    return (
        row.case.number,
        *(plain(each) for each in _told(row)),
        str(begun),
        str(deadline.due_on) if deadline and deadline.due_on else "",
        "已办结" if ended else _state(work, deadline),
        register.result_names[result] if result else "",
        str(ended or ""),
    )


def _state(work: Work, deadline: Deadline | None) -> str:
    late = deadline is not None and deadline.due_on and deadline.due_on < work.today
    return "逾期" if late else "在办"
