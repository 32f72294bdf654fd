"""送出: what a step asks for that lets a letter go out, and what it keeps of it.

A letter is sent on the day on which it is issued, or later: then the step that waits
for it asks again. Which day counts is the rule of the way (`service_of_letters`).
"""

from collections.abc import Mapping
from typing import Any

from engine.authoring import (
    InvalidAnswers,
    Refusal,
    Work,
    asked_with,
    choice,
    day,
    files,
    line,
    paragraph,
    upload,
)
from models.letters import Letter, ServiceWay
from processes.registers import service_of_letters

#: Issued, to be printed and sealed; how it went out is recorded afterwards.
LATER = "later"

_WAYS = [way.value for way in ServiceWay]


def way(*others: str) -> Any:
    """Ask how the letter goes out; an action says when it must be answered."""
    return choice((*_WAYS, *others), required=False)


def sent_on() -> Any:
    """Ask on which day it went out, where that may have been before today."""
    return asked_with(day(required=False), "way", *_WAYS)


def served_on() -> Any:
    """Ask on which day it arrived, where that is known at once."""
    ways = (each for each in _WAYS if each != ServiceWay.ANNOUNCEMENT)
    return asked_with(day(required=False), "way", *ways)


def tracking_number() -> Any:
    """Ask for the number that proves the day of posting."""
    return asked_with(line(required=False, longest=40), "way", ServiceWay.POST)


def remark() -> Any:
    """Ask for reason and witness of a way that needs them."""
    needed = (ServiceWay.LEFT, ServiceWay.ANNOUNCEMENT)
    return asked_with(paragraph(required=False, longest=500), "way", *needed)


def proof() -> Any:
    """Ask for the signed 送达回证 or the receipt of the post."""
    return asked_with(upload(required=False), "way", *_WAYS)


def attempt(
    work: Work,
    letter: Letter,
    values: Mapping[str, Any],
    *,
    consent: bool,
    has_page: bool = True,
) -> None:
    """Record what a step says of a letter: sent, signed for, or come back.

    Nothing is recorded of what goes out later, or waits on the applicant's page to be
    opened (`has_page`).

    Raises:
        InvalidAnswers: the way's rule is not kept, or nothing is said.
    """
    try:
        if values["outcome"] == "failed":
            _came_back(work, letter, values, consent=consent)
        elif values["way"] is None:
            _arrived(work, letter, values)
        elif not _waits(values, consent=consent, has_page=has_page):
            service_of_letters.serve(
                *(work, letter, values["way"], values.get("sent_on") or work.today),
                served_on=values["served_on"],
                consent=consent,
                remark=values["remark"],
                **_posted(work, values),
            )
    except InvalidAnswers:
        raise
    except Refusal as refusal:
        raise InvalidAnswers({"way": [refusal.message]}) from refusal


def _waits(values: Mapping[str, Any], *, consent: bool, has_page: bool) -> bool:
    opens_it = values["way"] == ServiceWay.ELECTRONIC and values["served_on"] is None
    return values["way"] == LATER or (opens_it and consent and has_page)


def _came_back(
    work: Work, letter: Letter, values: Mapping[str, Any], *, consent: bool
) -> None:
    if not values["remark"]:
        raise InvalidAnswers({"remark": ["写明为什么没有送到"]})
    travelling = service_of_letters.on_the_way(letter)
    if values["way"] is None and travelling is not None:
        service_of_letters.came_back(work, travelling, values["remark"])
        return
    if values["way"] in (None, LATER):
        raise InvalidAnswers({"way": ["选这次是怎样送的"]})
    service_of_letters.fail(
        *(work, letter, values["way"], values.get("sent_on") or work.today),
        remark=values["remark"],
        consent=consent,
        **_posted(work, values),
    )


def _arrived(work: Work, letter: Letter, values: Mapping[str, Any]) -> None:
    travelling = service_of_letters.on_the_way(letter)
    if travelling is None:
        if service_of_letters.served_on(letter) is None:
            raise InvalidAnswers({"way": ["选送达方式"]})
        return
    if values["served_on"] is None:
        sentence = "写签收的日期；退回来的，写明原因，点“没有送到”"
        raise InvalidAnswers({"served_on": [sentence]})
    service_of_letters.arrived(
        *(work, travelling, values["served_on"]),
        proof=_posted(work, values)["proof"],
        remark=values["remark"],
    )


def _posted(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        # The forms offer the post as that of the postal enterprise alone.
        "by_postal_enterprise": values["way"] == ServiceWay.POST,
        "tracking_number": values["tracking_number"],
        "proof": files.own_upload(work, values["proof"]) if values["proof"] else None,
    }
