"""Stand-ins, so that one file can be played without the files that it calls."""

from collections.abc import Iterable
from itertools import pairwise
from xml.sax.saxutils import quoteattr

from engine.bpmn.reading import Definition, Process
from engine.bpmn.xml import BPMN
from engine.check.expressions import SPIFF


def called_stubs(
    running: Iterable[Process], definition: Definition
) -> dict[str, bytes]:
    """Answer an empty process for each one that is called and stands elsewhere."""
    called = {element.called for process in running for element in process.calls()}
    return {
        f"called-{number}.bpmn": _definitions(name, "")
        for number, name in enumerate(sorted(called - definition.processes.keys()))
    }


def decision_caller(decision: str) -> tuple[bytes, str]:
    """Answer a process that asks one decision, and the process's id."""
    task = (
        '<bpmn:businessRuleTask id="ask"><bpmn:extensionElements>'
        f"<spiff:calledDecisionId>{_escaped(decision)}</spiff:calledDecisionId>"
        "</bpmn:extensionElements></bpmn:businessRuleTask>"
    )
    return _definitions("caller", task), "caller"


def _definitions(process: str, task: str) -> bytes:
    steps = ["begin", *(["ask"] if task else []), "finish"]
    flows = "".join(
        f'<bpmn:sequenceFlow id="to_{target}" sourceRef="{source}"'
        f' targetRef="{target}"/>'
        for source, target in pairwise(steps)
    )
    text = (
        f'<bpmn:definitions xmlns:bpmn="{BPMN}" xmlns:spiff="{SPIFF}"'
        f' targetNamespace="urn:gongkai:stub"><bpmn:process id={quoteattr(process)}'
        f' isExecutable="true"><bpmn:startEvent id="begin"/>{task}'
        f'<bpmn:endEvent id="finish"/>{flows}</bpmn:process></bpmn:definitions>'
    )
    return text.encode()


def _escaped(text: str) -> str:
    return quoteattr(text)[1:-1]
