"""The case page: where it stands, how its dates were computed, what happened."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Response as FlaskResponse
from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine import (
    circulation,
    deadlines,
    execution,
    following,
    handing,
    history,
    tasks,
    urging,
    visibility,
)
from engine.calendar import Calendar
from engine.deadlines import in_words
from engine.errors import NotFound
from engine.instances import open_tasks, related
from engine.standing import Standing, standing
from engine.time_limits import LedgerDay, TimeLimit, Unit, ledger
from engine.work import Work
from models.workflow import Case, Deadline, Task
from processes.registers import archives
from web.formatting import Light, counts_hours, deadline_light
from web.office import blueprint
from web.office.letters import letters_in
from web.office.path import path_of
from web.office.records import record_of
from web.office.shell import page, shell
from web.security import actor_id, gongkai, login_required

#: Looks are recorded each time, by law; among what was done they would hide the rest.
_LOOKS = frozenset({"restricted_read", "applicant_read"})


@dataclass(frozen=True)
class Week:
    """One row of a ledger: seven days from Monday, and what was special in them."""

    days: list[LedgerDay | None]
    used: int
    note: str


@dataclass(frozen=True)
class LimitView:
    """One limit of a case, with how it was computed."""

    title: str
    source: str
    statutory: bool
    length: str
    deadline: Deadline
    light: Light
    weeks: list[Week]
    notice: str
    #: The record draws how it was computed.
    drawn: bool


@dataclass(frozen=True)
class DiagramView:
    """One diagram of a case, and where the case stands in it."""

    process: str
    title: str
    standing: Standing
    shown: bool


@blueprint.get("/cases/<public_id>")
@login_required
def case(public_id: str) -> str:
    """Show a case to those who may read it; a restricted one is a recorded look."""
    with gongkai().read(actor_id()) as work:
        found = visibility.require_case(work, public_id)
        restricted = visibility.is_restricted(found.label)
        news = following.has_news(work, found) or circulation.unread(work, found)
    if restricted or news:
        with gongkai().work(actor_id()) as work:
            found = visibility.require_case(work, public_id)
            if restricted:
                visibility.record_reading(work, found)
            circulation.mark_read(work, found)
            following.mark_seen(work, found)
    with gongkai().read(actor_id()) as work:
        found = visibility.require_case(work, public_id)
        process = work.engine.definitions.process(found.process_key)
        current = open_tasks(work, found)
        frame = shell(work)
        entries = history.entries(work.session, history.case_stream(found.id))
        looks = [each for each in entries if each.event in _LOOKS]
        return page(
            "office/case.html",
            work,
            frame=frame,
            case=found,
            process=process,
            record=record_of(work, found),
            limits=_limits(work, found, frame.soon),
            diagrams=_diagrams(work, found),
            related=related(work, found),
            letters=letters_in(work, found),
            transfer=archives.of_case(work, found),
            acts=[each for each in entries if each.event not in _LOOKS],
            looks=looks,
            lookers=len({each.actor_id for each in looks}),
            current=current,
            path=path_of(work, found, current),
            past=[t for t in tasks.of_case(work, found) if t.status == "done"],
            mine=next((t for t in current if t.assignee_id == actor_id()), None),
            handable={t.public_id for t in current if handing.may_reassign(work, t)},
            urgeable={t.public_id for t in current if urging.may_urge(work, t)},
            copies=circulation.of_case(work, found),
            may_send=circulation.may_send(work, found),
            follows=following.follows(work, found),
            just_done="done" in request.args,
            here="",
        )


@blueprint.get("/cases/<public_id>/diagram")
@login_required
def diagram(public_id: str) -> FlaskResponse:
    """Return a diagram of the version that a case runs on: the case's own, or one
    that it calls."""
    with gongkai().read(actor_id()) as work:
        found = visibility.require_case(work, public_id)
        files = execution.instance_of(work, found).definition.files
        key = request.args.get("process", found.process_key)
        text = files.get(f"{key}/{key}.bpmn")
        if text is None:
            raise NotFound("这张流程图")
        return FlaskResponse(text, mimetype="application/xml")


@blueprint.post("/new/<key>")
@login_required
def new(key: str) -> Response:
    """新建: open a case; its first task is the actor's."""
    with gongkai().work(actor_id()) as work:
        process = next((p for p in work.engine.definitions if p.key == key), None)
        if process is None or process.begin is None:
            raise NotFound("这种事项")
        first = open_tasks(work, process.begin(work))[0].public_id
    return redirect(url_for("office.task", public_id=first))


