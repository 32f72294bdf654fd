"""A workflow in motion: what execution may do with SpiffWorkflow, in our words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnEvent

from engine.bpmn import co_signing, state
from engine.bpmn.expressions import SafeScriptEngine
from engine.bpmn.parser import Specs
from engine.bpmn.timers import LadderTimer, LimitTimer

#: An automatic step: the element's id and the process data to the facts it adds.
CallAction = Callable[[str, Mapping[str, Any]], Mapping[str, Any] | None]


_BEGUN = TaskState.READY | TaskState.WAITING | TaskState.STARTED


@dataclass(frozen=True)
class Token:
    """A place where the process waits: for a person, or for a limit."""

    id: str
    element: str
    data: Mapping[str, Any]
    #: The organisation that is asked, where several are at one step.
    organisation: int | None = None


@dataclass(frozen=True)
class WaitingTimer:
    """A timer event that waits for a named limit."""

    id: str
    element: str
    limit: str
    #: Whether it sends a token for each rung, or lets its own token pass once.
    ladder: bool
    #: Whether it ends the task on whose border it sits.
    interrupts: bool
    #: The tokens of people that it watches over.
    guarded: frozenset[str]


class _ScriptEngine(SafeScriptEngine):
    """Safe expressions, named actions, and timers that fire when told to."""

    def __init__(self, call: CallAction) -> None:
        super().__init__(lambda task, element: call(element, task.data))
        #: The waiting timer token that fires now, if any; used up by firing.
        self.firing: str | None = None

    def fires(self, task: Any) -> bool:
        if self.firing != str(task.id):
            return False
        self.firing = None
        return True


class RunningProcess:
    """One process instance loaded for one act; thrown away if the act fails."""

    def __init__(self, workflow: Any, engine: _ScriptEngine) -> None:
        self._workflow = workflow
        self._engine = engine

    @classmethod
    def begin(
        cls, specs: Specs, facts: Mapping[str, Any], call: CallAction
    ) -> "RunningProcess":
        """Start a process with its first facts; it has not moved yet."""
        engine = _ScriptEngine(call)
        workflow = state.begin(specs, engine)
        workflow.task_tree.data.update(facts)
        return cls(workflow, engine)

    @classmethod
    def load(cls, data: bytes, specs: Specs, call: CallAction) -> "RunningProcess":
        """Load a stored process."""
        engine = _ScriptEngine(call)
        return cls(state.load(data, specs, engine), engine)

    def save(self) -> bytes:
        """Return the state to store."""
        return state.save(self._workflow)

    @property
    def finished(self) -> bool:
        """Tell whether every path has ended."""
        return bool(self._workflow.completed)

    def advance(self) -> None:
        """Run automatic steps until only people and limits are waited for."""
        self._workflow.do_engine_steps()
        while any(
            not task.task_spec.manual
            for task in self._workflow.get_tasks(state=TaskState.READY)
        ):
            self._workflow.do_engine_steps()

    def complete(self, token_id: str, facts: Mapping[str, Any]) -> None:
        """Finish a person's step with the facts that decide what comes next.

        Where several organisations are at one step only the vote counts.
        """
        task = self._workflow.get_task_from_id(UUID(token_id))
        if co_signing.place_of(task) is None:
            task.data.update(facts)
        else:
            co_signing.cast(task, facts)
        task.run()

    def fire(self, token_id: str) -> None:
        """Let a waiting timer fire once."""
        task = self._workflow.get_task_from_id(UUID(token_id))
        facts = co_signing.expiry_facts(task) if _interrupts(task) else {}
        self._engine.firing = token_id
        self._workflow.refresh_timers()
        self._engine.firing = None
        task.data.update(facts)

    def interrupt(self, event: str) -> bool:
        """Let a message event happen that waits on a border; tell whether one did."""
        waiting = [
            task
            for task in self._workflow.event_manager.tasks.values()
            if task.task_spec.bpmn_id == event
        ]
        for task in waiting:
            definition = task.task_spec.event_definition
            task.task_spec.catch(task, BpmnEvent(definition, payload={}))
            task.task_spec._update(task)  # noqa: SLF001 (library's API)
        return bool(waiting)

    def cancel(self) -> None:
        """End every path where it stands."""
        self._workflow.cancel()

    def waiting_for_people(self) -> list[Token]:
        """Return the steps that people have to take now."""
        return [
            Token(
                str(task.id),
                task.task_spec.bpmn_id,
                dict(task.data),
                co_signing.place_of(task),
            )
            for task in self._workflow.get_tasks(state=TaskState.READY)
            if task.task_spec.manual
        ]

    def waiting_for_limits(self) -> list[WaitingTimer]:
        """Return the timer events that wait for a limit."""
        found = []
        for task in self._workflow.event_manager.tasks.values():
            timer = task.task_spec.event_definition
            if isinstance(timer, LimitTimer | LadderTimer):
                found.append(
                    WaitingTimer(
                        str(task.id),
                        task.task_spec.bpmn_id,
                        timer.expression,
                        isinstance(timer, LadderTimer),
                        _interrupts(task),
                        frozenset(_people_at(co_signing.guarded(task))),
                    )
                )
        return found

    def current(self) -> set[str]:
        """Return the elements at which people work, and those around them."""
        begun = self._workflow.get_tasks(state=TaskState.STARTED)
        around = {task.task_spec.bpmn_id for task in begun if task.task_spec.bpmn_id}
        return around | {token.element for token in self.waiting_for_people()}

    def passed(self) -> set[str]:
        """Return the elements that have been finished so far."""
        return {
            task.task_spec.bpmn_id
            for task in self._workflow.get_tasks(state=TaskState.COMPLETED)
            if task.task_spec.bpmn_id
        }

    def taken(self) -> set[tuple[str, str]]:
        """Return the ways that were taken: from one element to the next."""
        pairs = set()
        reached = TaskState.COMPLETED | _BEGUN
        for task in self._workflow.get_tasks(state=reached):
            before = task.parent
            # The library puts elements of its own between a task and its borders.
            while before is not None and not before.task_spec.bpmn_id:
                before = before.parent
            if before is not None and task.task_spec.bpmn_id:
                pairs.add((before.task_spec.bpmn_id, task.task_spec.bpmn_id))
        return pairs


def _interrupts(task: Any) -> bool:
    return bool(getattr(task.task_spec, "cancel_activity", False))


def _people_at(task: Any) -> list[str]:
    """Return the open tokens of a person's step, or of each one asked at it."""
    if task is None:
        return []
    return [
        str(each.id)
        for each in (task, *task.children)
        if each.state == TaskState.READY and each.task_spec.manual
    ]
