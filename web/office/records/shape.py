"""What a record gives to the pages of its case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Record:
    """A case without a record of its own."""

    template: str = "office/records/none.html"
    values: Mapping[str, Any] = field(default_factory=dict)
    #: What a step's form begins with, by element.
    begins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    #: What a step's form offers to choose from, by field: value and words.
    offers: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    #: What stands above a step's form: the first words, and what follows them.
    notices: Sequence[tuple[str, str]] = ()
    #: The script that its pages need besides the office's own.
    script: str = ""

    def filled(self, element: str) -> Mapping[str, Any]:
        """Return what a step's form begins with."""
        return self.begins.get(element, {})
