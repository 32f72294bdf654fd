"""依申请台账: the register of requests, its table, and the look at who asks."""

from flask import render_template, request
from werkzeug.wrappers import Response

from engine.calendars import load_calendar
from engine.errors import NotFound
from engine.visibility import require_case
from engine.work import Work
from models.applications import (
    APPLICANT_KIND_NAMES,
    CHANNEL_NAMES,
    ApplicantKind,
    Channel,
)
from models.workflow import Deadline, DeadlineState
from processes.registers import applicants, request_list
from processes.registers.decision_codes import CODES, choices
from processes.registers.request_list import STANDINGS, Line, Wanted
from processes.registers.requests import request_of
from web.formatting import Light, deadline_light
from web.office import blueprint
from web.office.shell import page, shell
from web.office.tables import plain, table_file
from web.security import actor_id, gongkai, login_required

_HEADINGS = (
    *("申请编号", "申请内容", "渠道", "申请人类别", "提交日期", "收到日期"),
    *("答复期限", "状态", "办理结果", "办结日期", "不合规定"),
)


@blueprint.get("/requests")
@login_required
def requests() -> str:
    """Show the register of the actor's agencies, filtered."""
    wanted = _wanted()
    with gongkai().read(actor_id()) as work:
        frame = shell(work)
        found = request_list.listed(work, wanted, request.args.get("after", type=int))
        return page(
            "office/requests.html",
            work,
            frame=frame,
            agencies=request_list.agencies_of(work),
            lines=[(line, _light(work, line, frame.soon)) for line in found.lines],
            next=found.next,
            wanted=wanted,
            filters=_filters(wanted),
            standings=STANDINGS,
            codes=choices(),
            channels=CHANNEL_NAMES,
            code_names={code: each.name for code, each in CODES.items()},
            here="requests",
        )


@blueprint.get("/requests.xlsx")
@login_required
def requests_table() -> Response:
    """Download the filtered register as a table; it holds no personal data."""
    wanted = _wanted()
    with gongkai().read(actor_id()) as work:
        rows = [_cells(work, line) for line in request_list.everything(work, wanted)]
        name = f"依申请台账{work.today:%Y%m%d}.xlsx"
    return table_file(name, "依申请台账", (_HEADINGS, *rows))


@blueprint.post("/cases/<public_id>/applicant")
@login_required
def applicant(public_id: str) -> str:
    """Show who asks, and in which words: the look is recorded."""
    with gongkai().work(actor_id()) as work:
        case = require_case(work, public_id)
        found = request_of(work.session, case)
        # Who searches, or consults others, needs no look at who asks.
        if case.id != found.case_id or not request_list.may_look(work, found):
            raise NotFound("申请人信息")
        known = applicants.look(work, found, "办理申请")
        work.record(case, "applicant_read", f"{work.actor.name}查看了申请人信息。")
        return render_template(
            "office/applicant.html",
            shell=shell(work),
            work=work,
            case=case,
            request=found,
            kind=APPLICANT_KIND_NAMES[ApplicantKind(found.applicant_kind)],
            known=[
                (words, known[name])
                for name, words in applicants.FIELD_NAMES.items()
                if known.get(name)
            ],
            here="requests",
        )


def _wanted() -> Wanted:
    standing = request.args.get("standing", "open")
    return Wanted(
        standing=standing if standing in STANDINGS else "open",
        code=request.args.get("code", ""),
        channel=request.args.get("channel", ""),
        year=request.args.get("year", type=int),
    )


def _filters(wanted: Wanted) -> dict[str, str]:
    chosen = {
        "standing": wanted.standing,
        "code": wanted.code,
        "channel": wanted.channel,
        "year": str(wanted.year or ""),
    }
    return {name: value for name, value in chosen.items() if value}


def _light(work: Work, line: Line, soon: int) -> Light:
    calendar = load_calendar(work.session, line.request.agency.calendar_code)
    return deadline_light(calendar, line.deadline, work.now, soon)


def _cells(work: Work, line: Line) -> tuple[str, ...]:
    row = line.request
    code = row.decision_code
    return (
        row.number,
        plain(row.subject),
        CHANNEL_NAMES[Channel(row.channel)],
        APPLICANT_KIND_NAMES[ApplicantKind(row.applicant_kind)],
        str(row.submitted_on),
        str(row.received_on or "待确认"),
        _due(line.deadline),
        _state(work, line),
        f"{code} {CODES[code].name}" if code else "",
        str(row.closed_on or ""),
        "有" if line.irregular else "",
    )


def _due(deadline: Deadline | None) -> str:
    if deadline is None or deadline.due_on is None:
        return ""
    return f"{deadline.due_on}{'（暂定）' if deadline.provisional else ''}"


def _state(work: Work, line: Line) -> str:
    if line.request.voided_on is not None:
        return "作废"
    if line.request.closed_on is not None:
        return "已办结"
    deadline = line.deadline
    if deadline is None or deadline.due_on is None:
        return "暂停" if deadline is not None else "待确认收到"
    if deadline.state == DeadlineState.RUNNING and deadline.due_on < work.today:
        return "逾期"
    return "在办"
