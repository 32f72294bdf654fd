"""Small diagrams, written so that a test shows only what it is about.

`diagram("start -> review -> end", user("review"))` is a whole file: the events `start`
and `end` are added when the flows name them and nothing else defines them. A flow from
a to b has the id `a_to_b`; `a -> b [x == 1]` gives it a condition.
"""

import re
from itertools import pairwise
from xml.sax.saxutils import escape

HEADER = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:gongkai="urn:gongkai:bpmn" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" '
    'xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0" '
    'targetNamespace="urn:test"'
)
STEP = re.compile(r"\s*(\w+)\s*(?:\[(.*)\])?\s*$")


def diagram(
    flows: str,
    *parts: str,
    around: str = "",
    lanes: str = "",
    process: str = "main",
    executable: str = "true",
) -> bytes:
    """Build a file with one process."""
    body = scope(flows, *parts)
    return definitions(
        f'<bpmn:process id="{process}" isExecutable="{executable}">'
        f"{lanes}{body}</bpmn:process>",
        around,
    )


def definitions(body: str, around: str = "") -> bytes:
    """Build a file from processes and what stands beside them."""
    return (f"<bpmn:definitions {HEADER}>{around}{body}</bpmn:definitions>").encode()


def scope(flows: str, *parts: str, start: str = "start", end: str = "end") -> str:
    """Build the inside of a process or sub-process."""
    body = "".join(parts)
    lines = [line.strip() for line in flows.split("\n") if line.strip()]
    names = set(re.findall(r"\w+", re.sub(r"\[.*?\]", "", " ".join(lines))))
    for name, kind in ((start, "startEvent"), (end, "endEvent")):
        if name in names and f'id="{name}"' not in body:
            body += f'<bpmn:{kind} id="{name}" />'
    return body + "".join(_flow(line) for line in lines)


def _flow(line: str) -> str:
    steps = []
    for each in line.split("->"):
        found = STEP.match(each)
        assert found, line
        steps.append((found[1], found[2]))
    built = ""
    for (source, _), (target, condition) in pairwise(steps):
        inside = (
            f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
            f"{escape(condition)}</bpmn:conditionExpression>"
            if condition is not None
            else ""
        )
        built += (
            f'<bpmn:sequenceFlow id="{source}_to_{target}" sourceRef="{source}" '
            f'targetRef="{target}">{inside}</bpmn:sequenceFlow>'
        )
    return built


def element(kind: str, name: str, inside: str = "", **attributes: str) -> str:
    """Build any element."""
    more = "".join(f' {key}="{escape(text)}"' for key, text in attributes.items())
    return f'<bpmn:{kind} id="{name}"{more}>{inside}</bpmn:{kind}>'


def user(name: str, inside: str = "", **attributes: str) -> str:
    """Build a user task."""
    return element("userTask", name, inside, **attributes)


def service(name: str, inside: str = "", **attributes: str) -> str:
    """Build a service task."""
    return element("serviceTask", name, inside, **attributes)


def exclusive(name: str, default: str | None = None) -> str:
    """Build an exclusive gateway."""
    more = {"default": default} if default else {}
    return element("exclusiveGateway", name, **more)


def parallel(*names: str) -> str:
    """Build parallel gateways."""
    return "".join(element("parallelGateway", name) for name in names)


def sub(
    name: str, flows: str, *parts: str, kind: str = "subProcess", **more: str
) -> str:
    """Build a sub-process; its start and end are `<name>_start` and `<name>_end`."""
    inside = scope(flows, *parts, start=f"{name}_start", end=f"{name}_end")
    return element(kind, name, inside, **more)


def boundary(name: str, host: str, trigger: str, *, interrupting: bool = True) -> str:
    """Build a boundary event."""
    return element(
        "boundaryEvent",
        name,
        trigger,
        attachedToRef=host,
        cancelActivity=str(interrupting).lower(),
    )


def catch(name: str, trigger: str, **attributes: str) -> str:
    """Build an intermediate catching event."""
    return element("intermediateCatchEvent", name, trigger, **attributes)


def throw(name: str, trigger: str) -> str:
    """Build an intermediate throwing event."""
    return element("intermediateThrowEvent", name, trigger)


def trigger(kind: str, reference: str | None = None) -> str:
    """Build an event definition."""
    more = f' {kind}Ref="{reference}"' if reference else ""
    return f"<bpmn:{kind}EventDefinition{more} />"


def timer(kind: str, text: str) -> str:
    """Build a timer's definition."""
    return (
        f'<bpmn:timerEventDefinition><bpmn:{kind} xsi:type="bpmn:tFormalExpression">'
        f"{escape(text)}</bpmn:{kind}></bpmn:timerEventDefinition>"
    )


def extension(inside: str) -> str:
    """Build an element's extensions."""
    return f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>"


def many(inside: str = "", **attributes: str) -> str:
    """Build a multi-instance marker."""
    more = "".join(f' {key}="{text}"' for key, text in attributes.items())
    inside = inside or "<bpmn:loopDataInputRef>people</bpmn:loopDataInputRef>"
    return (
        f"<bpmn:multiInstanceLoopCharacteristics{more}>{inside}"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


NEWS = '<bpmn:message id="news" name="news" />'
ALARM = '<bpmn:signal id="alarm" name="alarm" />'
FAILURE = '<bpmn:error id="failure" name="failure" errorCode="F1" />'
RAISED = '<bpmn:escalation id="raised" name="raised" escalationCode="E1" />'


def table(
    *rules: str,
    inputs: tuple[str, ...] = ("amount",),
    hit_policy: str = "FIRST",
    output: str = "route",
    more: str = "",
) -> bytes:
    """Build a decision table; a rule is its cells with `|` between, output last."""
    columns = "".join(
        f'<input id="in{n}"><inputExpression id="ie{n}" typeRef="string">'
        f"<text>{escape(text)}</text></inputExpression></input>"
        for n, text in enumerate(inputs)
    )
    rows = ""
    for n, rule in enumerate(rules):
        *cells, answer = rule.split("|")
        rows += f'<rule id="rule{n}">' + "".join(
            f'<inputEntry id="c{n}_{m}"><text>{escape(cell)}</text></inputEntry>'
            for m, cell in enumerate(cells)
        )
        rows += (
            f'<outputEntry id="o{n}"><text>{escape(answer)}</text></outputEntry></rule>'
        )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" '
        'id="d" name="d" namespace="urn:test"><decision id="routing" name="routing">'
        f'<decisionTable id="t" hitPolicy="{hit_policy}"{more}>{columns}'
        f'<output id="out" name="{output}" typeRef="string" />{rows}'
        "</decisionTable></decision></definitions>"
    ).encode()
