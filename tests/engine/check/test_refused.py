"""What the engine would do wrongly, or must not do, is refused by name."""

import pytest

from tests.engine.check.conftest import Refusals
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
    throw,
    timer,
    trigger,
    user,
)

A = "start -> a -> end"
LATE = timer("timeDuration", "P1D")
STRUCTURE = {
    "duplicate-id": diagram(A, user("a"), '<bpmn:textAnnotation id="a" />'),
    "missing-id": diagram(A, user("a"), "<bpmn:userTask />"),
    "schema": diagram(A, user("a", "<bpmn:nonsense />")),
    "no-process": definitions(""),
    "not-executable": diagram(A, user("a"), executable="false"),
    "global-task": diagram(A, user("a"), around='<bpmn:globalTask id="g" />'),
    "dangling-flow": diagram("start -> a -> end\na -> gone", user("a")),
    "cross-scope-flow": diagram(
        "start -> a -> p -> end\na -> b",
        user("a"),
        sub("p", "p_start -> b -> p_end", user("b")),
    ),
    "start-with-incoming": diagram(
        "start -> a -> g -> end\ng -> start [again]",
        user("a"),
        exclusive("g", default="g_to_end"),
    ),
    "end-with-outgoing": diagram("start -> end -> a -> end", user("a")),
    "boundary-with-incoming": diagram(
        "start -> a -> late -> end", user("a"), boundary("late", "a", LATE)
    ),
    "no-start": diagram("a -> end", user("a")),
    "no-end": diagram("start -> a", user("a")),
    "several-starts": diagram(
        "start -> a -> end\nstart2 -> a", user("a"), element("startEvent", "start2")
    ),
    "unreachable": diagram("start -> a -> end\nb -> end", user("a"), user("b")),
    "dead-end": diagram(
        "start -> g -> a -> end\ng -> b [x]",
        user("a"),
        user("b"),
        exclusive("g", default="g_to_a"),
    ),
    "quantity": diagram(A, user("a", startQuantity="2")),
    "boundary-host": diagram(
        "start -> g -> end\nlate -> end",
        exclusive("g"),
        boundary("late", "g", LATE),
    ),
}
EVENTS = {
    "link-event": diagram(
        "start -> a -> l\nc -> end",
        user("a"),
        throw("l", '<bpmn:linkEventDefinition name="x" />'),
        catch("c", '<bpmn:linkEventDefinition name="x" />'),
    ),
    "signal-end-event": diagram(
        A,
        user("a"),
        element("endEvent", "end", trigger("signal", "alarm")),
        around=ALARM,
    ),
    "compensation": diagram(
        "start -> a -> t -> end", user("a"), throw("t", trigger("compensate"))
    ),
    "conditional-event": diagram(
        "start -> c -> end",
        catch(
            "c",
            "<bpmn:conditionalEventDefinition><bpmn:condition>x</bpmn:condition>"
            "</bpmn:conditionalEventDefinition>",
        ),
    ),
    "event-kind": diagram(
        "start -> c -> end", catch("c", trigger("error", "failure")), around=FAILURE
    ),
    "event-without-trigger": diagram("start -> c -> end", catch("c", "")),
    "event-definition-ref": diagram(
        "start -> c -> end",
        catch("c", "<bpmn:eventDefinitionRef>m</bpmn:eventDefinitionRef>"),
        around='<bpmn:messageEventDefinition id="m" />',
    ),
    "event-without-message": diagram("start -> r -> end", element("receiveTask", "r")),
    "unnamed-event": diagram(
        "start -> r -> end",
        element("receiveTask", "r", messageRef="m"),
        around='<bpmn:message id="m" />',
    ),
    "instantiating-receive": diagram(
        "start -> r -> end",
        element("receiveTask", "r", messageRef="news", instantiate="true"),
        around=NEWS,
    ),
    "cancel-outside-transaction": diagram(
        "start -> a -> end\nc -> end", user("a"), boundary("c", "a", trigger("cancel"))
    ),
    "parallel-multiple": diagram(
        "start -> c -> end",
        catch(
            "c",
            trigger("message", "news") + trigger("signal", "alarm"),
            parallelMultiple="true",
        ),
        around=NEWS + ALARM,
    ),
    "two-timers": diagram(
        "start -> g -> t -> end\ng -> u -> end",
        element("eventBasedGateway", "g"),
        catch("t", LATE),
        catch("u", LATE),
    ),
    "event-gateway-target": diagram(
        "start -> g -> t -> end\ng -> a -> end",
        element("eventBasedGateway", "g"),
        catch("t", LATE),
        user("a"),
    ),
    "event-gateway-kind": diagram(
        "start -> g -> t -> end\ng -> m -> end",
        element(
            "eventBasedGateway", "g", eventGatewayType="Parallel", instantiate="true"
        ),
        catch("t", LATE),
        catch("m", trigger("message", "news")),
        around=NEWS,
    ),
    "uncaught-error": diagram(
        A,
        user("a"),
        element("endEvent", "end", trigger("error", "failure")),
        around=FAILURE,
    ),
    "late-interruption": diagram(
        "start -> p -> end\ncaught -> end",
        boundary("caught", "p", trigger("escalation", "raised")),
        sub(
            "p",
            "p_start -> t -> s -> p_end",
            throw("t", trigger("escalation", "raised")),
            service("s"),
        ),
        around=RAISED,
    ),
}


