"""What the engine runs faithfully is accepted, whichever tool drew it."""

import pytest

from engine.check import check_definition
from tests.engine.check.diagrams import (
    ALARM,
    FAILURE,
    NEWS,
    RAISED,
    boundary,
    catch,
    definitions,
    diagram,
    element,
    exclusive,
    extension,
    many,
    parallel,
    scope,
    service,
    sub,
    table,
    throw,
    timer,
    trigger,
    user,
)

ACCEPTED = {
    "a plain user task": diagram("start -> a -> end", user("a")),
    "a process without isExecutable": definitions(
        f'<bpmn:process id="main">{scope("start -> a -> end", user("a"))}'
        "</bpmn:process>"
    ),
    "manual, undefined and service tasks": diagram(
        "start -> a -> b -> c -> end",
        element("manualTask", "a"),
        element("task", "b"),
        service("c"),
    ),
    "documentation, colours, forms and unknown extensions": diagram(
        "start -> a -> end",
        '<bpmn:userTask id="a" name="办理" camunda:formKey="form" '
        'camunda:assignee="demo" color:background-color="#ffffff">'
        "<bpmn:documentation>说明</bpmn:documentation>"
        + extension(
            '<camunda:formData><camunda:formField id="amount" type="long" />'
            "</camunda:formData><zeebe:taskDefinition type='x' />"
            '<other:thing xmlns:other="urn:other" any="1" />'
        )
        + "</bpmn:userTask>",
    ),
    "a diagram with layout and colours": diagram(
        "start -> a -> end", user("a")
    ).replace(
        b"</bpmn:definitions>",
        b'<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="main">'
        b'<bpmndi:BPMNShape id="s" bpmnElement="a" bioc:stroke="#000" '
        b'color:border-color="#000"><dc:Bounds x="1" y="2" width="3" height="4" />'
        b"</bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
        b"</bpmn:definitions>",
    ),
    "an exclusive gateway with a default": diagram(
        """start -> a -> g -> b [outcome == "yes" and days > 3] -> end
        g -> end""",
        user("a"),
        user("b"),
        exclusive("g", default="g_to_end"),
    ),
    "an exclusive gateway without a default": diagram(
        """start -> a -> g -> b [ok] -> end
        g -> end [not ok]""",
        user("a"),
        user("b"),
        exclusive("g"),
    ),
    "a gateway that only merges": diagram(
        """start -> g -> a -> m -> end
        g -> m [skip]""",
        user("a"),
        exclusive("g", default="g_to_a"),
        exclusive("m"),
    ),
    "a loop back over an exclusive gateway": diagram(
        """start -> a -> g -> end
        g -> a [again]""",
        user("a"),
        exclusive("g", default="g_to_end"),
    ),
    "a parallel block": diagram(
        """start -> s -> a -> j -> end
        s -> b -> j""",
        user("a"),
        user("b"),
        parallel("s", "j"),
    ),
    "an inclusive block": diagram(
        """start -> s -> a [x] -> j -> end
        s -> b [y] -> j
        s -> c -> j""",
        user("a"),
        user("b"),
        user("c"),
        element("inclusiveGateway", "s", default="s_to_c"),
        element("inclusiveGateway", "j"),
    ),
    "a parallel block in a sub-process in a loop": diagram(
        """start -> block -> g -> end
        g -> block [again]""",
        exclusive("g", default="g_to_end"),
        sub(
            "block",
            """block_start -> s -> a -> j -> block_end
            s -> b -> j""",
            user("a"),
            user("b"),
            parallel("s", "j"),
        ),
    ),
    "two start events, one with a message": diagram(
        """start -> a -> end
        told -> a""",
        user("a"),
        element("startEvent", "told", trigger("message", "news")),
        around=NEWS,
    ),
    "two flows out of a start event": diagram(
        """start -> a -> end
        start -> b -> end""",
        user("a"),
        user("b"),
    ),
    "boundary timers with a limit's name and with durations": diagram(
        """start -> a -> end
        late -> b -> end
        soon -> c -> end
        often -> c""",
        user("a"),
        user("b"),
        user("c"),
        boundary("late", "a", timer("timeDate", "section_review")),
        boundary("soon", "a", timer("timeDuration", "P5D"), interrupting=False),
        boundary("often", "a", timer("timeCycle", '"R3/PT8H"'), interrupting=False),
    ),
    "boundary messages, signals and escalations": diagram(
        """start -> a -> end
        m -> end
        s -> end
        e -> end""",
        user("a"),
        boundary("m", "a", trigger("message", "news")),
        boundary("s", "a", trigger("signal", "alarm"), interrupting=False),
        boundary("e", "a", trigger("escalation", "raised"), interrupting=False),
        around=NEWS + ALARM + RAISED,
    ),
    "an error caught around the sub-process": diagram(
        """start -> p -> end
        caught -> a -> end""",
        user("a"),
        boundary("caught", "p", trigger("error", "failure")),
        sub(
            "p",
            "p_start -> b -> p_end",
            user("b"),
            element("endEvent", "p_end", trigger("error", "failure")),
        ),
        around=FAILURE,
    ),
    "an event gateway with a message and a timer": diagram(
        """start -> g -> m -> end
        g -> t -> end
        g -> r -> end""",
        element("eventBasedGateway", "g"),
        catch("m", trigger("message", "news")),
        catch("t", timer("timeDate", "2026-03-02T09:00:00+08:00")),
        element("receiveTask", "r", messageRef="other"),
        around=NEWS + '<bpmn:message id="other" name="other" />',
    ),
    "messages thrown and received": diagram(
        "start -> a -> b -> c -> d -> end",
        element("sendTask", "a", messageRef="news"),
        element("receiveTask", "b", messageRef="news"),
        throw("c", trigger("message", "news")),
        catch("d", trigger("signal", "alarm")),
        around=NEWS + ALARM,
    ),
    "multi-instance tasks": diagram(
        "start -> a -> b -> c -> end",
        user("a", many()),
        user("b", many(isSequential="true")),
        user(
            "c",
            many(
                "<bpmn:loopCardinality>3</bpmn:loopCardinality>"
                "<bpmn:completionCondition>done</bpmn:completionCondition>"
            ),
        ),
    ),
    "a multi-instance behind a boundary event and a gateway": diagram(
        """start -> a -> end
        late -> g -> b -> end
        g -> end [skip]""",
        user("a"),
        user("b", many()),
        exclusive("g", default="g_to_b"),
        boundary("late", "a", timer("timeDuration", '"P1D"')),
    ),
    "a standard loop": diagram(
        "start -> a -> end",
        user("a", '<bpmn:standardLoopCharacteristics loopMaximum="3" />'),
    ),
    "a terminate end event": diagram(
        "start -> a -> end",
        user("a"),
        element("endEvent", "end", trigger("terminate")),
    ),
    "a transaction that can be cancelled": diagram(
        """start -> p -> end
        undone -> end""",
        boundary("undone", "p", trigger("cancel")),
        sub(
            "p",
            "p_start -> b -> p_end",
            user("b"),
            element("endEvent", "p_end", trigger("cancel")),
            kind="transaction",
        ),
    ),
    "a message event sub-process that does not interrupt": diagram(
        "start -> a -> end",
        user("a"),
        sub(
            "p",
            "p_start -> b -> p_end",
            element(
                "startEvent",
                "p_start",
                trigger("message", "news"),
                isInterrupting="false",
            ),
            user("b"),
            triggeredByEvent="true",
        ),
        around=NEWS,
    ),
    "lanes in lanes": diagram(
        "start -> a -> end",
        user("a"),
        lanes='<bpmn:laneSet id="ls"><bpmn:lane id="outer" name="科室">'
        '<bpmn:childLaneSet id="inner_set"><bpmn:lane id="inner">'
        "<bpmn:flowNodeRef>a</bpmn:flowNodeRef>"
        "</bpmn:lane></bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>",
    ),
    "a data object and its association": diagram(
        "start -> a -> end",
        '<bpmn:dataObject id="draft" />'
        '<bpmn:dataObjectReference id="draft_ref" dataObjectRef="draft" />',
        user(
            "a",
            "<bpmn:dataOutputAssociation><bpmn:targetRef>draft_ref</bpmn:targetRef>"
            "</bpmn:dataOutputAssociation>",
        ),
    ),
    "a call that passes everything on": diagram(
        "start -> a -> c -> end",
        user("a"),
        element(
            "callActivity",
            "c",
            extension('<camunda:in variables="all" /><camunda:in businessKey="k" />'),
            calledElement="main",
        ),
    ),
    "a pool that is a black box": definitions(
        f'<bpmn:process id="main" isExecutable="true">'
        f"{scope('start -> a -> end', user('a'))}</bpmn:process>",
        '<bpmn:collaboration id="c"><bpmn:participant id="us" processRef="main" />'
        '<bpmn:participant id="them" name="申请人" /></bpmn:collaboration>',
    ),
    "two pools with a process each": definitions(
        "".join(
            f'<bpmn:process id="p{n}" isExecutable="true">'
            + scope(f"s{n} -> a{n} -> e{n}", user(f"a{n}"), start=f"s{n}", end=f"e{n}")
            + "</bpmn:process>"
            for n in (1, 2)
        )
    ),
    "a signal that interrupts before a person's step": diagram(
        """start -> p -> end
        caught -> end""",
        boundary("caught", "p", trigger("signal", "alarm")),
        sub(
            "p",
            "p_start -> t -> b -> p_end",
            throw("t", trigger("signal", "alarm")),
            user("b"),
        ),
        around=ALARM,
    ),
    "a table with every kind of cell": table(
        '"a"|> 20|1',
        "-|10 <= ? <= 20|2",
        '? in ("b", "c")|-|None',
        "|5|x + 1",
        inputs=("kind", "amount"),
    ),
    "a unique table whose rows differ": table('"a"|1', '"b"|2', hit_policy="UNIQUE"),
    "a collecting table": table("> 1|1", "> 2|2", hit_policy="COLLECT"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    assert check_definition({"main.bpmn": ACCEPTED[name]}, None) == []


def test_a_call_finds_its_process_in_another_file() -> None:
    caller = diagram(
        "start -> c -> end", element("callActivity", "c", calledElement="other")
    )
    called = diagram("start -> a -> end", user("a"), process="other")
    assert check_definition({"a.bpmn": caller, "b.bpmn": called}, None) == []
    known = check_definition({"a.bpmn": caller}, None, known_processes=["other"])
    assert known == []


def test_a_business_rule_task_finds_its_table() -> None:
    asking = diagram(
        "start -> r -> end",
        element(
            "businessRuleTask",
            "r",
            extension(
                "<spiffworkflow:calledDecisionId>routing"
                "</spiffworkflow:calledDecisionId>"
            ),
        ),
    )
    files = {"a.bpmn": asking, "t.dmn": table('"a"|1')}
    assert check_definition(files, None) == []


def test_an_unused_process_that_is_not_executable_is_a_drawing() -> None:
    data = definitions(
        f'<bpmn:process id="main" isExecutable="true">'
        f"{scope('start -> a -> end', user('a'))}</bpmn:process>"
        f'<bpmn:process id="drawn" isExecutable="false">'
        f"{scope('s2 -> b', user('b'), start='s2')}</bpmn:process>"
    )
    assert check_definition({"main.bpmn": data}, None) == []
