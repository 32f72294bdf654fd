"""Process definitions: found, checked, versioned; a version never changes.

A version of a process holds the files of its folder and of every folder that its
diagrams call: a case keeps all of them as they were when it began.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bpmn import reading
from engine.bpmn.parser import Specs, parse
from engine.check import HouseRules, check_definition
from engine.errors import BadDefinition
from engine.process import Process
from engine.work import Work
from models.people import Role
from models.workflow import Case, CaseStatus, ProcessDefinition, ProcessInstance

#: The parts an organisation can play in a case; a lane names one.
PARTS = ("drafting", "joint", "answering", "office", "consulted", "issuing")


@dataclass(frozen=True)
class Parsed:
    """One version, ready to run: SpiffWorkflow's specification and our reading."""

    key: str
    specs: Specs
    #: The main diagram of each folder: the process's own first, then the called ones.
    diagrams: Mapping[str, reading.Process]
    #: All elements of all folders; an id names one thing.
    elements: Mapping[str, reading.Element]
    #: The folder, which is the key of a process, that each element belongs to.
    owners: Mapping[str, str]

    def separated(self, element: reading.Element) -> frozenset[str]:
        """Return the steps whose doers must not do this one."""
        named = set(element.separate_from)
        dutiful = {each.id for each in self.elements.values() if each.duty in named}
        return frozenset(named - reading.DUTIES | dutiful) - {element.id}

    def ahead(self, element_id: str) -> list[reading.Element]:
        """The user tasks and calls that may follow an element, as drawn.

        First those of its own diagram to which a way leads, then those after the call
        by which a case came into that diagram. A call stands for all that is in it.
        """
        found: list[reading.Element] = []
        here: str | None = element_id
        while here is not None:
            diagram = self.diagrams[self.owners[here]]
            drawn, reached = list(diagram.elements), _reached(diagram, here)
            found += [
                diagram.elements[each]
                for each in drawn[drawn.index(here) + 1 :]
                if each in reached and self._is_step(diagram.elements[each])
            ]
            here = None if diagram.id == self.key else self._call_of(diagram.id)
        return found

    def _is_step(self, element: reading.Element) -> bool:
        return element.kind == "userTask" or element.called in self.diagrams

    def _call_of(self, process: str) -> str | None:
        """Return the element that calls a process; the case's own diagram first."""
        return next(
            (
                element.id
                for diagram in self.diagrams.values()
                for element in diagram.elements.values()
                if element.called == process
            ),
            None,
        )


@dataclass(frozen=True)
class Deployment:
    """A version that was stored, and how it differs from the one before."""

    definition: ProcessDefinition
    differences: list[str]


class Definitions:
    """The processes of this installation, and the versions that cases run on."""

    def __init__(self, processes: Iterable[Process]) -> None:
        self._processes = {process.key: process for process in processes}
        self._parsed: dict[str, Parsed] = {}
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Process]:
        return iter(self._processes.values())

    def process(self, key: str) -> Process:
        """Return a process by key."""
        return self._processes[key]

    def current(self, session: Session, key: str) -> ProcessDefinition:
        """Return the newest stored version of a process.

        Raises:
            BadDefinition: none is stored.
        """
        definition = session.scalars(
            select(ProcessDefinition)
            .where(ProcessDefinition.key == key)
            .order_by(ProcessDefinition.version.desc())
            .limit(1)
        ).one_or_none()
        if definition is None:
            msg = f"流程“{key}”还没有部署，请先运行 python3 run.py deploy。"
            raise BadDefinition(msg)
        return definition

    def parsed(self, definition: ProcessDefinition) -> Parsed:
        """Return a version ready to run; parsed once and shared between threads."""
        found = self._parsed.get(definition.content_hash)
        if found is None:
            with self._lock:
                found = self._parsed.get(definition.content_hash)
                if found is None:
                    found = _parse(definition.key, definition.files)
                    self._parsed[definition.content_hash] = found
        return found

    def deploy(self, work: Work) -> list[Deployment]:
        """Store each process folder that changed as a new version.

        Raises:
            BadDefinition: a diagram must not run, or cases that are open on an
                older version would miss an action or form that the folder lost.
        """
        stored = []
        for process in self._processes.values():
            self._refuse_unsafe(process)
            files = self.together(process)
            content_hash = _hash(files)
            newest = work.session.scalars(
                select(ProcessDefinition)
                .where(ProcessDefinition.key == process.key)
                .order_by(ProcessDefinition.version.desc())
                .limit(1)
            ).first()
            self._refuse_orphans(work, process)
            if newest is not None and newest.content_hash == content_hash:
                continue
            definition = ProcessDefinition(
                key=process.key,
                version=newest.version + 1 if newest else 1,
                content_hash=content_hash,
                files=files,
                deployed_at=work.now,
            )
            work.session.add(definition)
            work.session.flush()
            # What the library cannot put together shows here, not at somebody's click.
            self.parsed(definition)
            before = newest.files if newest else {}
            stored.append(Deployment(definition, differences(before, files)))
        return stored

    def together(self, process: Process) -> dict[str, str]:
        """Return the files of a process and of those that it calls, by folder."""
        folders = [process]
        for folder in folders:
            for key in reading.calls_of(_diagrams(folder.files)):
                called = self._processes[key]
                if called not in folders:
                    folders.append(called)
        return {
            f"{folder.key}/{name}": text
            for folder in folders
            for name, text in folder.files.items()
        }

    def _refuse_unsafe(self, process: Process) -> None:
        files = {name: text.encode() for name, text in process.files.items()}
        rules = house_rules(process, self._processes.values())
        defects = check_definition(files, rules)
        if defects:
            lines = [f"{d.element or '整个文件'}：{d.message}" for d in defects]
            msg = f"流程“{process.key}”不能部署：\n" + "\n".join(lines)
            raise BadDefinition(msg)

    def _refuse_orphans(self, work: Work, process: Process) -> None:
        used = work.session.scalars(
            select(ProcessDefinition)
            .join(ProcessInstance)
            .join(Case)
            .where(ProcessDefinition.key == process.key, Case.status == CaseStatus.OPEN)
            .distinct()
        ).all()
        for definition in used:
            lost = self._lost(self.parsed(definition))
            if lost:
                msg = (
                    f"流程“{process.key}”第{definition.version}版还有未办结的事项，"
                    f"但文件夹里没有这些步骤的表单、动作或时限了：{'、'.join(lost)}。"
                )
                raise BadDefinition(msg)

    def _lost(self, parsed: Parsed) -> list[str]:
        """Return the elements of a version whose form, action or limit is gone."""
        return [
            element.id
            for element in parsed.elements.values()
            if not _is_served(element, self._processes.get(parsed.owners[element.id]))
        ]


