"""The deployment check: what a diagram must not contain if the engine is to run it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from engine.bpmn.reading import (
    LARGEST_FILE,
    Definition,
    Process,
    UnreadableDefinition,
    definition_in,
    read_xml,
    schema_errors,
)
from engine.check.calls import call_defects, decision_asked
from engine.check.data import data_defects, file_data_defects
from engine.check.dmn import decision_defects, decision_of, is_dmn
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
from engine.check.playing import play
from engine.check.references import reference_defects
from engine.check.repetition import repetition_defects
from engine.check.report import Defect, Report, Surroundings
from engine.check.structure import file_defects, structure_defects
from engine.check.stubs import called_stubs, decision_caller
from engine.check.throwing import throwing_defects

__all__ = ["Defect", "HouseRules", "Report", "check_definition", "check_files"]

HouseFor = Callable[[Path], HouseRules | None]

MOST_ELEMENTS = 3000
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

    A file of our own house is read with the diagrams and tables beside it, which
    make one definition with it.
    """
    read = {Path(path): _read(Path(path)) for path in paths}
    given = {path: data for path, data in read.items() if isinstance(data, bytes)}
    reports = []
    for path in map(Path, paths):
        data = read[path]
        if isinstance(data, Defect):
            reports.append(Report(str(path), [data]))
            continue
        house = house_for(path)
        beside = given if house is None else given | _beside(path)
        others = {str(name): each for name, each in beside.items() if name != path}
        defects = _check(data, others, house, frozenset(known_processes))
        reports.append(Report(str(path), defects))
    named = zip(paths, reports, strict=True)
    return [replace(report, file=str(path)) for path, report in named]


def check_definition(
    files: Mapping[str, bytes],
    house: HouseRules | None,
    *,
    known_processes: Collection[str] = (),
) -> list[Defect]:
    """Check the files of one definition together; answer every defect of it."""
    return [
        defect
        for name, data in files.items()
        for defect in _check(
            data,
            {other: each for other, each in files.items() if other != name},
            house,
            frozenset(known_processes),
        )
    ]


def _check(
    data: bytes,
    others: Mapping[str, bytes],
    house: HouseRules | None,
    known_processes: frozenset[str],
) -> list[Defect]:
    try:
        root = read_xml(data)
        if is_dmn(root):
            return _check_decision(root, data)
        definition = definition_in(root)
    except UnreadableDefinition as unreadable:
        return [Defect(None, unreadable.rule, unreadable.reason)]
    if sum(len(each.elements) for each in definition.processes.values()) > (
        MOST_ELEMENTS
    ):
        return [
            Defect(
                None,
                "too-large",
                f"图里的元素超过 {MOST_ELEMENTS} 个，请拆成几个流程",
            )
        ]
    around, decisions = _surroundings(others, known_processes)
    defects = list(_static_defects(definition, around, house))
    running = [each for each in definition.processes.values() if each.executable]
    if not defects:
        stubs = called_stubs(running, definition)
        asked = {
            decision_asked(element)
            for process in running
            for element in process.elements.values()
        }
        used = dict(decisions[each] for each in (asked - {""}) & decisions.keys())
        files = {"definition.bpmn": data, **stubs, **used}
        defects = play(files, [process.id for process in running])
    return _unique(defects)


def _check_decision(root: etree._Element, data: bytes) -> list[Defect]:
    defects = list(decision_defects(root))
    if not defects:
        caller, process = decision_caller(decision_of(root) or "")
        files = {"caller.bpmn": caller, "decision.dmn": data}
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
    around = replace(around, definitions=(*around.definitions, definition))
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


def _surroundings(
    others: Mapping[str, bytes], known_processes: frozenset[str]
) -> tuple[Surroundings, dict[str, tuple[str, bytes]]]:
    """Read the other files; what cannot be read there is reported there."""
    definitions = []
    decisions: dict[str, tuple[str, bytes]] = {}
    for data in others.values():
        try:
            root = read_xml(data)
            if is_dmn(root):
                decision = decision_of(root) or ""
                decisions[decision] = (f"{len(decisions)}.dmn", data)
            else:
                definitions.append(definition_in(root))
        except UnreadableDefinition:
            continue
    around = Surroundings(tuple(definitions), known_processes, frozenset(decisions))
    return around, decisions


def _read(path: Path) -> bytes | Defect:
    try:
        if not path.is_file():
            reason = "这是一个文件夹" if path.is_dir() else "找不到这个文件"
            return Defect(None, "unreadable", f"{reason}，请给出一个文件")
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        return Defect(None, "unreadable", f"文件打不开：{error}")


def _beside(path: Path) -> dict[Path, bytes]:
    found = {}
    for other in sorted(path.parent.iterdir()):
        if other.suffix in {".bpmn", ".dmn"} and other.name != path.name:
            data = _read(other)
            if isinstance(data, bytes):
                found[other] = data
    return found


def _unique(defects: Sequence[Defect]) -> list[Defect]:
    return list(dict.fromkeys(defects))
