"""Who hears a message or a signal."""

from typing import Any

import pytest
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import (
    SignalEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser

from tests.engine.check.diagrams import (
    ALARM,
    NEWS,
    catch,
    diagram,
    parallel,
    throw,
    trigger,
    user,
)
from tests.engine.traps.library import complete, created, names, send, started

NUMBERED = f"""{NEWS}
<bpmn:collaboration id="all">
  <bpmn:participant id="us" processRef="main" />
  <bpmn:correlationKey id="key" name="case">
    <bpmn:correlationPropertyRef>number</bpmn:correlationPropertyRef>
  </bpmn:correlationKey>
</bpmn:collaboration>
<bpmn:correlationProperty id="number" name="number">
  <bpmn:correlationPropertyRetrievalExpression messageRef="news">
    <bpmn:messagePath>number</bpmn:messagePath>
  </bpmn:correlationPropertyRetrievalExpression>
</bpmn:correlationProperty>"""
HEARING = diagram(
    "start -> c -> end", catch("c", trigger("message", "news")), around=NUMBERED
)
ALARMED = catch("c", trigger("signal", "alarm"))


def tell(workflow: Any, number: str) -> None:
    (waiting,) = workflow.get_tasks(state=TaskState.WAITING, spec_name="c")
    definition = waiting.task_spec.event_definition
    keys = {"case": {"number": number}}
    workflow.catch(BpmnEvent(definition, {"number": number}, keys))
    workflow.do_engine_steps()


def test_the_first_message_is_accepted_whatever_its_keys() -> None:
    workflow = started(HEARING, number="A-1")
    tell(workflow, "B-9")
    assert workflow.completed
    assert workflow.correlations == {"case": {"number": "B-9"}}


def test_a_foreign_message_is_refused_when_the_keys_are_set_at_the_start() -> None:
    workflow = created(HEARING)
    workflow.correlations = {"case": {"number": "A-1"}}
    workflow.do_engine_steps()
    tell(workflow, "B-9")
    assert names(workflow, TaskState.WAITING) == ["c"]
    tell(workflow, "A-1")
    assert workflow.completed


def test_a_refused_message_is_left_among_those_for_others() -> None:
    workflow = started(HEARING)
    workflow.correlations = {"case": {"number": "A-1"}}
    tell(workflow, "B-9")
    assert [event.payload for event in workflow.get_events()] == [{"number": "B-9"}]
    assert workflow.get_events() == []


def test_a_signal_from_outside_before_its_catch_is_lost() -> None:
    workflow = started(
        diagram("start -> a -> c -> end", user("a"), ALARMED, around=ALARM)
    )
    workflow.catch(BpmnEvent(SignalEventDefinition("alarm")))
    complete(workflow, "a")
    assert names(workflow, TaskState.WAITING) == ["c"]


def test_a_signal_thrown_before_its_catch_is_lost() -> None:
    data = diagram(
        "start -> s -> t -> end\ns -> a -> c -> end",
        parallel("s"),
        throw("t", trigger("signal", "alarm")),
        user("a"),
        ALARMED,
        around=ALARM,
    )
    workflow = started(data)
    complete(workflow, "a")
    assert "c" in names(workflow, TaskState.WAITING)


def test_a_message_that_nobody_awaits_raises_only_when_sent() -> None:
    workflow = started(diagram("start -> a -> end", user("a"), around=NEWS))
    event = BpmnEvent(MessageEventDefinition("news"))
    workflow.catch(event)
    with pytest.raises(WorkflowException, match="not waiting"):
        workflow.send_event(event)


def test_a_message_of_the_parsers_base_class_is_not_heard() -> None:
    data = diagram(
        "start -> c -> end", catch("c", trigger("message", "news")), around=NEWS
    )
    plain, spiff = created(data), created(data, parser=SpiffBpmnParser())
    for workflow in (plain, spiff):
        workflow.do_engine_steps()
        send(workflow, "news")
    assert plain.completed
    assert not spiff.completed
