"""What the library's parser lets pass."""

import pytest
from lxml.etree import XMLSyntaxError
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.camunda.parser.CamundaParser import CamundaParser

from engine.check.playing import play
from tests.engine.check.diagrams import (
    FAILURE,
    catch,
    diagram,
    element,
    exclusive,
    service,
    sub,
    trigger,
    user,
)
from tests.engine.traps.library import complete, created, names, started


def test_duplicate_ids_and_unknown_elements_are_accepted() -> None:
    twice = user("a", "<bpmn:nonsense />") + user("a")
    assert names(started(diagram("start -> a -> end", twice))) == ["a"]


def test_a_data_object_two_levels_up_hangs_the_parser() -> None:
    writing = user(
        "a",
        "<bpmn:dataOutputAssociation><bpmn:targetRef>r</bpmn:targetRef>"
        "</bpmn:dataOutputAssociation>",
    )
    data = diagram(
        "start -> p -> end",
        '<bpmn:dataObject id="o" />'
        '<bpmn:dataObjectReference id="r" dataObjectRef="o" />',
        sub("p", "p_start -> q -> p_end", sub("q", "q_start -> a -> q_end", writing)),
    )
    found = play({"a.bpmn": data}, ["main"], seconds=0.3)
    assert [each.rule for each in found] == ["too-slow"]


def test_a_dangling_reference_is_reported_as_a_type_error() -> None:
    data = diagram("start -> c -> end", catch("c", trigger("signal", "gone")))
    with pytest.raises(ValidationException, match="TypeError"):
        created(data)


def test_a_condition_on_a_flow_out_of_a_task_is_ignored() -> None:
    workflow = started(diagram("start -> a -> b [False] -> end", user("a"), user("b")))
    complete(workflow, "a")
    assert names(workflow) == ["b"]


def test_an_undefined_task_waits_for_a_person() -> None:
    workflow = started(diagram("start -> a -> end", element("task", "a")))
    assert [t.task_spec.name for t in workflow.get_tasks(manual=True)] == ["a"]


def test_a_service_task_stops_without_a_word() -> None:
    workflow = started(diagram("start -> a -> end", service("a")))
    assert names(workflow, TaskState.STARTED) == ["a"]


def test_a_receive_task_without_message_is_passed() -> None:
    assert started(diagram("start -> a -> end", element("receiveTask", "a"))).completed


def test_an_unmet_choice_without_default_fails_only_when_reached() -> None:
    data = diagram(
        "start -> g -> a [False] -> end\ng -> end [False]", user("a"), exclusive("g")
    )
    workflow = created(data)
    with pytest.raises(Exception, match="No conditions satisfied"):
        workflow.do_engine_steps()


def test_start_quantity_is_ignored() -> None:
    workflow = started(diagram("start -> a -> end", user("a", startQuantity="2")))
    assert names(workflow) == ["a"]


def test_a_call_to_a_missing_process_fails_only_when_reached() -> None:
    data = diagram(
        "start -> c -> end", element("callActivity", "c", calledElement="gone")
    )
    workflow = created(data)
    with pytest.raises(AttributeError):
        workflow.do_engine_steps()


def test_an_error_that_nobody_catches_is_success() -> None:
    data = diagram(
        "start -> end",
        element("endEvent", "end", trigger("error", "failure")),
        around=FAILURE,
    )
    workflow = started(data)
    assert workflow.completed
    assert workflow.success


def test_the_attributes_of_camunda_are_dropped_by_its_own_parser() -> None:
    data = diagram("start -> a -> end", user("a", **{"camunda:assignee": "ada"}))
    parsed = created(data, parser=CamundaParser()).spec.task_specs["a"]
    assert parsed.extensions == {}
    assert not hasattr(parsed, "assignee")


def test_a_second_flow_out_of_a_task_is_refused() -> None:
    flows = "start -> a -> b -> end\na -> end"
    with pytest.raises(ValidationException, match="Multiple outgoing flows"):
        created(diagram(flows, user("a"), user("b")))


def test_entities_from_outside_are_not_read() -> None:
    reading = user("a", "<bpmn:documentation>&e;</bpmn:documentation>")
    declared = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(XMLSyntaxError, match="Entity 'e' not defined"):
        created(declared + diagram("start -> a -> end", reading))
