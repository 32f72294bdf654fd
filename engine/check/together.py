"""What runs together: a folder's files with those of the folders that they call."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from engine.bpmn.reading import SUB_PROCESSES, Definition, calls_of
from engine.check.house import HouseRules
from engine.check.opening import File, open_file
from engine.check.report import Defect


def run_together(
    own: Sequence[File | Defect],
    elsewhere: Sequence[File | Defect],
    house: HouseRules | None,
) -> list[File]:
    """Answer the files that make up one version with ours, ours first.

    In our house these are the folders that are called, transitively; a file of
    somebody else stands beside all files that were given with it.
    """
    found = _readable(own)
    given = _readable(elsewhere)
    if house is None:
        return found + given
    looked_for: set[str] = set()
    while missing := set(calls_of(_definitions(found))) - looked_for:
        for key in sorted(missing):
            folder = house.folders.get(key)
            if folder is not None:
                found += _readable([open_file(data) for data in folder.values()])
            else:
                found += [file for file in given if _has(file, key)][:1]
        looked_for |= missing
    return found


def together_defects(files: Sequence[File]) -> Iterator[Defect]:
    """Find names that mean two things in diagrams that run together."""
    definitions = _definitions(files)
    processes = [key for each in definitions for key in each.processes]
    elements = [
        (element.id, element.kind)
        for each in definitions
        for process in each.processes.values()
        for element in process.elements.values()
    ]
    clashing = [id_ for id_, kind in elements if kind in SUB_PROCESSES]
    for name in [
        *_repeated(id_ for id_, _ in elements),
        *_repeated(processes),
        *sorted(set(clashing) & set(processes)),
        *_repeated(file.decision for file in files if file.decision),
    ]:
        yield Defect(
            name,
            "process/called-id",
            f"编号“{name}”在一起运行的几个流程里重复了，改成唯一的",
        )
    yield from _events(definitions)


def _events(definitions: Iterable[Definition]) -> Iterator[Defect]:
    """Find messages and the like that have one id and are not the same."""
    known: dict[str, dict[str, str]] = {}
    for each in definitions:
        for (kind, id_), node in each.events.items():
            if kind not in {"message", "signal", "error", "escalation"}:
                continue
            attributes = {str(key): str(text) for key, text in node.attrib.items()}
            if known.setdefault(id_, attributes) != attributes:
                yield Defect(
                    id_,
                    "process/called-id",
                    f"编号“{id_}”在一起运行的几个流程里是不同的事件，改成唯一的",
                )


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _definitions(files: Iterable[File]) -> list[Definition]:
    return [file.definition for file in files if file.definition is not None]


def _readable(files: Iterable[File | Defect]) -> list[File]:
    return [file for file in files if isinstance(file, File)]


def _has(file: File, process: str) -> bool:
    return file.definition is not None and process in file.definition.processes
