"""The way of a case: what was done, what is current, what usually follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine import execution, tasks
from engine.bpmn.reading import Element
from engine.definitions import Parsed
from engine.work import Work
from models.workflow import Case, Task, TaskStatus

#: So many steps of either kind are read at a glance; more are folded.
_AT_A_GLANCE = 6


@dataclass(frozen=True)
class Path:
    """A case's steps in the order of time; what is far off stands apart."""

    earlier: Sequence[Task]
    done: Sequence[Task]
    current: Sequence[Task]
    #: Steps that usually follow, by name, and those to which a way leads as well.
    usual: Sequence[str]
    others: Sequence[str]


def path_of(work: Work, case: Case, current: Sequence[Task]) -> Path:
    """Return the way of a case on which some tasks are open, or none."""
    done = [
        each for each in tasks.of_case(work, case) if each.status == TaskStatus.DONE
    ]
    cut = max(len(done) - _AT_A_GLANCE, 0)
    usual, others = _ahead(work, case, current[0]) if current else ([], [])
    return Path(done[:cut], done[cut:], current, usual, others)


def _ahead(work: Work, case: Case, task: Task) -> tuple[list[str], list[str]]:
    parsed = work.engine.definitions.parsed(
        execution.instance_of(work, case).definition
    )
    ahead = parsed.ahead(task.element)
    usual = [each for each in ahead if _is_usual(work, parsed, task.element, each)]
    named = _names(work, parsed, usual)
    rest = _names(work, parsed, [each for each in ahead if each not in usual])
    others = [each for each in rest if each not in named]
    return named[:_AT_A_GLANCE], named[_AT_A_GLANCE:] + others


def _is_usual(work: Work, parsed: Parsed, here: str, element: Element) -> bool:
    """Tell whether a step lies on the usual way of its process, further on than the
    current one; where a process names no usual way, all do."""
    owner = parsed.owners[element.id]
    way = work.engine.definitions.process(owner).texts.way
    if not way:
        return True
    if element.id not in way:
        return False
    return here not in way or way.index(element.id) > way.index(here)


def _names(work: Work, parsed: Parsed, elements: Sequence[Element]) -> list[str]:
    return list(dict.fromkeys(_title(work, parsed, each) for each in elements))


def _title(work: Work, parsed: Parsed, element: Element) -> str:
    processes = work.engine.definitions
    if element.called:
        # What it is called for here: 发布, and not all that the process can do.
        return element.name or processes.process(element.called).texts.title
    return processes.process(parsed.owners[element.id]).texts.step(element.id).title
