"""One task: read, claim, give back, keep a draft, complete."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import deadlines, erasing, handovers, inbox, tasks, visibility
from engine.clock import OFFICE_ZONE
from engine.errors import Conflict, InvalidAnswers
from engine.forms import Form, stopped_by
from engine.work import Work
from models.workflow import Draft, Task, TaskKind, TaskStatus
from processes.registers.case_files import known_file
from processes.registers.papers import lock_as_stated, locked_uploads
from web.formatting import deadline_light
from web.office import blueprint, uploads
from web.office.forms import fields_of, groups_of, outcomes_of
from web.office.path import path_of
from web.office.records import record_of
from web.office.shell import page, shell
from web.security import actor_id, gongkai, login_required

#: Fields of the page that are no answers of the step; no step has these names.
_NOT_ANSWERS = frozenset({"csrf_token", "revision", "handover-answer"})

#: Work that is over is read on its case's page.
_OVER = frozenset({TaskStatus.DONE, TaskStatus.CANCELLED})


@blueprint.get("/tasks/<public_id>")
@login_required
def task(public_id: str) -> str | Response:
    """Show a task: this step's form, the document beside it."""
    with gongkai().read(actor_id()) as work:
        found = tasks.require_task(work, public_id)
        unread = found.opened_at is None
        restricted = visibility.is_restricted(found.case.label)
    if unread or restricted:
        with gongkai().work(actor_id()) as work:
            found = tasks.require_task(work, public_id)
            tasks.mark_opened(work, found)
            if restricted and found.kind == TaskKind.WORK:
                visibility.record_reading(work, found.case)
    with gongkai().read(actor_id()) as work:
        found = tasks.require_task(work, public_id)
        if found.kind == TaskKind.WORK and found.status in _OVER:
            return redirect(url_for("office.case", public_id=found.case.public_id))
        return _task_page(work, found, _kept(work, found), {})


@blueprint.post("/tasks/<public_id>/claim")
@login_required
def claim(public_id: str) -> Response:
    """领取."""
    with gongkai().work(actor_id()) as work:
        tasks.claim(work, tasks.require_task(work, public_id))
    return redirect(url_for("office.task", public_id=public_id))


@blueprint.post("/tasks/<public_id>/unclaim")
@login_required
def unclaim(public_id: str) -> Response:
    """退领."""
    with gongkai().work(actor_id()) as work:
        tasks.unclaim(work, tasks.require_task(work, public_id))
    return redirect(url_for("office.unclaimed"))


@blueprint.post("/tasks/<public_id>/acknowledge")
@login_required
def acknowledge(public_id: str) -> Response:
    """知道了: confirm a notice."""
    with gongkai().work(actor_id()) as work:
        tasks.acknowledge(work, tasks.require_task(work, public_id))
    return redirect(url_for("office.inbox"))


@blueprint.post("/tasks/<public_id>/draft")
@login_required
def save_draft(public_id: str) -> str:
    """Keep what has been typed so far; answers with when it was kept."""
    with gongkai().work(actor_id()) as work:
        found = tasks.require_task(work, public_id)
        draft = _save(work, found, _typed(work, found, _judged(work, found)))
        saved = draft.saved_at.astimezone(OFFICE_ZONE)
    return f"草稿 {saved:%H:%M} 已存"


@blueprint.post("/tasks/<public_id>/complete")
@login_required
def complete(public_id: str) -> Response | tuple[str, int]:
    """Submit the form; whatever stops it, nothing typed is lost."""
    revision = request.form.get("revision", -1, type=int)
    typed: Mapping[str, Any] = _written()
    try:
        typed = keep_typed(public_id)
        done_in = gongkai().act(
            actor_id(), lambda work: _complete(work, public_id, revision, typed)
        )
    except InvalidAnswers as invalid:
        typed, errors = _without_locked(public_id, typed, invalid.errors)
        return again(public_id, typed, errors), 422
    except Conflict as conflict:
        return _conflict(public_id, typed, conflict), 409
    return redirect(url_for("office.case", public_id=done_in, done=1))


def _complete(
    work: Work, public_id: str, revision: int, typed: Mapping[str, Any]
) -> str:
    """Complete a task; return the public id of its case."""
    found = tasks.require_task(work, public_id)
    tasks.complete(work, found, revision=revision, answers=typed)
    return found.case.public_id


def keep_typed(public_id: str) -> dict[str, Any]:
    """Store the uploaded file and the typed answers before anything is decided.

    What must not be here is refused before: then not a byte was written.
    """
    with gongkai().read(actor_id()) as work:
        sent = _judged(work, tasks.require_task(work, public_id))
    with gongkai().work(actor_id()) as work:
        found = tasks.require_task(work, public_id)
        typed = _typed(work, found, sent)
        if _is_mine(work, found):
            _save(work, found, typed)
    return typed


def _judged(work: Work, found: Task) -> list[uploads.Upload]:
    """Return the files that came along, if they may be kept."""
    form = _form(work, found)
    if stopped_by(form, _written()):
        # What is secret may stand in any other field as well (保守国家秘密法 Art 31).
        return []
    return uploads.judge(work, form, uploads.sent(form))