def discover(package: ModuleType) -> list[Process]:
    """Return the PROCESS of every folder in a package."""
    found = []
    for module in iter_modules(package.__path__):
        if module.ispkg:
            folder = import_module(f"{package.__name__}.{module.name}")
            # What processes have in common lies beside them and is none.
            if hasattr(folder, "PROCESS"):
                found.append(folder.PROCESS)
    return found


def house_rules(process: Process, processes: Iterable[Process]) -> HouseRules:
    """Return what the check may expect to find beside this process's diagram, and
    the other processes that it may call."""
    return HouseRules(
        forms=set(process.forms),
        actions=set(process.actions),
        texts=set(process.texts.steps),
        limits=set(process.limits),
        roles={role.value for role in Role},
        organisations=set(PARTS),
        folders={
            other.key: {name: text.encode() for name, text in other.files.items()}
            for other in processes
            if other.key != process.key
        },
    )


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Return in sentences how two versions differ, for the one who deploys."""
    before, after = _elements(old), _elements(new)
    lines = [f"新增 {after[e]}" for e in after if e not in before]
    lines += [f"删除 {before[e]}" for e in before if e not in after]
    lines += [
        f"更改 {before[e]} → {after[e]}"
        for e in after
        if e in before and before[e] != after[e]
    ]
    lines += [
        f"更改 决策表 {name.rpartition('/')[2]}"
        for name in new
        if name.endswith(".dmn") and name in old and old[name] != new[name]
    ]
    if not lines and old != new:
        lines = ["只有图的排版或说明变化"]
    return lines


def _is_served(element: reading.Element, folder: Process | None) -> bool:
    """Tell whether a folder has what an element of its diagram asks for."""
    if element.kind == "userTask":
        return folder is not None and element.id in folder.forms
    if element.kind == "serviceTask":
        return folder is not None and element.id in folder.actions
    if element.timer:
        return folder is not None and element.timer.expression in folder.limits
    return True


def _elements(files: Mapping[str, str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for owner, process in _processes(files):
        for element in process.elements.values():
            lane = f"，{element.lane.name}" if element.lane else ""
            found[owner, element.id] = f"{element.id}（{element.name}{lane}）"
        for flow in process.flows:
            rule = f"，条件 {flow.condition}" if flow.condition else ""
            found[owner, flow.id] = f"连线 {flow.source} → {flow.target}{rule}"
    return found


def _processes(files: Mapping[str, str]) -> Iterator[tuple[str, reading.Process]]:
    """Return all processes in files, each with the folder that it lies in."""
    for name, text in files.items():
        for definition in _diagrams({name: text}):
            for process in definition.processes.values():
                yield name.partition("/")[0], process


def _diagrams(files: Mapping[str, str]) -> list[reading.Definition]:
    return [
        reading.read_definition(text.encode())
        for name, text in files.items()
        if name.endswith(".bpmn")
    ]


def _hash(files: Mapping[str, str]) -> str:
    digest = sha256()
    for name, text in sorted(files.items()):
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()


def _parse(key: str, files: Mapping[str, str]) -> Parsed:
    found = list(_processes(files))
    diagrams = {owner: process for owner, process in found if process.id == owner}
    if key not in diagrams:
        msg = f"流程“{key}”的文件里没有这个流程。"
        raise BadDefinition(msg)
    return Parsed(
        key=key,
        specs=parse({name: text.encode() for name, text in files.items()}, key),
        diagrams={key: diagrams.pop(key), **dict(sorted(diagrams.items()))},
        elements={
            id_: element for _, each in found for id_, element in each.elements.items()
        },
        owners={id_: owner for owner, each in found for id_ in each.elements},
    )


def _reached(diagram: reading.Process, start: str) -> set[str]:
    """Return the elements to which a diagram leads from one, in and out of the
    sub-processes in it."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        targets = {flow.target for flow in diagram.flows if flow.source == here}
        targets |= {
            each.id for each in diagram.within(here) if each.kind == "startEvent"
        }
        element = diagram.elements[here]
        if element.kind == "endEvent" and element.scope in diagram.elements:
            targets.add(element.scope)
        waiting += targets - reached
        reached |= targets
    return reached
