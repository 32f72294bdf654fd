"""What a step says on screen: read from the texts.toml of its process folder."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class FieldText:
    """One field's label, hint, options, and what to say when it is not right."""

    label: str
    help: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    option_help: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""
    invalid: str = ""


@dataclass(frozen=True)
class StepTexts:
    """One step's title, advice, buttons, and what happens after each."""

    title: str
    help: str = ""
    #: Stands above the work in red: what must stop it.
    warning: str = ""
    fields: Mapping[str, FieldText] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    #: What happens after an outcome, said before the click.
    after: Mapping[str, str] = field(default_factory=dict)
    #: How the history tells an outcome: follows the person's name.
    told: Mapping[str, str] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()

    def field(self, name: str) -> FieldText:
        """Return a field's texts, with plain ones where none are written."""
        return self.fields.get(name) or FieldText(
            name, missing="这里要填", invalid="填得不对"
        )


@dataclass(frozen=True)
class ProcessTexts:
    """All texts of a process."""

    title: str
    #: One word that stands before the matter in lists.
    short: str
    steps: Mapping[str, StepTexts]
    #: Coded reasons of a return (退文), by code.
    reasons: Mapping[str, str]

    def step(self, element: str) -> StepTexts:
        """Return an element's texts; its id as title where it has none."""
        return self.steps.get(element) or StepTexts(element)

    @classmethod
    def from_file(cls, path: Path) -> "ProcessTexts":
        """Read a texts.toml."""
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        steps = content.get("steps", {})
        return cls(
            title=content["title"],
            short=content.get("short", content["title"]),
            reasons=content.get("reasons", {}),
            steps={name: _step(part) for name, part in steps.items()},
        )


def _step(part: Mapping[str, Any]) -> StepTexts:
    return StepTexts(
        title=part["title"],
        help=part.get("help", ""),
        warning=part.get("warning", ""),
        fields={name: _field(text) for name, text in part.get("fields", {}).items()},
        outcomes=part.get("outcomes", {}),
        after=part.get("after", {}),
        told=part.get("told", {}),
        phrases=tuple(part.get("phrases", ())),
    )


def _field(text: Mapping[str, Any]) -> FieldText:
    label = text["label"]
    chosen = bool(text.get("options"))
    return FieldText(
        label=label,
        help=text.get("help", ""),
        options=text.get("options", {}),
        option_help=text.get("option_help", {}),
        missing=text.get("missing") or (f"选一项{label}" if chosen else f"写明{label}"),
        invalid=text.get("invalid") or f"{label}填得不对，改一下",
    )