def _save(work: Work, found: Task, typed: Mapping[str, Any]) -> Draft:
    """Keep a draft; with an answer that stops, destroy what was uploaded for it, and
    let nobody read what was registered before."""
    draft = tasks.save_draft(work, found, typed)
    if stopped_by(_form(work, found), typed):
        erasing.destroy_uploads(work, found)
        lock_as_stated(work, found.case)
    return draft


def _without_locked(
    public_id: str, typed: Mapping[str, Any], errors: Mapping[str, list[str]]
) -> tuple[Mapping[str, Any], Mapping[str, list[str]]]:
    """Destroy uploads of a refused submission whose bytes are locked by now."""
    with gongkai().read(actor_id()) as work:
        form = _form(work, tasks.require_task(work, public_id))
        ids = [each for ids in uploads.named(form, typed).values() for each in ids]
        if not ids or not locked_uploads(work, ids):
            return typed, errors
    with gongkai().work(actor_id()) as work:
        found = tasks.require_task(work, public_id)
        left = uploads.destroy_locked(work, form, typed)
        typed = {**typed, **left}
        if _is_mine(work, found):
            _save(work, found, typed)
    said = {field: [*errors.get(field, []), uploads.DESTROYED] for field in left}
    return typed, {**errors, **said}


def _is_mine(work: Work, found: Task) -> bool:
    """Tell whether the actor works on a task: who has it, or its delegate."""
    if found.status != TaskStatus.CLAIMED:
        return False
    works_on_it = handovers.delegate(work, found) or found.assignee_id
    return works_on_it == actor_id()


def _written() -> dict[str, Any]:
    """Return what was typed, without the files."""
    return {
        name: " ".join(values)
        for name, values in request.form.lists()
        if name not in _NOT_ANSWERS and not name.endswith(("-upload", "-uploads"))
    }


def _typed(work: Work, found: Task, sent: list[uploads.Upload]) -> dict[str, Any]:
    """Return what was typed, with the files that came along stored.

    Raises:
        InvalidAnswers: a file is not taken, by the field that it was chosen for.
    """
    typed = _written()
    form = _form(work, found)
    if stopped := stopped_by(form, typed):
        return {name: typed[name] for name in stopped}
    uploads.keep(work, found, form, sent, typed)
    return typed


def _form(work: Work, found: Task) -> type[Form]:
    return work.engine.definitions.process(found.process_key).forms[found.element]


def _kept(work: Work, found: Task) -> dict[str, Any]:
    draft = tasks.draft_of(work, found)
    if draft is not None:
        return draft.answers
    return dict(record_of(work, found.case, found.process_key).filled(found.element))


def _task_page(
    work: Work, found: Task, typed: Mapping[str, Any], errors: Mapping[str, list[str]]
) -> str:
    process = work.engine.definitions.process(found.process_key)
    if found.kind == TaskKind.NOTICE:
        may_read = visibility.may_read(work, found.case)
        return page(
            "office/notice.html",
            work,
            task=found,
            about=work.session.get(Task, found.about_id) if found.about_id else None,
            may_read=may_read,
            here="inbox",
        )
    frame = shell(work)
    record = record_of(work, found.case, found.process_key)
    deadline = _nearest(work, found)
    calendar = deadlines.calendar_of(work, found.case.agency)
    form = process.forms[found.element]
    texts = process.texts.step(found.element)
    fields = fields_of(form, texts, typed, errors, record.offers)
    return page(
        "office/task.html",
        work,
        frame=frame,
        task=found,
        case=found.case,
        process=process,
        texts=texts,
        fields=fields,
        groups=groups_of(fields, texts),
        outcomes=outcomes_of(form, texts),
        errors=errors,
        file_names=_file_names(work, form, typed),
        record=record,
        deadline=deadline,
        light=deadline_light(calendar, deadline, work.now, frame.soon),
        draft=tasks.draft_of(work, found),
        mine=_is_mine(work, found),
        handover=handovers.newest(work, [found]).get(found.id),
        place=inbox.neighbours(work, found),
        path=path_of(work, found.case, [found]),
        here="inbox",
    )


def _nearest(work: Work, found: Task) -> Any:
    own = [
        deadline
        for deadline in deadlines.of_case(work, found.case)
        if deadline.state in deadlines.RUNNING and deadline.task_id in (None, found.id)
    ]
    return deadlines.nearest_of(own)


def _file_names(
    work: Work, form: type[Form], typed: Mapping[str, Any]
) -> dict[str, str]:
    """Return the names of the files that a form names, by public id."""
    return {
        each: known_file(work, each)[0].name
        for ids in uploads.named(form, typed).values()
        for each in ids
    }


def again(
    public_id: str, typed: Mapping[str, Any], errors: Mapping[str, list[str]]
) -> str:
    with gongkai().read(actor_id()) as work:
        found = tasks.require_task(work, public_id)
        return _task_page(work, found, typed, errors)


def _conflict(public_id: str, typed: Mapping[str, Any], conflict: Conflict) -> str:
    with gongkai().read(actor_id()) as work:
        found = tasks.require_task(work, public_id)
        process = work.engine.definitions.process(found.process_key)
        texts = process.texts.step(found.element)
        form = process.forms[found.element]
        return render_template(
            "office/conflict.html",
            shell=shell(work),
            work=work,
            task=found,
            conflict=conflict,
            fields=fields_of(form, texts, typed, {}, {}),
            here="inbox",
        )
