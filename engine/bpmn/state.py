"""The state of a running process as bytes, without its definition: one load, one save.

What the library's own converters do wrong for us is left out: the definition inside
every state, differences between tasks that miss True -> 1, and data of ours that
could name a Python type. Process data are plain JSON and stay as they are.
"""

from typing import Any
from uuid import UUID

import orjson
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import (
    BpmnEventConverter,
    BpmnSubWorkflowConverter,
    BpmnWorkflowConverter,
    TaskConverter,
    WorkflowConverter,
)
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.task import Task

from engine.bpmn.parser import Specs


class _TaskState(TaskConverter):
    """A task with its own data whole: a difference by == would lose True -> 1."""

    def to_dict(self, task: Any) -> dict[str, Any]:
        return {
            "id": str(task.id),
            "parent": str(task._parent) if task._parent else None,  # noqa: SLF001
            "children": [str(child) for child in task._children],  # noqa: SLF001
            "last_state_change": task.last_state_change,
            "state": task.state,
            "task_spec": task.task_spec.name,
            "triggered": task.triggered,
            "internal_data": self.registry.convert(task.internal_data),
            # Wrapped so that the registry does not take a key of ours for a type.
            "data": orjson.dumps(task.data).decode(),
        }

    def from_dict(self, dct: dict[str, Any], workflow: Any) -> Any:
        spec = workflow.spec.task_specs[dct["task_spec"]]
        task = self.target_class(workflow, spec, state=dct["state"], id=UUID(dct["id"]))
        task._parent = UUID(dct["parent"]) if dct["parent"] else None  # noqa: SLF001
        task._children = [UUID(child) for child in dct["children"]]  # noqa: SLF001
        task.last_state_change = dct["last_state_change"]
        task.triggered = dct["triggered"]
        task.internal_data = self.registry.restore(dct["internal_data"])
        task.data = orjson.loads(dct["data"])
        if isinstance(spec, CatchingEvent) and task.state == TaskState.WAITING:
            workflow.top_workflow.event_manager.add_task(task)
        return task


class _WorkflowState(BpmnWorkflowConverter):
    """A workflow without its definition."""

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        state: dict[str, Any] = WorkflowConverter.to_dict(self, workflow)
        state["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        state["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return state

    def from_dict(self, dct: dict[str, Any], specs: Specs) -> Any:
        workflow = self.target_class(
            specs.process, dict(specs.subprocesses), deserializing=True
        )
        workflow.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks[UUID(dct["root"])]
        self.set_default_attributes(workflow, dct)
        self.subprocesses_from_dict(dct["subprocesses"], workflow)
        workflow.bpmn_events = self.registry.restore(dct["bpmn_events"])
        return workflow


_REGISTRY = BpmnWorkflowSerializer.configure(
    {
        **SPIFF_CONFIG,
        BpmnWorkflow: _WorkflowState,
        BpmnSubWorkflow: BpmnSubWorkflowConverter,
        Task: _TaskState,
        BpmnEvent: BpmnEventConverter,
    }
)


def begin(specs: Specs, script_engine: Any) -> Any:
    """Return a new workflow that has not moved yet."""
    return BpmnWorkflow(
        specs.process, dict(specs.subprocesses), script_engine=script_engine
    )


def save(workflow: Any) -> bytes:
    """Return a workflow's state without its definition."""
    return orjson.dumps(_REGISTRY.convert(workflow))


def load(data: bytes, specs: Specs, script_engine: Any) -> Any:
    """Return the workflow that `save` wrote, with our script engine in place.

    The library restores a workflow with its own unrestricted engine, so this is the
    only function that loads one.
    """
    workflow = _REGISTRY.restore(orjson.loads(data), specs=specs)
    workflow.script_engine = script_engine
    return workflow
