"""Where a case stands in its diagrams, for a page; nothing moves."""

from dataclasses import dataclass

from engine.bpmn.running import RunningProcess
from engine.execution import instance_of
from engine.process import Facts
from engine.work import Work
from models.workflow import Case


@dataclass(frozen=True)
class Standing:
    """Where a case stands in one diagram, by element id."""

    passed: frozenset[str]
    current: frozenset[str]
    #: The ways taken, from element to element.
    taken: frozenset[tuple[str, str]]


def standing(work: Work, case: Case) -> dict[str, Standing]:
    """Return where a case stands in each diagram of its version.

    By process key: the case's own process first, then those that it calls.
    """
    instance = instance_of(work, case)
    parsed = work.engine.definitions.parsed(instance.definition)

    def refuse(element: str, _data: Facts) -> None:
        msg = f"{element} would run while only being looked at"
        raise RuntimeError(msg)

    running = RunningProcess.load(instance.state, parsed.specs, refuse)
    current = running.current()
    passed, taken = running.passed() - current, running.taken()
    return {
        key: Standing(
            frozenset(passed & diagram.elements.keys()),
            frozenset(current & diagram.elements.keys()),
            frozenset(pair for pair in taken if diagram.elements.keys() >= set(pair)),
        )
        for key, diagram in parsed.diagrams.items()
    }
