"""The heart: opens a case's process, advances it, brings its rows up to date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    DeadlineState,
    InboxEntry,
    ProcessInstance,
    Task,
    TaskKind,
    TaskStatus,
    Timer,
)


@dataclass
class Run:
    """One case's process, loaded for one act."""

    work: Work
    case: Case
    instance: ProcessInstance
    process: Process
    parsed: Parsed
    running: RunningProcess
    #: The rung that fires in this act.
    timer: Timer | None = None

    def element(self, element_id: str) -> Element:
        """Return an element of the diagram this case runs on."""
        return self.parsed.diagram.elements[element_id]

    def boundary_limit(self, element_id: str) -> str | None:
        """Return the name of the limit that a timer on this element's border names."""
        for event in self.parsed.diagram.boundary_events():
            if event.attached_to == element_id and event.timer:
                return event.timer.expression
        return None


def begin(
    work: Work, case: Case, instance: ProcessInstance, parsed: Parsed, facts: Facts
) -> Run:
    """Start a case's process with its first facts."""
    process = work.engine.definitions.process(case.process_key)
    run = _run(work, case, instance, process, parsed)
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
    process = work.engine.definitions.process(case.process_key)
    run = _run(work, case, instance, process, parsed)
    run.running = RunningProcess.load(instance.state, parsed.specs, _caller(run))
    return run


@dataclass(frozen=True)
class Standing:
    """Where a case stands in its diagram, by element id."""

    passed: frozenset[str]
    current: frozenset[str]
    #: The ways taken, from element to element.
    taken: frozenset[tuple[str, str]]


def standing(work: Work, case: Case) -> Standing:
    """Return where a case stands, for a page; nothing moves."""
    instance = instance_of(work, case)
    parsed = work.engine.definitions.parsed(instance.definition)

    def refuse(element: str, _data: Facts) -> None:
        msg = f"{element} would run while only being looked at"
        raise RuntimeError(msg)

    running = RunningProcess.load(instance.state, parsed.specs, refuse)
    current = frozenset(token.element for token in running.waiting_for_people())
    passed = frozenset(running.passed()) - current
    return Standing(passed, current, frozenset(running.taken()))


def instance_of(work: Work, case: Case) -> ProcessInstance:
    """Return the engine's half of a case."""
    return work.session.scalars(
        select(ProcessInstance).where(ProcessInstance.case_id == case.id)
    ).one()


def advance(run: Run) -> None:
    """Run all automatic steps, then bring tasks, timers and the case up to date."""
    run.running.advance()
    _sync_tasks(run)
    _sync_timers(run)
    run.instance.state = run.running.save()
    if run.running.finished and run.case.status == CaseStatus.OPEN:
        _finish(run)
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


def _run(
    work: Work,
    case: Case,
    instance: ProcessInstance,
    process: Process,
    parsed: Parsed,
) -> Run:
    # The running process calls back into the run, so it is set right after.
    return Run(work, case, instance, process, parsed, running=None)  # type: ignore[arg-type]


def _caller(run: Run) -> Any:
    def call(element: str, data: Mapping[str, Any]) -> Facts | None:
        step = Step(run.work, run.case, run.process, element, data, timer=run.timer)
        return run.process.actions[element](step)

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
    element = run.element(token.element)
    lane = element.lane
    if lane is None or lane.role is None:
        msg = f"{element.id} has no lane with a role; the deployment check missed it"
        raise RuntimeError(msg)
    place = candidates.party(work, case, lane.organisation or "drafting")
    makers = frozenset(candidates.makers(work, case, element))
    found = candidates.nearest_with_holder(work, lane.role, place, makers)
    unit = found or work.session.get_one(Organisation, place.agency)
    task = Task(
        case_id=case.id,
        element=token.element,
        engine_task_id=token.id,
        name=run.process.texts.step(token.element).title,
        role=lane.role,
        organisation_id=unit.id,
        sender_id=work.actor.person_id,
        created_at=work.now,
        without_candidate=found is None,
    )
    handler = candidates.last_handler(work, case, token.element)
    if handler in {p.id for p in candidates.holders(work, lane.role, unit.id)} - makers:
        task.status, task.assignee_id = TaskStatus.CLAIMED, handler
        task.claimed_at = work.now
    work.session.add(task)
    work.session.flush()
    limit = run.boundary_limit(token.element)
    if limit is not None:
        deadlines.start(work, case, run.process.limits[limit], task=task)
    list_task(work, task)
    return task


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
            if notice.element == task.element:
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
    for token in waiting.values():
        _arm(run, token)


def _arm(run: Run, token: WaitingTimer) -> None:
    work, case = run.work, run.case
    element = run.element(token.element)
    task = _guarded_task(run, element)
    deadline = deadlines.running(work, case, token.limit, task)
    if deadline is None:
        return
    timers = work.session.scalars(
        select(Timer).where(Timer.deadline_id == deadline.id)
    ).all()
    waits = any(t.fired_at is None and t.cancelled_at is None for t in timers)
    if waits and not token.ladder:
        # A token that passes once waits for one rung; the diagram loops for the next.
        return
    armed = {timer.rung for timer in timers}
    limit = run.process.limits[token.limit]
    plan = deadlines.ladder(work, case, limit, deadline)
    missing = [(n, *planned) for n, planned in enumerate(plan) if n not in armed]
    for number, rung, at in missing if token.ladder else missing[:1]:
        work.session.add(
            Timer(
                case_id=case.id,
                deadline_id=deadline.id,
                engine_task_id=token.id,
                element=token.element,
                rung=number,
                plan={"offset": rung.offset, "to": rung.to},
                due_at=at,
                next_attempt_at=at,
            )
        )
        if at <= work.now:
            work.after_commit.append(work.engine.wake)
    work.session.flush()


def _guarded_task(run: Run, event: Element) -> Task | None:
    """Return the open task on whose border an event sits; None for other places."""
    if event.attached_to is None:
        return None
    return run.work.session.scalars(
        select(Task).where(
            Task.case_id == run.case.id,
            Task.kind == TaskKind.WORK,
            Task.element == event.attached_to,
            Task.status.in_((TaskStatus.READY, TaskStatus.CLAIMED)),
        )
    ).first()


def _finish(run: Run) -> None:
    work, case = run.work, run.case
    case.status = CaseStatus.FINISHED
    case.ended_at = work.now
    run.instance.ended_at = work.now
    for deadline in deadlines.of_case(work, case):
        if deadline.state in deadlines.RUNNING:
            deadlines.end(work, deadline, DeadlineState.VOID)
    for notice in _open_notices(work, case.id):
        close_task(work, notice, TaskStatus.CANCELLED)
    work.record(case, "case_finished", f"{case.number}办结。")
