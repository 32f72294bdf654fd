"""The last test: the engine's own parser reads the diagram, in a process of its own.

A hostile diagram can make the library hang, recurse or fill the memory; only the
forked child suffers from it.
"""

import os
import resource
import select
import signal
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import orjson

from engine.bpmn import state
from engine.bpmn.expressions import SafeScriptEngine
from engine.bpmn.parser import Specs, parse
from engine.check.loops import MOST_PREDICTED
from engine.check.report import Defect

SECONDS = 8.0
MEMORY = 1 << 30
LONGEST_ANSWER = 1 << 16


def play(
    files: Mapping[str, bytes], processes: Sequence[str], *, seconds: float = SECONDS
) -> list[Defect]:
    """Parse these processes for real and create an instance of each.

    Whatever goes wrong becomes a defect.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _child(writing, files, processes, seconds)
    os.close(writing)
    try:
        answer = _read(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if answer is None:
        return [
            Defect(None, "too-slow", f"引擎读了 {seconds:g} 秒还没有读完，请简化流程")
        ]
    if not answer:
        return [Defect(None, "parser", "引擎读这个流程时崩溃了，请简化流程")]
    return [Defect(*each) for each in orjson.loads(answer)]


def _read(reading: int, deadline: float) -> bytes | None:
    """Read until the child closes its end; None when the time is up."""
    poll = select.poll()
    poll.register(reading)
    chunks: list[bytes] = []
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            return None
        chunk = os.read(reading, LONGEST_ANSWER)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)


def _child(
    writing: int, files: Mapping[str, bytes], processes: Sequence[str], seconds: float
) -> None:
    """Answer through the pipe and vanish, without the parent's clean-up."""
    try:
        _limit(seconds)
        found = [
            (each.element, each.rule, each.message)
            for process in processes
            for each in _problems(files, process)
        ]
        os.write(writing, orjson.dumps(found))
    finally:
        os._exit(0)


def _limit(seconds: float) -> None:
    # The address space that the parent already has counts in the child, too.
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    memory = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")


def _problems(files: Mapping[str, bytes], process: str) -> Iterator[Defect]:
    try:
        specs = parse(files, process)
        for spec in [specs.process, *specs.subprocesses.values()]:
            workflow = state.begin(Specs(spec, specs.subprocesses), SafeScriptEngine())
            if len(workflow.tasks) > 2 * MOST_PREDICTED:
                yield Defect(
                    spec.name,
                    "prediction-explodes",
                    f"一开始就展开成 {len(workflow.tasks)} 个任务，请把各段放进子流程",
                )
    except Exception as error:  # noqa: BLE001 (whatever the library raises)
        words = str(error)[:200] or type(error).__name__
        if "RecursionError" in words or isinstance(error, RecursionError):
            words = "一层里的步骤太多，请分成子流程"
        yield Defect(
            getattr(error, "id", "") or process,
            "parser",
            f"引擎读不了：{words}",
        )
