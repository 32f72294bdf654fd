"""What runs in the background: the same functions under any runner."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from engine import (
    erasing,
    history,
    outbox,
    recomputation,
    search_index,
    sweeping,
    timers,
    vacancies,
    visitors,
)
from engine.work import Engine

_A_DAY = 86_400


@dataclass(frozen=True)
class Job:
    """What is done again and again, and how many seconds lie between two rounds."""

    run: Callable[[], object]
    every: float
    #: Whether a commit that has something for the jobs lets this one run at once.
    wakes: bool = True


#: Every job by name.
Jobs = Mapping[str, Job]


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
        "fire_due_timers": Job(lambda: timers.fire_due(engine), every=5),
        "deliver_outbox": Job(lambda: outbox.deliver_due(engine, channels), every=5),
        "recompute_limits": Job(lambda: recomputation.apply(engine), every=60),
        "report_vacancies": Job(lambda: _report_vacancies(engine), every=60),
        "erase_files": Job(lambda: erasing.erase_all(engine), every=60),
        "sweep_files": Job(lambda: sweeping.sweep(engine), every=_A_DAY, wakes=False),
        "fill_search": Job(lambda: search_index.fill(engine), every=60),
        "seal_history": Job(lambda: _seal_history(engine), every=600),
        "forget_visitors": Job(lambda: _forget_visitors(engine), every=600),
    }


# All look as readers first: a round that finds nothing makes no writer wait.


def _report_vacancies(engine: Engine) -> None:
    with engine.read() as work:
        found = vacancies.waiting_in_vain(work)
    if found:
        with engine.work() as work:
            vacancies.report_all(work)


def _seal_history(engine: Engine) -> None:
    with engine.read() as work:
        sealed = history.sealed_until(work.session) == work.today
    if not sealed:
        with engine.work() as work:
            history.seal(work.session, today=work.today, at=work.now)


def _forget_visitors(engine: Engine) -> None:
    with engine.read() as work:
        stale = visitors.anything_to_forget(work)
    if stale:
        with engine.work() as work:
            visitors.forget(work)
