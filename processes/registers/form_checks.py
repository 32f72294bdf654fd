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


def reason_to_return(step: Step, values: Mapping[str, Any]) -> None:
    """Ask for a coded reason and for what is to be changed; keep it with the task.

    Raises:
        InvalidAnswers: one of them is missing.
    """
    errors: Errors = {}
    if values["reason"] is None:
        errors["reason"] = ["选一项退回原因"]
    if not values["opinion"]:
        errors["opinion"] = ["写明要改什么，对方才知道怎么改"]
    refuse(errors)
    if step.task is not None:
        step.task.reason = values["reason"]
    words = step.process.texts.reasons[values["reason"]]
    step.tell(f"{step.work.actor.name}退回：{words}。")
