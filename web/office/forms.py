"""A step's form for the template: fields with their texts, values and errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.forms import Form
from engine.texts import FieldText, StepTexts


@dataclass(frozen=True)
class FieldView:
    """One field as it stands on the page."""

    name: str
    widget: str
    text: FieldText
    value: str
    errors: list[str]
    optional: bool
    #: The one outcome that it belongs to; empty for all.
    only_for: str = ""
    values: tuple[str, ...] = ()
    longest: int = 0


@dataclass(frozen=True)
class OutcomeView:
    """One button, and what is said beside it before the click."""

    value: str
    label: str
    after: str
    primary: bool


def fields_of(
    form: type[Form],
    texts: StepTexts,
    typed: Mapping[str, Any],
    errors: Mapping[str, list[str]],
) -> list[FieldView]:
    """Return a form's fields in the order they are declared, outcome left out."""
    views = []
    for name, field in form().fields.items():
        widget = field.metadata["widget"]
        if widget == "outcome":
            continue
        value = typed.get(name)
        views.append(
            FieldView(
                name=name,
                widget=widget,
                text=texts.field(name),
                value="" if value is None else str(value),
                errors=errors.get(name, []),
                optional=not field.required and not field.metadata.get("conditional"),
                only_for=field.metadata.get("only_for", ""),
                values=field.metadata.get("values", ()),
                longest=field.metadata.get("longest", 0),
            )
        )
    return views


def outcomes_of(form: type[Form], texts: StepTexts) -> list[OutcomeView]:
    """Return the buttons of a step; the first one is the primary one."""
    values = form().fields["outcome"].metadata["values"]
    return [
        OutcomeView(value, texts.outcomes[value], texts.after.get(value, ""), not index)
        for index, value in enumerate(values)
    ]