def _diagrams(work: Work, case: Case) -> list[DiagramView]:
    """Return the case's diagrams; shown first is the innermost one with work."""
    found = standing(work, case)
    working = [key for key, stands in found.items() if stands.current]
    shown = working[-1] if working else case.process_key
    definitions = work.engine.definitions
    return [
        DiagramView(key, definitions.process(key).texts.title, stands, key == shown)
        for key, stands in found.items()
    ]


def _limits(work: Work, case: Case, soon: int) -> list[LimitView]:
    calendar = deadlines.calendar_of(work, case.agency)
    views = []
    for deadline in deadlines.of_case(work, case):
        process = work.engine.definitions.process(deadline.process_key)
        limit = process.limits[deadline.name]
        if limit.unit == Unit.DATE:
            continue
        views.append(
            LimitView(
                title=limit.title + _of_whom(work, case, deadline),
                source=limit.source,
                statutory=limit.statutory,
                length=in_words(deadline.length, deadline.unit),
                deadline=deadline,
                light=deadline_light(calendar, deadline, work.now, soon),
                # What a process computes itself, its record draws itself.
                weeks=[]
                if counts_hours(deadline)
                or deadline.name in process.recompute
                or _is_past(limit, deadline)
                else _weeks(calendar, deadline),
                notice=_notice(calendar, deadline),
                drawn=deadline.name in process.recompute,
            )
        )
    # The limit that decides stands first: statutory, running, nearest.
    return sorted(
        views,
        key=lambda view: (
            view.deadline.state != "running",
            not view.statutory,
            view.deadline.due_on or deadlines.NEVER,
        ),
    )


def _is_past(limit: TimeLimit, deadline: Deadline) -> bool:
    """Tell whether nobody will ask any more how a day was computed."""
    return not limit.statutory and deadline.state not in deadlines.RUNNING


def _of_whom(work: Work, case: Case, deadline: Deadline) -> str:
    """Return which other agency a limit is for, where several are at one step."""
    task = work.session.get(Task, deadline.task_id) if deadline.task_id else None
    if task is None or task.place.agency == case.agency_id:
        return ""
    return f"（{task.place.short_name}）"


def _weeks(calendar: Calendar, deadline: Deadline) -> list[Week]:
    if deadline.due_on is None:
        return []
    days = ledger(
        calendar,
        starts_on=deadline.starts_on,
        due_on=deadline.due_on,
        unit=Unit(deadline.unit),
    )
    by_day = {entry.day: entry for entry in days}
    monday = deadline.starts_on - timedelta(days=deadline.starts_on.weekday())
    weeks = []
    while monday <= deadline.due_on:
        row = [by_day.get(monday + timedelta(days=n)) for n in range(7)]
        inside = [entry for entry in row if entry is not None]
        weeks.append(Week(row, inside[-1].used, _week_note(calendar, deadline, inside)))
        monday += timedelta(days=7)
    return weeks


def _week_note(calendar: Calendar, deadline: Deadline, days: list[LedgerDay]) -> str:
    notes = []
    for entry in days:
        day = f"{entry.day.month}月{entry.day.day}日"
        name = calendar.day_name(entry.day)
        if entry.day == deadline.starts_on:
            notes.append(f"{day}起算，当天不计")
        elif name:
            notes.append(f"{day}{name}，{'计入' if entry.counted else '不计'}")
        if entry.day == deadline.due_on:
            notes.append(
                f"{day}是第{entry.used}{'个工作日' if entry.counted else '日'}，截止"
            )
    return "；".join(notes)


def _notice(calendar: Calendar, deadline: Deadline) -> str:
    if deadline.provisional:
        return "暂定：涉及的年份还没有放假通知，通知发布后重新计算。"
    if calendar.version != deadline.calendar_version:
        return "这个期限按当时的日历算出，日历后来有更新。"
    return ""
