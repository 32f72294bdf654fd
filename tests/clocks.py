"""The clock of a request as the tests tell it: dates and events as they are typed."""

from datetime import date

from engine.calendar import national_calendar
from models.applications import Channel
from processes.registers.request_clock import (
    Answer,
    Event,
    Receipt,
    compute,
    read_event,
)


def happened(text: str) -> Event:
    """Read an event as the command line has it: KIND=DATE[:ARG][#LABEL]."""
    kind, _, rest = text.partition("=")
    rest, _, label = rest.partition("#")
    day, _, argument = rest.partition(":")
    return read_event(kind, day, argument, label)


def clock(
    received: str,
    *events: str,
    channel: str = "in_person",
    confirmed: str | None = None,
    auto_receipt: bool = False,
    as_of: str | None = None,
) -> Answer:
    """Return how the clock stands."""
    return compute(
        national_calendar(),
        Receipt(
            Channel(channel),
            date.fromisoformat(received),
            date.fromisoformat(confirmed) if confirmed else None,
            auto_receipt,
        ),
        [happened(event) for event in events],
        as_of=date.fromisoformat(as_of) if as_of else None,
    )


def due(received: str, *events: str, **receipt: str) -> str:
    """Return the day on which the answer is due, or the state if there is none."""
    answer = clock(received, *events, **receipt)  # type: ignore[arg-type]
    return answer.due_on.isoformat() if answer.due_on else answer.state


def limits(answer: Answer) -> dict[str, str]:
    """Return the limits that have arisen, by name."""
    return {limit.name: limit.on.isoformat() for limit in answer.limits}


def warnings(answer: Answer) -> list[str]:
    """Return the codes of the warnings."""
    return [caution.code for caution in answer.warnings]


def notes(answer: Answer) -> dict[str, str]:
    """Return the notes of the ledger's days that have one, by day."""
    return {day.date.isoformat(): day.note for day in answer.ledger if day.note}
