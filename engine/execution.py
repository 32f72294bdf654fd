"""The heart: opens a case's process, advances it, brings its rows up to date."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from engine import candidates, deadlines
from engine.actors import group_subject, person_subject
from engine.bpmn.reading import Element
from engine.bpmn.running import RunningProcess, Token, WaitingTimer
from engine.definitions import Parsed
from engine.errors import CaseChanged
from engine.process import Facts, Process, Step
from engine.visibility import allow_reading
from engine.work import Work
from models.people import Organisation
from models.workflow import (
    Case,
    CaseStatus,
    Deadline,
    DeadlineState,
    InboxEntry,
    ProcessInstance,
    Task,
    TaskKind,
    TaskStatus,
    Timer,
)

#: The number of the timer that ends a task at its limit, beside the ladder's 0, 1, 2.
EXPIRY = -1


@dataclass
class Run:
    """One case's process, loaded for one act."""

    work: Work
    case: Case
    instance: ProcessInstance
    parsed: Parsed
    running: RunningProcess
    #: The rung or expiry that fires in this act.
    timer: Timer | None = None

    def element(self, element_id: str) -> Element:
        """Return an element of the diagrams this case runs on."""
        return self.parsed.elements[element_id]

    def owner(self, element_id: str) -> Process:
        """Return the process whose diagram has an element."""
        return self.work.engine.definitions.process(self.parsed.owners[element_id])

    def boundary_limits(self, element_id: str) -> list[str]:
        """Return the limits that timers on an element's border name, each once."""
        diagram = self.parsed.diagrams[self.parsed.owners[element_id]]
        return list(
            dict.fromkeys(
                event.timer.expression
                for event in diagram.boundary_events()
                if event.attached_to == element_id and event.timer
            )
        )


def begin(
    work: Work, case: Case, instance: ProcessInstance, parsed: Parsed, facts: Facts
) -> Run:
    """Start a case's process with its first facts."""
    run = _run(work, case, instance, parsed)
    run.running = RunningProcess.begin(parsed.specs, facts, _caller(run))
    return run


def hold(work: Work, case: Case) -> None:
    """Wait until no other act is on a case and read it anew; first of all its locks.

    Everything that was read of the case before may have changed meanwhile.
    """
    work.session.refresh(case, with_for_update=True)


def load(work: Work, case: Case) -> Run:
    """Load a case's process; the case is this act's alone until its end."""
    hold(work, case)
    instance = instance_of(work, case)
    parsed = work.engine.definitions.parsed(instance.definition)
    run = _run(work, case, instance, parsed)
    run.running = RunningProcess.load(instance.state, parsed.specs, _caller(run))
    return run


def instance_of(work: Work, case: Case) -> ProcessInstance:
    """Return the engine's half of a case."""
    return work.session.scalars(
        select(ProcessInstance).where(ProcessInstance.case_id == case.id)
    ).one()


def separated_from(work: Work, task: Task) -> Collection[str]:
    """Return the steps whose doers must not do a task, in all the case's diagrams."""
    parsed = work.engine.definitions.parsed(instance_of(work, task.case).definition)
    return parsed.separated(parsed.elements[task.element])


def advance(run: Run) -> None:
    """Run all automatic steps, then bring tasks, timers and the case up to date."""
    run.work.touched.add(run.case.id)
    run.running.advance()
    _sync_tasks(run)
    _sync_timers(run)
    _sync_notices(run)
    run.instance.state = run.running.save()
    if run.running.finished and run.case.status == CaseStatus.OPEN:
        end(run, CaseStatus.FINISHED)
        run.work.record(run.case, "case_finished", f"{run.case.number}办结。")
    revision = run.case.revision
    run.work.session.flush()
    moved = run.work.session.execute(
        update(Case)
        .where(Case.id == run.case.id, Case.revision == revision)
        .values(revision=revision + 1)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined] # a cursor result
        raise CaseChanged
    run.work.session.refresh(run.case, ["revision"])


def _run(work: Work, case: Case, instance: ProcessInstance, parsed: Parsed) -> Run:
    # The running process calls back into the run, so it is set right after.
    return Run(work, case, instance, parsed, running=None)  # type: ignore[arg-type]


def _caller(run: Run) -> Any:
    def call(element: str, data: Mapping[str, Any]) -> Facts | None:
        process = run.owner(element)
        step = Step(run.work, run.case, process, element, data, timer=run.timer)
        return process.actions[element](step)

    return call


