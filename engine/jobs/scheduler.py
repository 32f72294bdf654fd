"""The jobs under APScheduler, in the process of the server."""

import logging
from datetime import timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from engine.clock import system_clock
from engine.jobs import Jobs

_log = logging.getLogger(__name__)


class ScheduledJobs:
    """Rounds of each job in its own rhythm, never two rounds of one at once."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._scheduler = BackgroundScheduler(
            timezone="UTC", executors={"default": ThreadPoolExecutor(2)}
        )
        for name, job in jobs.items():
            self._scheduler.add_job(
                self._round,
                "interval",
                seconds=job.every,
                args=[name],
                id=name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
                next_run_time=system_clock() + timedelta(seconds=1),
            )

    def start(self) -> None:
        """Begin; returns at once."""
        self._scheduler.start()

    def wake(self) -> None:
        """Run a round now of every job that waits for commits."""
        if self._scheduler.running:
            for name, job in self._jobs.items():
                if job.wakes:
                    self._scheduler.modify_job(name, next_run_time=system_clock())

    def stop(self) -> None:
        """Finish the round that runs and end."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _round(self, name: str) -> None:
        try:
            self._jobs[name].run()
        except Exception as failure:  # noqa: BLE001 (the next round tries again)
            _log.error("job %s failed: %s", name, type(failure).__name__)
