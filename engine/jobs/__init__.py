"""What runs in the background: the same functions under any runner."""

from collections.abc import Callable, Mapping
from typing import Protocol

from engine import history, outbox, timers, vacancies
from engine.work import Engine

#: A job's name to the function that does one round of it.
Jobs = Mapping[str, Callable[[], object]]


class JobRunner(Protocol):
    """Runs the jobs again and again until it is stopped."""

    def start(self) -> None:
        """Begin; returns at once."""

    def wake(self) -> None:
        """Run the jobs soon, because something was committed for them."""

    def stop(self) -> None:
        """Finish what runs and end."""


def jobs(engine: Engine, channels: Mapping[str, outbox.Deliver]) -> Jobs:
    """Return every job of this installation by name."""
    return {
        "fire_due_timers": lambda: timers.fire_due(engine),
        "deliver_outbox": lambda: outbox.deliver_due(engine, channels),
        "report_vacancies": lambda: _report_vacancies(engine),
        "seal_history": lambda: _seal_history(engine),
    }


def _report_vacancies(engine: Engine) -> None:
    with engine.work() as work:
        vacancies.report_all(work)


def _seal_history(engine: Engine) -> None:
    with engine.work() as work:
        history.seal(work.session, today=work.today, at=work.now)
