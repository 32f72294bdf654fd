"""The library as it comes, without anything of ours, to show what it does."""

from typing import Any

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser

SERIALIZER = BpmnWorkflowSerializer()
PAST = "2020-01-01T00:00:00+00:00"


def started(data: bytes, *dmn: bytes, **facts: Any) -> Any:
    """Parse with the plain parser and run to the first wait."""
    workflow = created(data, *dmn)
    workflow.task_tree.data.update(facts)
    workflow.do_engine_steps()
    return workflow


def created(data: bytes, *dmn: bytes, process: str = "main", parser: Any = None) -> Any:
    """Parse with the plain parser or the one given; nothing has run yet."""
    parser = parser or (SpiffBpmnParser() if dmn else BpmnParser())
    for table in dmn:
        parser.add_dmn_str(table)
    parser.add_bpmn_str(data)
    return BpmnWorkflow(
        parser.get_spec(process),
        parser.get_subprocess_specs(process, require_call_activity_specs=False),
    )


def names(workflow: Any, state: int = TaskState.READY) -> list[str]:
    """Answer the elements whose tasks are in a state."""
    return sorted(task.task_spec.name for task in workflow.get_tasks(state=state))


def ready(workflow: Any, name: str) -> Any:
    """Answer one ready task."""
    return workflow.get_tasks(state=TaskState.READY, spec_name=name)[0]


def complete(workflow: Any, name: str, **facts: Any) -> None:
    """Complete a ready task and run on."""
    task = ready(workflow, name)
    task.data.update(facts)
    task.run()
    workflow.do_engine_steps()


def send(workflow: Any, name: str) -> None:
    """Send a message in and run on."""
    workflow.catch(BpmnEvent(MessageEventDefinition(name)))
    workflow.do_engine_steps()


def make_due(workflow: Any, name: str) -> None:
    """Move a waiting timer's stored time into the past."""
    task = workflow.get_tasks(state=TaskState.WAITING, spec_name=name)[0]
    task.internal_data["event_value"] = PAST


def stored_and_loaded(workflow: Any) -> Any:
    """Save with the stock serializer and load again."""
    return SERIALIZER.deserialize_json(SERIALIZER.serialize_json(workflow))
