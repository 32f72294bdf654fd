"""Diagrams and decision tables to SpiffWorkflow's specifications, with our elements."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    IntermediateCatchEvent,
    StartEvent,
)
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.parser.task_spec import SpiffTaskParser
from SpiffWorkflow.spiff.specs.defaults import UserTask
from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask

from engine.bpmn.co_signing import UserTaskParser
from engine.bpmn.timers import BoundaryParser, CatchParser, StartParser
from engine.bpmn.xml import read_xml


class ActionTask(SpiffBpmnTask):
    """A service task: runs the action of the process folder that has its name.

    The library's own plain service task stops in state STARTED without a word.
    """

    def _run_hook(self, my_task: Any) -> bool:
        engine = my_task.workflow.script_engine
        facts = engine.call_service(my_task, operation_name=self.bpmn_id)
        my_task.data.update(facts or {})
        return True


class Parser(SpiffBpmnParser):
    """SpiffWorkflow's parser with named limits, named actions and co-signing."""

    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012 (the library's own declaration)
        **SpiffBpmnParser.OVERRIDE_PARSER_CLASSES,
        full_tag("userTask"): (UserTaskParser, UserTask),
        full_tag("serviceTask"): (SpiffTaskParser, ActionTask),
        full_tag("boundaryEvent"): (BoundaryParser, BoundaryEvent),
        full_tag("intermediateCatchEvent"): (CatchParser, IntermediateCatchEvent),
        full_tag("startEvent"): (StartParser, StartEvent),
    }


@dataclass(frozen=True)
class Specs:
    """What runs: the top process and the processes inside or called by it."""

    process: Any
    subprocesses: Mapping[str, Any]


def parse(files: Mapping[str, bytes], process_id: str | None = None) -> Specs:
    """Parse the files of one definition.

    `process_id` names the process to run; without it, the only one in the files.
    Raises the library's errors: the deployment check runs first and speaks clearly.
    """
    parser = Parser()
    for name, data in files.items():
        if name.endswith(".dmn"):
            parser.add_dmn_xml(read_xml(data), filename=name)
    for name, data in files.items():
        if name.endswith(".bpmn"):
            parser.add_bpmn_xml(read_xml(data), filename=name)
    process_id = process_id or next(iter(parser.get_process_ids()))
    specs = Specs(parser.get_spec(process_id), parser.get_subprocess_specs(process_id))
    for spec in (specs.process, *specs.subprocesses.values()):
        _connect_loops(spec)
    return specs


def _connect_loops(spec: Any) -> None:
    """Let each repeated task hear of its instances' ends from the first.

    The library connects them when an instance is made: a case that is loaded after a
    restart, with its instances made before, would wait for them for ever.
    """
    for loop in spec.task_specs.values():
        if isinstance(loop, LoopTask):
            spec.task_specs[loop.task_spec].completed_event.connect(loop.merge_child)