def event_sub_process(start: str, *, interrupting: bool = False) -> str:
    return sub(
        "p",
        "p_start -> b -> p_end",
        element(
            "startEvent", "p_start", start, isInterrupting=str(interrupting).lower()
        ),
        user("b"),
        triggeredByEvent="true",
    )


EVENT_SUB_PROCESSES = {
    "interrupting-event-sub-process": diagram(
        A,
        user("a"),
        event_sub_process(trigger("message", "news"), interrupting=True),
        around=NEWS,
    ),
    "event-sub-process-start": diagram(A, user("a"), event_sub_process(LATE)),
    "nested-event-sub-process": diagram(
        "start -> q -> end",
        sub(
            "q",
            "q_start -> a -> q_end",
            user("a"),
            event_sub_process(trigger("message", "news")),
        ),
        around=NEWS,
    ),
    "event-sub-process": diagram(
        "start -> a -> end\np -> end",
        user("a"),
        event_sub_process(trigger("message", "news")),
        around=NEWS,
    ),
}
FLOWS = {
    "complex-gateway": diagram("start -> g -> end", element("complexGateway", "g")),
    "condition-on-default": diagram(
        "start -> g -> a [x] -> end\ng -> end [y]",
        user("a"),
        exclusive("g", default="g_to_a"),
    ),
    "missing-condition": diagram(
        "start -> g -> a -> end\ng -> end [y]", user("a"), exclusive("g")
    ),
    "conditional-flow": diagram("start -> a -> end [x]", user("a")),
    "several-outgoing": diagram(
        "start -> a -> b -> end\na -> end", user("a"), user("b")
    ),
}
LOOPS = {
    "split-in-cycle": diagram(
        """start -> m -> s -> a -> j -> g -> end
        s -> b -> j
        g -> m [again]""",
        user("a"),
        user("b"),
        exclusive("m"),
        exclusive("g", default="g_to_end"),
        parallel("s", "j"),
    ),
    "endless-cycle": diagram(
        """start -> g -> end
        g -> h [x] -> g""",
        exclusive("g", default="g_to_end"),
        exclusive("h"),
    ),
    "endless-prediction": diagram(
        "start -> a -> a\nlate -> end", user("a"), boundary("late", "a", LATE)
    ),
    "prediction-explodes": diagram(
        "\n".join(
            [
                f"s{n} -> a{n} -> j{n} -> {f's{n + 1}' if n < 9 else 'end'}"
                for n in range(10)
            ]
            + [f"s{n} -> b{n} -> j{n}" for n in range(10)]
            + ["start -> s0"]
        ),
        *(
            parallel(f"s{n}", f"j{n}") + user(f"a{n}") + user(f"b{n}")
            for n in range(10)
        ),
    ),
    "endless-call": diagram(
        "start -> c -> end", element("callActivity", "c", calledElement="main")
    ),
}
REPETITION = {
    "loop-without-end": diagram(A, user("a", "<bpmn:standardLoopCharacteristics />")),
    "loop-without-collection": diagram(
        A, user("a", many("<bpmn:completionCondition>x</bpmn:completionCondition>"))
    ),
    "cardinality": diagram(
        A, user("a", many("<bpmn:loopCardinality>-1</bpmn:loopCardinality>"))
    ),
    "multi-instance-behavior": diagram(A, user("a", many(behavior="None"))),
    "second-pass": diagram(
        "start -> a -> g -> end\ng -> a [again]",
        user(
            "a",
            many(
                "<bpmn:loopDataInputRef>people</bpmn:loopDataInputRef>"
                "<bpmn:loopDataOutputRef>votes</bpmn:loopDataOutputRef>"
            ),
        ),
        exclusive("g", default="g_to_end"),
    ),
    "boundary-to-multi-instance": diagram(
        "start -> a -> end\nlate -> b -> c -> end",
        user("a"),
        user("b"),
        user("c", many()),
        boundary("late", "a", LATE),
    ),
}
DATA = {
    "data-store": diagram(A, user("a"), around='<bpmn:dataStore id="s" name="s" />'),
    "data-association": diagram(
        A,
        '<bpmn:dataStoreReference id="store" />',
        user(
            "a",
            "<bpmn:dataOutputAssociation><bpmn:targetRef>store</bpmn:targetRef>"
            "</bpmn:dataOutputAssociation>",
        ),
    ),
    "data-object-nested": diagram(
        "start -> p -> end",
        '<bpmn:dataObject id="draft" />'
        '<bpmn:dataObjectReference id="draft_ref" dataObjectRef="draft" />',
        sub(
            "p",
            "p_start -> q -> p_end",
            sub(
                "q",
                "q_start -> a -> q_end",
                user(
                    "a",
                    "<bpmn:dataOutputAssociation><bpmn:targetRef>draft_ref"
                    "</bpmn:targetRef></bpmn:dataOutputAssociation>",
                ),
            ),
        ),
    ),
    "data-object-mapping": diagram(
        A,
        '<bpmn:dataObject id="draft" />'
        '<bpmn:dataObjectReference id="draft_ref" dataObjectRef="draft" />',
        user(
            "a",
            '<bpmn:ioSpecification><bpmn:dataOutput id="o" name="o" /><bpmn:inputSet />'
            "<bpmn:outputSet><bpmn:dataOutputRefs>o</bpmn:dataOutputRefs>"
            "</bpmn:outputSet></bpmn:ioSpecification>"
            "<bpmn:dataOutputAssociation><bpmn:sourceRef>o</bpmn:sourceRef>"
            "<bpmn:targetRef>draft_ref</bpmn:targetRef></bpmn:dataOutputAssociation>",
        ),
    ),
    "ad-hoc": diagram("start -> p -> end", element("adHocSubProcess", "p", user("a"))),
    "reserved-name": diagram(
        A,
        user(
            "a",
            extension(
                '<camunda:formData><camunda:formField id="typename" type="string" />'
                "</camunda:formData>"
            ),
        ),
    ),
}
FOREIGN = {
    "script-task": diagram(
        A, element("scriptTask", "a", "<bpmn:script>x = 1</bpmn:script>")
    ),
    "extension-script": diagram(
        A, user("a", extension("<spiffworkflow:preScript>x</spiffworkflow:preScript>"))
    ),
    "extension-listener": diagram(
        A,
        user("a", extension('<camunda:taskListener event="create" class="x" />')),
    ),
    "extension-mapping": diagram(
        A,
        service(
            "a",
            extension(
                '<zeebe:ioMapping><zeebe:input source="=a" target="b" />'
                "</zeebe:ioMapping>"
            ),
        ),
    ),
}
CALLS = {
    "call-without-process": diagram("start -> c -> end", element("callActivity", "c")),
    "unknown-process": diagram(
        "start -> c -> end", element("callActivity", "c", calledElement="other")
    ),
    "no-decision": diagram("start -> r -> end", element("businessRuleTask", "r")),
    "unknown-decision": diagram(
        "start -> r -> end",
        element(
            "businessRuleTask",
            "r",
            extension(
                "<spiffworkflow:calledDecisionId>routing"
                "</spiffworkflow:calledDecisionId>"
            ),
        ),
    ),
}
REFUSED = {
    **STRUCTURE,
    **EVENTS,
    **EVENT_SUB_PROCESSES,
    **FLOWS,
    **LOOPS,
    **REPETITION,
    **DATA,
    **FOREIGN,
    **CALLS,
}


