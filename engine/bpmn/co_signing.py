"""Several organisations at one step (会签): their votes, and when a round is over.

The library's own repeated task merges what each one answers into the process data,
stops when a list is gone through twice, and cannot count votes. Ours keeps a vote
with its instance and decides by a rule that stands in the process data.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent
from SpiffWorkflow.spiff.parser.task_spec import SpiffTaskParser
from SpiffWorkflow.spiff.specs.defaults import ParallelMultiInstanceTask

AGREED, OBJECTED, EXPIRED = "agreed", "objected", "expired"

#: What only the library's own kind of repetition has.
_FOREIGN = ("loopCardinality", "completionCondition", "loopDataOutputRef")


def decide(rule: Mapping[str, Any], votes: Sequence[str], waiting: int) -> str | None:
    """Return how a round ends with these votes; None while others may decide it."""
    agreed, objected = votes.count(AGREED), votes.count(OBJECTED)
    if rule["kind"] == "n_of_m":
        if agreed >= rule["n"]:
            return AGREED
        return None if agreed + waiting >= rule["n"] else OBJECTED
    if objected and (rule["kind"] == "veto" or not waiting):
        return OBJECTED
    return None if waiting else AGREED


class CoSigning(ParallelMultiInstanceTask):
    """One instance for each organisation of a list; done when its rule says so."""

    def create_children(self, my_task: Any) -> None:
        """Ask each organisation of the list once."""
        places = _places(self.bpmn_id, self.data_input.get(my_task))
        _rule(self.bpmn_id, my_task.data, len(places))
        for place in places:
            self.create_child(my_task, place)
        if not places:
            self._settle(my_task, AGREED)

    def create_child(self, my_task: Any, item: Any, key_or_index: Any = None) -> None:
        """Ask one organisation."""
        del key_or_index
        spec = my_task.workflow.spec.task_specs[self.task_spec]
        child = my_task._add_child(spec, TaskState.WAITING)  # noqa: SLF001 (library's API)
        child.triggered = True
        child.internal_data["organisation"] = item
        spec._update(child)  # noqa: SLF001 (library's API)
        if self.input_item is not None:
            self.input_item.set(child, item)

    def merge_child(self, workflow: Any, child: Any) -> None:
        """Count the vote of an instance that is done; end the round if it decides."""
        del workflow
        my_task = child.parent
        instances = list(self._instances(my_task))
        waiting = [
            each for each in instances if not each.has_state(TaskState.FINISHED_MASK)
        ]
        votes = [vote["vote"] for vote in self.votes(my_task)]
        rule = _rule(self.bpmn_id, my_task.data, len(instances))
        result = decide(rule, votes, len(waiting))
        if result is None:
            return
        for each in waiting:
            each.cancel()
        self._settle(my_task, result)
        my_task._set_state(TaskState.READY)  # noqa: SLF001 (library's API)

    def votes(self, my_task: Any) -> list[dict[str, Any]]:
        """Return who voted what so far, in the order in which they were asked."""
        return [
            {
                "organisation": each.internal_data["organisation"],
                "vote": each.internal_data["vote"],
            }
            for each in self._instances(my_task)
            if "vote" in each.internal_data
        ]

    def _settle(self, my_task: Any, result: str) -> None:
        my_task.data[self.bpmn_id] = result
        my_task.data[f"{self.bpmn_id}_votes"] = self.votes(my_task)


class UserTaskParser(SpiffTaskParser):
    """User tasks, with our own kind of repetition where a list is gone through."""

    def _add_multiinstance_task(self, loop_characteristics: Any) -> None:
        ours = not any(
            self.xpath(f"./bpmn:multiInstanceLoopCharacteristics/bpmn:{name}")
            for name in _FOREIGN
        )
        if ours:
            self.PARALLEL_MI_CLASS = CoSigning
        super()._add_multiinstance_task(loop_characteristics)


def place_of(task: Any) -> int | None:
    """Return the organisation that an instance is for; None for any other task."""
    place: int | None = task.internal_data.get("organisation")
    return place


def cast(task: Any, facts: Mapping[str, Any]) -> None:
    """Give an instance its vote."""
    vote = facts.get("vote")
    if vote not in {AGREED, OBJECTED}:
        msg = f"{task.task_spec.bpmn_id} returned {vote!r} where a vote is due"
        raise ValueError(msg)
    task.internal_data["vote"] = vote


def guarded(event: Any) -> Any:
    """Return the task on whose border an event waits; None for other events."""
    if not isinstance(event.task_spec, BoundaryEvent):
        return None
    return next(
        task
        for task in event.parent.children
        if not isinstance(task.task_spec, BoundaryEvent)
    )


def expiry_facts(event: Any) -> dict[str, Any]:
    """Return what the end of a limit leaves of a round that it interrupts."""
    round_ = guarded(event)
    if round_ is None or not isinstance(round_.task_spec, CoSigning):
        return {}
    name = round_.task_spec.bpmn_id
    return {name: EXPIRED, f"{name}_votes": round_.task_spec.votes(round_)}


def _places(name: str, listed: Any) -> list[int]:
    if not isinstance(listed, list) or not all(_is_number(each) for each in listed):
        msg = f"{name} needs a list of organisations' keys, not {listed!r}"
        raise ValueError(msg)
    return list(dict.fromkeys(listed))


def _rule(name: str, data: Mapping[str, Any], asked: int) -> Mapping[str, Any]:
    """Return the rule of a round, from the process data alone."""
    rule: Mapping[str, Any] = data.get(f"{name}_rule", {"kind": "all"})
    possible = rule["kind"] in {"all", "veto"}
    if rule["kind"] == "n_of_m":
        possible = _is_number(rule["n"]) and (not asked or 1 <= rule["n"] <= asked)
    if not possible:
        msg = f"{name} cannot be decided by {rule!r} among {asked}"
        raise ValueError(msg)
    return rule


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
