"""What a check answers: the defects of a file, each with what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.bpmn.reading import Definition, Process


@dataclass(frozen=True)
class Defect:
    """One reason why a definition is refused."""

    element: str | None
    rule: str
    message: str


@dataclass(frozen=True)
class Report:
    """The answer for one file."""

    file: str
    defects: Sequence[Defect]

    @property
    def accepted(self) -> bool:
        """Whether the definition may be deployed."""
        return not self.defects


@dataclass(frozen=True)
class Surroundings:
    """What is known besides the file in hand: other processes and decisions."""

    definitions: Sequence[Definition] = ()
    known_processes: frozenset[str] = frozenset()
    decisions: frozenset[str] = frozenset()
    processes: Mapping[str, Process] = field(init=False)

    def __post_init__(self) -> None:
        processes = {
            process.id: process
            for definition in self.definitions
            for process in definition.processes.values()
        }
        object.__setattr__(self, "processes", processes)
