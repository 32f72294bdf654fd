"""What people fill in: one marshmallow schema per step, fields with our widgets."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, missing, validate

from engine.errors import InvalidAnswers
from engine.texts import StepTexts

#: A validator's sentence where the step's texts have none of their own.
_TOO_LONG = "最多写 {max} 个字"


class Form(Schema):
    """The answers of one step; empty strings count as not answered."""

    class Meta:
        unknown = EXCLUDE


# A field that is needed only with some answers is declared as not required and
# `conditional`: its action asks for it, and the page does not call it optional. One
# that belongs to a single outcome says so with `only_for` and stands by its button.


def line(
    *,
    required: bool = True,
    longest: int = 200,
    names_case: bool = False,
    conditional: bool = False,
) -> fields.String:
    """A single line of text, at most `longest` characters.

    What is typed into one that `names_case` is what lists call a case in the making.
    """
    return _text(
        "line",
        required=required,
        longest=longest,
        names_case=names_case,
        conditional=conditional,
    )


def paragraph(
    *,
    required: bool = True,
    longest: int = 5000,
    conditional: bool = False,
    only_for: str = "",
) -> fields.String:
    """Several lines of text, at most `longest` characters."""
    return _text(
        "paragraph",
        required=required,
        longest=longest,
        conditional=conditional,
        only_for=only_for,
    )


def opinion(*, required: bool = False) -> fields.String:
    """The opinion of the one who decides, quoted in the history."""
    return _text("opinion", required=required, longest=2000)


def choice(
    values: Sequence[str],
    *,
    required: bool = True,
    conditional: bool = False,
    only_for: str = "",
    stops: Sequence[str] = (),
) -> fields.String:
    """One of several values, as radio buttons; nothing is preselected.

    With a value that `stops`, no file of the form is taken in at all.
    """
    return fields.String(
        required=required,
        load_default=missing if required else None,
        validate=validate.OneOf(values),
        metadata={
            "widget": "choice",
            "values": tuple(values),
            "conditional": conditional,
            "only_for": only_for,
            "stops": frozenset(stops),
        },
    )


def several(
    values: Sequence[str], *, required: bool = True, conditional: bool = False
) -> fields.List[str]:
    """Any of several values, as check boxes."""
    return fields.List(
        fields.String(validate=validate.OneOf(values)),
        required=required,
        load_default=missing if required else list,
        metadata={
            "widget": "several",
            "values": tuple(values),
            "conditional": conditional,
        },
    )


def day(
    *, required: bool = True, conditional: bool = False, only_for: str = ""
) -> fields.Date:
    """A date in the office."""
    return fields.Date(
        required=required,
        load_default=missing if required else None,
        metadata={"widget": "day", "conditional": conditional, "only_for": only_for},
    )


def upload(*, required: bool = True) -> fields.String:
    """The public id of a file that the person has uploaded."""
    return fields.String(
        required=required,
        load_default=missing if required else None,
        metadata={"widget": "upload"},
    )


def offered(*, required: bool = True, conditional: bool = False) -> fields.String:
    """One of the things that the case's record offers at this step; judged by it."""
    return fields.String(
        required=required,
        load_default=missing if required else None,
        metadata={"widget": "offered", "conditional": conditional},
    )


def several_offered() -> fields.List[str]:
    """Any of the things that the case's record offers at this step."""
    return fields.List(
        fields.String(),
        required=False,
        load_default=list,
        metadata={"widget": "several_offered"},
    )


def uploads(*accepts: str) -> fields.List[str]:
    """The public ids of any number of files that the person has uploaded.

    Of the given media types; otherwise of all that can be read and checked.
    """
    return fields.List(
        fields.String(),
        required=False,
        load_default=list,
        metadata={"widget": "uploads", "accepts": accepts},
    )