def _sync_tasks(run: Run) -> None:
    session = run.work.session
    open_tasks = {
        task.engine_task_id: task
        for task in session.scalars(
            select(Task).where(
                Task.case_id == run.case.id,
                Task.kind == TaskKind.WORK,
                Task.status.in_((TaskStatus.READY, TaskStatus.CLAIMED)),
            )
        )
    }
    tokens = {token.id: token for token in run.running.waiting_for_people()}
    for engine_id, task in open_tasks.items():
        if engine_id not in tokens:
            close_task(run.work, task, TaskStatus.CANCELLED)
    for engine_id, token in tokens.items():
        if engine_id not in open_tasks:
            _create_task(run, token)


def _create_task(run: Run, token: Token) -> Task:
    work, case = run.work, run.case
    element, process = run.element(token.element), run.owner(token.element)
    lane = element.lane
    if lane is None or lane.role is None:
        msg = f"{element.id} has no lane with a role; the deployment check missed it"
        raise RuntimeError(msg)
    place = _place(run, token, lane.organisation or "drafting")
    separated = run.parsed.separated(element)
    makers = frozenset(candidates.makers(work, case, separated))
    found = candidates.nearest_with_holder(work, lane.role, place, makers)
    unit = found or work.session.get_one(Organisation, place.agency)
    task = Task(
        case_id=case.id,
        process_key=process.key,
        element=token.element,
        engine_task_id=token.id,
        name=process.texts.step(token.element).title,
        role=lane.role,
        place_id=place.id,
        organisation_id=unit.id,
        sender_id=work.actor.person_id,
        created_at=work.now,
        without_candidate=found is None,
    )
    handler = candidates.last_handler(work, case, token.element, place)
    if handler in {p.id for p in candidates.holders(work, lane.role, unit.id)} - makers:
        task.status, task.assignee_id = TaskStatus.CLAIMED, handler
        task.claimed_at = work.now
    work.session.add(task)
    work.session.flush()
    for name in run.boundary_limits(token.element) if case.carries_limits else ():
        limit = process.limits[name]
        starts_on, length = _own_terms(token, name)
        deadlines.start(
            work,
            case,
            limit,
            process=process.key,
            task=task,
            starts_on=starts_on,
            length=length,
        )
    list_task(work, task)
    return task


def _own_terms(token: Token, limit: str) -> tuple[date | None, int | None]:
    """Return since when a limit of a task runs, and for how long, where an earlier
    step has said so: by the fact `<limit>_runs` with `since` and perhaps `length`."""
    own = token.data.get(f"{limit}_runs") or {}
    since = own.get("since")
    return date.fromisoformat(since) if since else None, own.get("length")


def _place(run: Run, token: Token, part: str) -> Organisation:
    """Return where a step's work lies; who is asked among several plays the part."""
    if token.organisation is None:
        return candidates.party(run.work, run.case, part)
    asked = run.work.session.get_one(Organisation, token.organisation)
    candidates.add_party(run.work, run.case, part, asked)
    return asked


def list_task(work: Work, task: Task) -> None:
    """Put an open task into the list of its assignee, or of its candidate group."""
    subject = (
        person_subject(task.assignee_id)
        if task.assignee_id
        else group_subject(task.role, task.organisation_id)
    )
    work.session.execute(delete(InboxEntry).where(InboxEntry.task_id == task.id))
    work.session.add(
        InboxEntry(
            subject=subject, due_on=deadlines.nearest(work, task), task_id=task.id
        )
    )
    work.session.flush()
    if task.kind == TaskKind.WORK:
        allow_reading(work, task.case, subject)


def close_task(work: Work, task: Task, status: TaskStatus) -> None:
    """Take a task out of all lists; its limits end with it."""
    task.status = status
    task.revision += 1
    if status == TaskStatus.CANCELLED:
        task.completed_at = work.now
    work.session.execute(delete(InboxEntry).where(InboxEntry.task_id == task.id))
    met = status == TaskStatus.DONE
    deadlines.end_of_task(work, task, DeadlineState.MET if met else DeadlineState.VOID)
    _withdraw_notices(work, task)


def _withdraw_notices(work: Work, task: Task) -> None:
    # A notice about a step that is over asks for nothing any more.
    if task.kind == TaskKind.WORK:
        for notice in _open_notices(work, task.case_id):
            if notice.about_id == task.id:
                close_task(work, notice, TaskStatus.CANCELLED)


def _open_notices(work: Work, case_id: int) -> Sequence[Task]:
    return work.session.scalars(
        select(Task).where(
            Task.case_id == case_id,
            Task.kind == TaskKind.NOTICE,
            Task.status.in_((TaskStatus.READY, TaskStatus.CLAIMED)),
        )
    ).all()


