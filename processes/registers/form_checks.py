"""What actions of several processes say of answers that are not right."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.authoring import InvalidAnswers, Step

#: Sentences by field.
Errors = dict[str, list[str]]


def refuse(errors: Errors) -> None:
    """Refuse what was answered, by field.

    Raises:
        InvalidAnswers: there is something to be changed.
    """
    if errors:
        raise InvalidAnswers(errors)


def missing(step: Step, values: Mapping[str, Any], *names: str) -> Errors:
    """Return what to say of fields that are needed with this answer only."""
    texts = step.process.texts.step(step.element)
    return {name: [texts.field(name).missing] for name in names if not values[name]}


def past(step: Step, values: Mapping[str, Any], *names: str) -> Errors:
    """Return what to say of days that are missing or have not come yet."""
    errors = missing(step, values, *names)
    for name in names:
        day: date | None = values[name]
        if day is not None and day > step.work.today:
            errors[name] = ["日期不能晚于今天"]
    return errors


#: What whoever sends something back is asked for.
_ASK = "写明要改什么，对方才知道怎么改"


def missing_reason(values: Mapping[str, Any], ask: str = _ASK) -> Errors:
    """Return what to say of a return without a coded reason or without words."""
    errors: Errors = {}
    if values["reason"] is None:
        errors["reason"] = ["选一项原因"]
    if not values["opinion"]:
        errors["opinion"] = [ask]
    return errors


def keep_reason(step: Step, values: Mapping[str, Any], ask: str = _ASK) -> str:
    """Keep the coded reason with the task, by which returns are counted; return it in
    words.

    Raises:
        InvalidAnswers: there is none, or nothing says what is to be changed.
    """
    refuse(missing_reason(values, ask))
    if step.task is not None:
        step.task.reason = values["reason"]
    return step.process.texts.reasons[values["reason"]]


def reason_to_return(step: Step, values: Mapping[str, Any]) -> None:
    """Keep why something is returned, and tell it.

    Raises:
        InvalidAnswers: there is no reason, or nothing says what is to be changed.
    """
    words = keep_reason(step, values)
    step.tell(f"{step.work.actor.name}退回：{words}。")