def rows(template: str, *, accepts: Sequence[str] = ()) -> fields.Dict:
    """Answers about several things: what is typed as `<name>.<key>`, by key.

    The template of that name, among the pages' rows, draws them. The action judges
    them; an error about one is named as it was typed. Where it `accepts` media types,
    each answer is the public id of a file that the person has uploaded.
    """
    return fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=False,
        load_default=dict,
        metadata={"widget": "rows", "template": template, "accepts": tuple(accepts)},
    )


def asked_with(
    field: fields.Field[Any], other: str, *values: str, optional: bool = False
) -> fields.Field[Any]:
    """Ask for a field only with some answers to another one; what stands in it
    otherwise does not count. Its action asks for it then, unless it is `optional`."""
    facts = {"with": (other, values), "conditional": not optional}
    field.metadata = {**field.metadata, **facts}
    return field


def outcome(*values: str) -> fields.String:
    """What the step decides: one button each; the first is the primary one."""
    return fields.String(
        required=True,
        validate=validate.OneOf(values),
        metadata={"widget": "outcome", "values": values},
    )


def _text(
    widget: str, *, required: bool, longest: int, **facts: bool | str
) -> fields.String:
    return fields.String(
        required=required,
        load_default=missing if required else "",
        validate=validate.Length(max=longest, error=_TOO_LONG),
        metadata={"widget": widget, "longest": longest, **facts},
    )


def check_answers(
    form: type[Form], texts: StepTexts, raw: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the answers as values.

    Raises:
        InvalidAnswers: with a Chinese sentence for each field that is to be changed.
    """
    schema = form()
    _refuse_stopped(schema, texts, raw)
    answered = {
        name: value
        for name, field in schema.fields.items()
        if _is_asked(schema, field, raw)
        and (value := _answered(name, field, raw)) not in (None, "", [], {})
    }
    for name, field in schema.fields.items():
        text = texts.field(name)
        field.error_messages["required"] = text.missing
        field.error_messages["invalid"] = text.invalid
        for validator in field.validators:
            if isinstance(validator, validate.OneOf):
                validator.error = text.missing
    try:
        values: dict[str, Any] = schema.load(answered)
    except ValidationError as error:
        raise InvalidAnswers(_by_field(error)) from error
    return values


def _refuse_stopped(schema: Schema, texts: StepTexts, raw: Mapping[str, Any]) -> None:
    """With an answer that stops, nothing else is judged: it says what to do instead."""
    for name, field in schema.fields.items():
        answer = str(raw.get(name) or "")
        sentence = texts.field(name).stops.get(answer)
        if sentence and answer in field.metadata.get("stops", ()):
            raise InvalidAnswers({name: [sentence]})


def _is_asked(schema: Schema, field: fields.Field[Any], raw: Mapping[str, Any]) -> bool:
    if "with" not in field.metadata:
        return True
    other, values = field.metadata["with"]
    return raw.get(other) in values and _is_asked(schema, schema.fields[other], raw)


def _answered(name: str, field: fields.Field[Any], raw: Mapping[str, Any]) -> Any:
    widget = field.metadata["widget"]
    if widget == "rows":
        return {
            key.removeprefix(f"{name}."): str(value).strip()
            for key, value in raw.items()
            if key.startswith(f"{name}.") and value not in (None, "")
        }
    value = raw.get(name)
    if widget in {"several", "several_offered", "uploads"}:
        # Typed answers are texts: values stand one after the other.
        return value.split() if isinstance(value, str) else value
    return value.strip() if isinstance(value, str) else value


def _by_field(error: ValidationError) -> Mapping[str, Sequence[str]]:
    messages = error.messages
    return messages if isinstance(messages, dict) else {"": messages}


def stopped_by(form: type[Form], answers: Mapping[str, Any]) -> list[str]:
    """Return the fields whose answers forbid that anything else is taken in."""
    return [
        name
        for name, field in form().fields.items()
        if answers.get(name) in field.metadata.get("stops", ())
    ]


def name_in(form: type[Form], answers: Mapping[str, Any]) -> str:
    """Return what typed answers call the case; empty where they do not."""
    for name, field in form().fields.items():
        if field.metadata.get("names_case"):
            return str(answers.get(name) or "").strip()
    return ""