def _sync_timers(run: Run) -> None:
    session = run.work.session
    open_timers = session.scalars(
        select(Timer).where(
            Timer.case_id == run.case.id,
            Timer.fired_at.is_(None),
            Timer.cancelled_at.is_(None),
        )
    ).all()
    waiting = {timer.id: timer for timer in run.running.waiting_for_limits()}
    for timer in open_timers:
        if timer.engine_task_id not in waiting:
            timer.cancelled_at = run.work.now
    # What ends a task is armed last: at one instant the ladder speaks first.
    for token in sorted(waiting.values(), key=lambda token: token.interrupts):
        for deadline in _watched(run, token):
            _arm(run, token, deadline)


def _watched(run: Run, token: WaitingTimer) -> list[Deadline]:
    """Return the limits that a timer event waits for: of each task on whose border it
    sits, or of the case."""
    event = run.element(token.element)
    process = run.owner(token.element).key
    host = run.element(event.attached_to) if event.attached_to else None
    tasks = _guarded_tasks(run, token) if host and host.kind == "userTask" else [None]
    found = [
        deadlines.running(run.work, run.case, process, token.limit, task)
        for task in tasks
    ]
    return [deadline for deadline in found if deadline is not None]


def _sync_notices(run: Run) -> None:
    """Withdraw the notices of the case's limits that run no more, or began anew."""
    for notice in _open_notices(run.work, run.case.id):
        timer = run.element(notice.element).timer
        if notice.about_id is not None or timer is None:
            continue
        key, name = notice.process_key, timer.expression
        running = deadlines.running(run.work, run.case, key, name)
        if running is None or running.started_at > notice.created_at:
            close_task(run.work, notice, TaskStatus.CANCELLED)


def _guarded_tasks(run: Run, token: WaitingTimer) -> Sequence[Task]:
    return run.work.session.scalars(
        select(Task)
        .where(
            Task.case_id == run.case.id,
            Task.engine_task_id.in_(token.guarded),
            Task.status.in_((TaskStatus.READY, TaskStatus.CLAIMED)),
        )
        .order_by(Task.id)
    ).all()


def _arm(run: Run, token: WaitingTimer, deadline: Deadline) -> None:
    work, case = run.work, run.case
    timers = work.session.scalars(
        select(Timer).where(Timer.deadline_id == deadline.id)
    ).all()
    # A timer whose token is gone while its limit runs on is armed again elsewhere.
    armed = {timer.rung for timer in timers if timer.cancelled_at is None}
    if token.interrupts:
        if EXPIRY not in armed:
            _add_timer(run, token, deadline, EXPIRY, {"offset": 0}, deadline.due_at)
        return
    rungs = [timer for timer in timers if timer.rung != EXPIRY]
    waits = any(t.fired_at is None and t.cancelled_at is None for t in rungs)
    if waits and not token.ladder:
        # A token that passes once waits for one rung; the diagram loops for the next.
        return
    limit = run.owner(token.element).limits[token.limit]
    plan = deadlines.ladder(work, case, limit, deadline)
    missing = [planned for planned in plan if planned.number not in armed]
    for planned in missing if token.ladder else missing[:1]:
        told = {"offset": planned.rung.offset, "to": planned.rung.to}
        _add_timer(run, token, deadline, planned.number, told, planned.at)


def _add_timer(
    run: Run,
    token: WaitingTimer,
    deadline: Deadline,
    rung: int,
    plan: dict[str, Any],
    at: datetime | None,
) -> None:
    """Arm a timer; that of a paused limit rests, without an instant."""
    work = run.work
    again = work.session.scalars(
        select(Timer).where(Timer.deadline_id == deadline.id, Timer.rung == rung)
    ).one_or_none()
    timer = again or Timer(case_id=run.case.id, deadline_id=deadline.id, rung=rung)
    timer.engine_task_id, timer.element = token.id, token.element
    timer.plan = plan
    timer.due_at = timer.next_attempt_at = at
    timer.attempts, timer.cancelled_at = 0, None
    work.session.add(timer)
    if at is not None and at <= work.now:
        work.after_commit.append(work.engine.wake)
    work.session.flush()


def end(run: Run, status: CaseStatus) -> None:
    """Close a case whose process has come to its end; its limits and notices go."""
    work, case = run.work, run.case
    case.status = status
    case.ended_at = work.now
    run.instance.ended_at = work.now
    for deadline in deadlines.of_case(work, case):
        if deadline.state in deadlines.RUNNING:
            deadlines.end(work, deadline, DeadlineState.VOID)
    for notice in _open_notices(work, case.id):
        close_task(work, notice, TaskStatus.CANCELLED)
