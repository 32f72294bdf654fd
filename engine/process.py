"""A process as its folder brings it: diagram, forms, actions, limits, texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from engine import deadlines
from engine.calendar import Dated
from engine.forms import Form
from engine.texts import ProcessTexts
from engine.time_limits import TimeLimit
from engine.work import Work
from models.people import Role
from models.workflow import Case, Deadline, DeadlineState, Task, Timer

#: Computes one of a case's limits anew over the calendar and the rules in force: the
#: last day, or None while it is paused. Previews ask it too, so it writes nothing.
Recompute = Callable[[Work, Case, Deadline], Dated | None]

#: Plain JSON facts that decide the way: outcomes, ids, dates; never a document,
#: a name or an address.
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Process:
    """One process folder. Its actions and forms have the names of their elements."""

    key: str
    folder: Path
    forms: Mapping[str, type[Form]]
    actions: Mapping[str, Callable[..., Facts | None]]
    limits: Mapping[str, TimeLimit]
    #: What a page shows beside a step: the record's own template and data.
    record: str = ""
    #: Opens a case of this process for the actor; None where people do not.
    begin: Callable[[Work], Case] | None = field(default=None, compare=False)
    #: The roles that are offered to begin one.
    begun_by: tuple[Role, ...] = (Role.HANDLER,)
    #: How limits are computed anew, by name, whose day start and length do not give.
    recompute: Mapping[str, Recompute] = field(default_factory=dict, compare=False)
    #: Fills the demonstration office with cases of this process.
    demonstrate: Callable[..., None] | None = field(default=None, compare=False)

    @classmethod
    def from_modules(
        cls,
        key: str,
        file: str,
        *,
        forms: ModuleType,
        actions: ModuleType,
        limits: tuple[TimeLimit, ...],
        record: str = "",
        begin: Callable[[Work], Case] | None = None,
        begun_by: tuple[Role, ...] = (Role.HANDLER,),
        recompute: Mapping[str, Recompute] | None = None,
        demonstrate: Callable[..., None] | None = None,
    ) -> "Process":
        """Put a process together from the modules of its folder."""
        return cls(
            key=key,
            folder=Path(file).parent,
            forms={
                _element_name(name): form
                for name, form in vars(forms).items()
                if isinstance(form, type)
                and issubclass(form, Form)
                and form.__module__ == forms.__name__
                and not name.startswith("_")
            },
            actions={
                name: action
                for name, action in vars(actions).items()
                if callable(action)
                and getattr(action, "__module__", "") == actions.__name__
                and not name.startswith("_")
                and not isinstance(action, type)
            },
            limits={limit.name: limit for limit in limits},
            record=record,
            begin=begin,
            begun_by=begun_by,
            recompute=recompute or {},
            demonstrate=demonstrate,
        )

    @cached_property
    def texts(self) -> ProcessTexts:
        """The folder's texts.toml."""
        return ProcessTexts.from_file(self.folder / "texts.toml")

    @cached_property
    def files(self) -> dict[str, str]:
        """The diagrams and decision tables of the folder, by name."""
        paths = sorted([*self.folder.glob("*.bpmn"), *self.folder.glob("*.dmn")])
        return {path.name: path.read_text(encoding="utf-8") for path in paths}


def _element_name(class_name: str) -> str:
    return "".join(
        f"_{letter.lower()}" if letter.isupper() and index else letter.lower()
        for index, letter in enumerate(class_name)
    )


@dataclass
class Step:
    """What an action works on: the act under way, its case, and where it stands."""

    work: Work
    case: Case
    #: The process whose diagram has the element: the case's own or one it calls.
    process: Process
    element: str
    #: The process data as they stand; to be read, not written.
    data: Facts
    #: The person's task; None in an automatic step.
    task: Task | None = None
    #: The rung that fired; None outside of an escalation.
    timer: Timer | None = None
    #: Set by an action that tells its own story in the history.
    told: str | None = None

    def start_limit(
        self, name: str, *, starts_on: date | None = None, length: int | None = None
    ) -> Deadline:
        """Begin a limit of the whole case, as the element's own process declares it.

        `length` is given where people have set it for this one case.
        """
        return deadlines.start(
            self.work,
            self.case,
            self.process.limits[name],
            process=self.process.key,
            starts_on=starts_on,
            length=length,
        )

    def running_limit(self, name: str) -> Deadline | None:
        """Return the case's running limit of that name."""
        return deadlines.running(self.work, self.case, self.process.key, name)

    def end_limit(self, name: str) -> None:
        """Close the case's limit as met, if it runs."""
        self._end_limit(name, DeadlineState.MET)

    def void_limit(self, name: str) -> None:
        """Close the case's limit as one that no longer applies, if it runs."""
        self._end_limit(name, DeadlineState.VOID)

    def _end_limit(self, name: str, state: DeadlineState) -> None:
        deadline = self.running_limit(name)
        if deadline is not None:
            deadlines.end(self.work, deadline, state)

    def tell(self, sentence: str) -> None:
        """Say in the history what this step did, instead of the outcome's own text."""
        self.told = sentence
