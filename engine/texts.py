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
    #: What to do instead, by the option that stops the step.
    stops: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GroupText:
    """Fields of a long form that stand together under a heading."""

    title: str
    fields: tuple[str, ...]
    help: str = ""


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
    #: A long form in parts; empty for a short one.
    groups: tuple[GroupText, ...] = ()

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
    #: What one presses to begin a matter of it.
    begin: str
    steps: Mapping[str, StepTexts]
    #: Coded reasons of a return (退文), by code.
    reasons: Mapping[str, str]
    #: The steps that a matter usually takes, in their order; empty where all are usual.
    way: tuple[str, ...] = ()

    def step(self, element: str) -> StepTexts:
        """Return an element's texts; its id as title where it has none."""
        return self.steps.get(element) or StepTexts(element)

    @classmethod
    def from_file(cls, path: Path) -> "ProcessTexts":
        """Read a texts.toml."""
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        steps = content.get("steps", {})
        reasons = content.get("reasons", {})
        return cls(
            title=content["title"],
            short=content.get("short", content["title"]),
            begin=content.get("begin", f"新建{content.get('short', content['title'])}"),
            reasons=reasons,
            way=tuple(content.get("way", ())),
            steps={name: _step(part, reasons) for name, part in steps.items()},
        )


def _step(part: Mapping[str, Any], reasons: Mapping[str, str]) -> StepTexts:
    return StepTexts(
        title=part["title"],
        help=part.get("help", ""),
        warning=part.get("warning", ""),
        fields={
            name: _field(text, reasons) for name, text in part.get("fields", {}).items()
        },
        outcomes=part.get("outcomes", {}),
        after=part.get("after", {}),
        told=part.get("told", {}),
        phrases=tuple(part.get("phrases", ())),
        groups=tuple(
            GroupText(group["title"], tuple(group["fields"]), group.get("help", ""))
            for group in part.get("groups", ())
        ),
    )


def _field(text: Mapping[str, Any], reasons: Mapping[str, str]) -> FieldText:
    label = text["label"]
    options = text.get("options", {})
    # Several steps ask for one of the process's reasons; they are written once.
    if options == "reasons":
        options = reasons
    return FieldText(
        label=label,
        help=text.get("help", ""),
        options=options,
        option_help=text.get("option_help", {}),
        missing=text.get("missing")
        or (f"选一项{label}" if options else f"写明{label}"),
        invalid=text.get("invalid") or f"{label}填得不对，改一下",
        stops=text.get("stops", {}),
    )
