"""A step's form for the template: fields with their texts, values and errors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    #: What the record offers here: value and words.
    offers: tuple[tuple[str, str], ...] = ()
    longest: int = 0
    #: For rows: the template that draws them, what was typed and what is wrong, by key.
    template: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)
    row_errors: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def several(self) -> list[str]:
        """The values that were chosen, or the files that were uploaded."""
        return self.value.split()

    @property
    def all_errors(self) -> list[str]:
        """What is wrong with the field or with one of its rows."""
        in_rows = [each for wrong in self.row_errors.values() for each in wrong]
        return [*self.errors, *in_rows]


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
    offers: Mapping[str, Sequence[tuple[str, str]]],
) -> list[FieldView]:
    """Return a form's fields in the order they are declared, outcome left out."""
    views = []
    for name, each in form().fields.items():
        facts = each.metadata
        if facts["widget"] == "outcome":
            continue
        value = typed.get(name)
        text = " ".join(value) if isinstance(value, list) else value
        views.append(
            FieldView(
                name=name,
                widget=facts["widget"],
                text=texts.field(name),
                value="" if text is None else str(text),
                errors=errors.get(name, []),
                optional=not each.required and not facts.get("conditional"),
                only_for=facts.get("only_for", ""),
                values=facts.get("values", ()),
                offers=tuple(offers.get(name, ())),
                longest=facts.get("longest", 0),
                template=facts.get("template", ""),
                rows=_rows(name, typed),
                row_errors=_rows(name, errors),
            )
        )
    return views


def _rows(name: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key.removeprefix(f"{name}."): value
        for key, value in typed.items()
        if key.startswith(f"{name}.")
    }


def outcomes_of(form: type[Form], texts: StepTexts) -> list[OutcomeView]:
    """Return the buttons of a step; the first one is the primary one."""
    values = form().fields["outcome"].metadata["values"]
    return [
        OutcomeView(value, texts.outcomes[value], texts.after.get(value, ""), not index)
        for index, value in enumerate(values)
    ]
