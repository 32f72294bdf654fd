"""The deployment check: what a diagram must not contain if the engine is to run it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from engine.bpmn.reading import Definition, Process
from engine.bpmn.schema import schema_errors
from engine.bpmn.xml import LARGEST_FILE
from engine.check.calls import call_defects, decision_asked
from engine.check.data import data_defects, file_data_defects
from engine.check.dmn import decision_defects
from engine.check.events import event_defects
from engine.check.expressions import (
    correlation_defects,
    expression_defects,
    timer_defects,
)
from engine.check.flows import flow_defects
from engine.check.foreign import foreign_defects
from engine.check.graph import Graph
from engine.check.house import HouseRules, house_defects
from engine.check.loops import loop_defects
from engine.check.opening import File, open_file
from engine.check.playing import play
from engine.check.references import reference_defects
from engine.check.repetition import repetition_defects
from engine.check.report import Defect, Report, Surroundings
from engine.check.structure import file_defects, structure_defects
from engine.check.stubs import called_stubs, decision_caller
from engine.check.throwing import throwing_defects
from engine.check.together import run_together, together_defects

__all__ = ["Defect", "HouseRules", "Report", "check_definition", "check_files"]

HouseFor = Callable[[Path], HouseRules | None]

MOST_ELEMENTS = 2000
MOST_PROCESSES = 50
MOST_SCHEMA_ERRORS = 20


def no_house(path: Path) -> None:
    """Apply no house rules: the file is not one of ours."""
    del path


def check_files(
    paths: Sequence[str | Path],
    *,
    house_for: HouseFor = no_house,
    known_processes: Collection[str] = (),
) -> list[Report]:
    """Check files, each beside the others; answer one report for each, in order.

    A file of our own house is read with the diagrams and tables beside it and of the
    folders that they call, which make one definition with it.
    """
    known = frozenset(known_processes)
    given = {Path(path): _read(Path(path)) for path in paths}
    reports = []
    for name, path in ((str(each), Path(each)) for each in paths):
        house = house_for(path)
        beside = _beside(path) if house is not None and path.is_file() else {}
        own = [given[path], *beside.values()]
        elsewhere = [file for other, file in given.items() if other != path]
        together = run_together(own, elsewhere, house)
        reports.append(Report(name, _check(given[path], together, house, known)))
    return reports


def check_definition(
    files: Mapping[str, bytes],
    house: HouseRules | None,
    *,
    known_processes: Collection[str] = (),
) -> list[Defect]:
    """Check the files of one definition together; answer every defect of it.

    In our house the folders that they call are read with them.
    """
    known = frozenset(known_processes)
    opened = [open_file(data) for data in files.values()]
    together = run_together(opened, [], house)
    found = [
        defect for file in opened for defect in _check(file, together, house, known)
    ]
    return _unique(found)


def _check(
    file: File | Defect,
    together: Sequence[File],
    house: HouseRules | None,
    known_processes: frozenset[str],
) -> list[Defect]:
    if isinstance(file, Defect):
        return [file]
    if file.definition is None:
        return _check_decision(file)
    processes = file.definition.processes.values()
    if (
        len(processes) > MOST_PROCESSES
        or sum(len(each.elements) for each in processes) > MOST_ELEMENTS
    ):
        message = (
            f"一个文件里最多 {MOST_PROCESSES} 个流程、"
            f"{MOST_ELEMENTS} 个元素，请拆成几个文件"
        )
        return [Defect(None, "too-large", message)]
    tables = {each.decision: each.data for each in together if each.decision}
    others = [each.definition for each in together if each is not file]
    around = Surroundings(
        (*(each for each in others if each is not None), file.definition),
        known_processes,
        frozenset(tables),
    )
    defects = list(_static_defects(file.definition, around, house))
    if house is not None:
        defects += together_defects(together)
    return _unique(defects) or _play(file, file.definition, tables)


def _play(
    file: File, definition: Definition, tables: Mapping[str, bytes]
) -> list[Defect]:
    running = [each for each in definition.processes.values() if each.executable]
    asked = {
        decision_asked(element)
        for process in running
        for element in process.elements.values()
    }
    used = {
        f"{number}.dmn": tables[decision]
        for number, decision in enumerate(sorted(asked & tables.keys() - {""}))
    }
    stubs = called_stubs(running, definition)
    files = {"definition.bpmn": file.data, **stubs, **used}
    return _unique(play(files, [process.id for process in running]))


def _check_decision(file: File) -> list[Defect]:
    defects = list(decision_defects(file.root))
    if not defects:
        caller, process = decision_caller(file.decision)
        files = {"caller.bpmn": caller, "decision.dmn": file.data}
        defects = play(files, [process])
    return _unique(defects)


def _static_defects(
    definition: Definition, around: Surroundings, house: HouseRules | None
) -> Iterator[Defect]:
    yield from file_defects(definition)
    for element, message in schema_errors(definition)[:MOST_SCHEMA_ERRORS]:
        yield Defect(element, "schema", f"不符合 BPMN 的格式，请改正：{message}")
    yield from foreign_defects(definition)
    yield from file_data_defects(definition)
    yield from correlation_defects(definition)
    for process in definition.processes.values():
        if process.executable:
            yield from _process_defects(definition, process, around, house)


def _process_defects(
    definition: Definition,
    process: Process,
    around: Surroundings,
    house: HouseRules | None,
) -> Iterator[Defect]:
    graph = Graph(process)
    yield from structure_defects(process, graph)
    yield from reference_defects(definition, process, graph)
    yield from event_defects(process, graph)
    yield from throwing_defects(definition, process, graph, around)
    yield from flow_defects(process, graph)
    yield from expression_defects(process)
    yield from timer_defects(process, graph)
    yield from repetition_defects(process, graph)
    yield from loop_defects(process, graph)
    yield from data_defects(process)
    yield from call_defects(process, around)
    if house is not None:
        yield from house_defects(definition, process, graph, house)


def _read(path: Path) -> File | Defect:
    try:
        if not path.is_file():
            reason = "这是一个文件夹" if path.is_dir() else "找不到这个文件"
            return Defect(None, "unreadable", f"{reason}，请给出一个文件")
        with path.open("rb") as file:
            return open_file(file.read(LARGEST_FILE + 1))
    except (OSError, ValueError) as error:
        return Defect(None, "unreadable", f"文件打不开：{error}")


def _beside(path: Path) -> dict[Path, File | Defect]:
    return {
        other: _read(other)
        for other in sorted(path.parent.iterdir())
        if other.suffix in {".bpmn", ".dmn"} and other != path
    }


def _unique(defects: Sequence[Defect]) -> list[Defect]:
    return list(dict.fromkeys(defects))
