"""A step's form for the template: fields with their texts, values and errors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine import files
from engine.forms import Form
from engine.texts import FieldText, GroupText, StepTexts

#: Outcomes that stop or send back; the page sets them apart from those that go on.
_NEGATIVE = frozenset(
    {"returned", "refused", "objected", "stopped", "dropped", "failed", "withdrawn"}
)

#: With more answers than these a sentence that names them helps nobody.
_MOST_NAMED = 4


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
    #: The other field, and those of its answers, with which this one is asked for.
    asked_with: tuple[str, tuple[str, ...]] = ("", ())
    #: The same in words, for pages on which nothing is hidden.
    when: str = ""
    #: The answers with which nothing more is asked for.
    stops: tuple[str, ...] = ()
    #: The endings of the files that may be chosen.
    accept: str = ""

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
    #: Stops or sends back what somebody else has done.
    negative: bool


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
                optional=not (
                    each.required or facts.get("conditional") or facts.get("only_for")
                ),
                only_for=facts.get("only_for", ""),
                values=facts.get("values", ()),
                offers=tuple(offers.get(name, ())),
                longest=facts.get("longest", 0),
                template=facts.get("template", ""),
                rows=_rows(name, typed),
                row_errors=_rows(name, errors),
                asked_with=facts.get("with", ("", ())),
                when=_when(texts, facts),
                stops=tuple(facts.get("stops", ())),
                accept=_endings(facts.get("accepts") or files.DOCUMENTS),
            )
        )
    return views


def groups_of(
    fields: Sequence[FieldView], texts: StepTexts
) -> list[tuple[GroupText | None, list[FieldView]]]:
    """Return the fields that belong to no single outcome, in the groups of a long
    form; those that no group names come last, without a heading."""
    shared = [each for each in fields if not each.only_for]
    grouped = [
        (group, [each for each in shared if each.name in group.fields])
        for group in texts.groups
    ]
    named = {name for group in texts.groups for name in group.fields}
    rest = [each for each in shared if each.name not in named]
    return [*grouped, (None, rest)] if rest else list(grouped)


def _when(texts: StepTexts, facts: Mapping[str, Any]) -> str:
    """Say with which answers to another field this one must be, or may be, answered."""
    if "with" not in facts:
        return ""
    name, values = facts["with"]
    other = texts.field(name)
    must = "要填" if facts["conditional"] else "可以填"
    if len(values) > _MOST_NAMED:
        return f"看“{other.label}”选了什么，有的{must}"
    chosen = "、".join(f"“{other.options.get(each, each)}”" for each in values)
    return f"“{other.label}”选{chosen}的{must}"


def _endings(media_types: Iterable[str]) -> str:
    return ",".join(files.ENDINGS[each] for each in media_types)


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
        OutcomeView(
            value,
            texts.outcomes[value],
            texts.after.get(value, ""),
            primary=not index,
            negative=value in _NEGATIVE,
        )
        for index, value in enumerate(values)
    ]