#: One of two ways is taken, and both are waited for.
CHOICE = "start -> g -> a -> j -> end\ng -> b [x] -> j"


def test_a_join_of_a_choice_waits_for_ever(rules: Refusals) -> None:
    parts = (exclusive("g", default="g_to_a"), user("a"), user("b"), parallel("j"))
    assert rules(diagram(CHOICE, *parts)) == {"join-of-choices"}


def test_a_join_of_what_was_divided_is_fine(rules: Refusals) -> None:
    parts = (parallel("g"), user("a"), user("b"), parallel("j"))
    assert rules(diagram(CHOICE.replace(" [x]", ""), *parts)) == set()


def test_a_choice_within_one_branch_of_a_join(rules: Refusals) -> None:
    flows = "start -> p -> c -> j -> end\np -> g -> a -> {0}\ng -> b [x] -> {0}{1}"
    parts = (
        *(parallel("p"), parallel("j"), exclusive("g", default="g_to_a")),
        *(user("a"), user("b"), user("c")),
    )
    wrong = flows.format("j", "")
    right = flows.format("m", "\nm -> j")
    assert rules(diagram(wrong, *parts)) == {"join-of-choices"}
    assert rules(diagram(right, *parts, exclusive("m"))) == set()


@pytest.mark.parametrize("rule", REFUSED)
def test_refused(rule: str, rules: Refusals) -> None:
    assert rule in rules(REFUSED[rule])


