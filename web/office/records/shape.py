"""What a record gives to the pages of its case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Record:
    """A case without a record of its own."""

    #: What stands beside the forms; a case may have nothing to show.
    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    #: What a step's form begins with, by element.
    begins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    #: What a step's form offers to choose from, by field: value and words.
    offers: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    #: What stands above a step's form: the first words, and what follows them.
    notices: Sequence[tuple[str, str]] = ()
    #: What people outside call it by, and the number; empty where nobody does.
    reference: tuple[str, str] = ("", "")
    #: Draws the time that decides; stands before all other limits of the case.
    clock: str = ""
    #: The script that its pages need besides the office's own.
    script: str = ""

    def filled(self, element: str) -> Mapping[str, Any]:
        """Return what a step's form begins with."""
        return self.begins.get(element, {})