@pytest.mark.parametrize(
    "part",
    [
        catch("x", trigger("message", "gone")),
        catch("x", trigger("signal", "gone")),
        throw("x", trigger("escalation", "gone")),
        element("receiveTask", "x", messageRef="gone"),
        element("exclusiveGateway", "x", default="gone"),
    ],
)
def test_what_is_named_must_be_there(part: str, rules: Refusals) -> None:
    broken = rules(diagram("start -> x -> end", part), elements=True)
    assert "dangling-reference:x" in broken


def test_a_boundary_event_must_have_a_host(rules: Refusals) -> None:
    data = diagram(
        "start -> a -> end\nlate -> end", user("a"), boundary("late", "gone", LATE)
    )
    assert "dangling-reference:late" in rules(data, elements=True)


def test_a_lane_must_not_name_what_is_not_there(rules: Refusals) -> None:
    data = diagram(
        A,
        user("a"),
        lanes='<bpmn:laneSet id="ls"><bpmn:lane id="lane"><bpmn:flowNodeRef>gone'
        "</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>",
    )
    assert rules(data, elements=True) == {"dangling-reference:lane"}


def test_every_defect_is_listed_at_once_with_its_element(rules: Refusals) -> None:
    data = diagram(
        "start -> a -> b -> end\na -> end [x.y]",
        element("scriptTask", "a", "<bpmn:script>1</bpmn:script>"),
        element("receiveTask", "b"),
    )
    assert rules(data, elements=True) == {
        "script-task:a",
        "event-without-message:b",
        "conditional-flow:a_to_end",
        "several-outgoing:a",
        "expression:a_to_end",
    }


@pytest.mark.parametrize(
    "condition",
    [
        "__import__('os').popen('id')",
        "().__class__",
        "[x for x in y]",
        "lambda: 1",
        "open('x')",
        "2 ** 99",
        "${approved}",
        "= approved",
        "approved == true",
        "typename == 1",
        "",
    ],
)
def test_a_condition_outside_the_whitelist(condition: str, rules: Refusals) -> None:
    data = diagram(
        f"start -> g -> a -> end\ng -> end [{'x' if not condition else 'CONDITION'}]",
        user("a"),
        exclusive("g", default="g_to_a"),
    ).replace(b">CONDITION<", b">" + condition.replace("<", "&lt;").encode() + b"<")
    if not condition:
        data = data.replace(b">x<", b"><")
    assert rules(data) == {"expression"}


@pytest.mark.parametrize(
    "part",
    [
        many("<bpmn:loopCardinality>len(a.b)</bpmn:loopCardinality>"),
        many(
            "<bpmn:loopCardinality>2</bpmn:loopCardinality>"
            "<bpmn:completionCondition>a.b</bpmn:completionCondition>"
        ),
        (
            "<bpmn:standardLoopCharacteristics><bpmn:loopCondition>a.b"
            "</bpmn:loopCondition></bpmn:standardLoopCharacteristics>"
        ),
    ],
)
def test_a_repetition_outside_the_whitelist(part: str, rules: Refusals) -> None:
    assert rules(diagram(A, user("a", part)), elements=True) == {"expression:a"}


def test_a_correlation_outside_the_whitelist(rules: Refusals) -> None:
    data = diagram(
        "start -> r -> end",
        element("receiveTask", "r", messageRef="news"),
        around=NEWS + '<bpmn:correlationProperty id="key" name="key">'
        '<bpmn:correlationPropertyRetrievalExpression messageRef="news">'
        "<bpmn:messagePath>a.b</bpmn:messagePath>"
        "</bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>",
    )
    assert rules(data, elements=True) == {"expression:key"}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDate", "P1D"),
        ("timeDate", "2026-02-30"),
        ("timeDate", "date.today()"),
        ("timeDate", "typename"),
        ("timeDate", "${due}"),
        ("timeDuration", "limit"),
        ("timeDuration", "PT5D"),
        ("timeDuration", "P"),
        ("timeDuration", "-P1D"),
        ("timeDuration", "P1W2D"),
        ("timeDuration", "now() + 1"),
        ("timeCycle", "0 0 9 * * ?"),
        ("timeCycle", "R3/P0D"),
        ("timeCycle", "R3"),
        ("timeCycle", ""),
    ],
)
def test_a_timer_that_cannot_be_read(kind: str, text: str, rules: Refusals) -> None:
    data = diagram("start -> t -> end", catch("t", timer(kind, text)))
    assert rules(data, elements=True) == {"timer:t"}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDate", "section_review"),
        ("timeDate", "时限"),
        ("timeDate", "2026-03-02"),
        ("timeDate", "'2026-03-02T09:00:00Z'"),
        ("timeDuration", "P1Y2M3DT4H5M6S"),
        ("timeDuration", '"PT0.5S"'),
        ("timeDuration", "P2W"),
        ("timeCycle", "R/P1D"),
        ("timeCycle", "R3/2026-03-02T09:00:00Z/P1D"),
        ("timeCycle", "R3/P1D/2026-03-02T09:00:00Z"),
    ],
)
def test_a_timer_that_can_be_read(kind: str, text: str, rules: Refusals) -> None:
    assert not rules(diagram("start -> t -> end", catch("t", timer(kind, text))))


def test_a_repeating_timer_must_not_interrupt(rules: Refusals) -> None:
    late = boundary("late", "a", timer("timeCycle", "R3/P1D"))
    data = diagram("start -> a -> end\nlate -> end", user("a"), late)
    assert rules(data, elements=True) == {"interrupting-cycle:late"}


def test_two_processes_that_call_each_other_at_once(rules: Refusals) -> None:
    def calling(process: str, called: str) -> bytes:
        return diagram(
            "start -> p -> end",
            sub(
                "p",
                "p_start -> c -> p_end",
                element("callActivity", "c", calledElement=called),
            ),
            process=process,
        )

    found = rules(calling("one", "two"), beside={"b.bpmn": calling("two", "one")})
    assert found == {"endless-call"}


def test_an_error_is_caught_by_the_calling_process(rules: Refusals) -> None:
    caller = diagram(
        "start -> c -> end\ncaught -> end",
        element("callActivity", "c", calledElement="called"),
        boundary("caught", "c", trigger("error", "failure")),
        around=FAILURE,
    )
    called = diagram(
        A,
        user("a"),
        element("endEvent", "end", trigger("error", "failure")),
        process="called",
        around=FAILURE,
    )
    assert rules(called) == {"uncaught-error"}
    assert not rules(called, beside={"caller.bpmn": caller})


def test_a_parallel_block_in_a_row_of_sub_processes_is_fine(rules: Refusals) -> None:
    names = [f"b{n}" for n in range(10)]
    blocks = [
        sub(
            name,
            f"{name}_start -> {name}s -> {name}x -> {name}j -> {name}_end\n"
            f"{name}s -> {name}y -> {name}j",
            parallel(f"{name}s", f"{name}j"),
            user(f"{name}x"),
            user(f"{name}y"),
        )
        for name in names
    ]
    data = diagram(" -> ".join(["start", *names, "end"]), *blocks)
    assert not rules(data)


def test_a_file_with_two_broken_processes_names_both(rules: Refusals) -> None:
    data = definitions(
        "".join(
            f'<bpmn:process id="p{n}" isExecutable="true">'
            + scope(f"s{n} -> a{n}", user(f"a{n}"), start=f"s{n}")
            + "</bpmn:process>"
            for n in (1, 2)
        )
    )
    assert rules(data, elements=True) == {"no-end:p1", "no-end:p2"}
