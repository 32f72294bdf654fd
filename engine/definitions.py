"""Process definitions: found, checked, versioned; a version never changes."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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
PARTS = ("drafting", "joint", "answering", "office")


@dataclass(frozen=True)
class Parsed:
    """One version, ready to run: SpiffWorkflow's specification and our reading."""

    specs: Specs
    diagram: reading.Process


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
            newest = work.session.scalars(
                select(ProcessDefinition)
                .where(ProcessDefinition.key == process.key)
                .order_by(ProcessDefinition.version.desc())
                .limit(1)
            ).first()
            self._refuse_orphans(work, process)
            if newest is not None and newest.content_hash == process.content_hash:
                continue
            definition = ProcessDefinition(
                key=process.key,
                version=newest.version + 1 if newest else 1,
                content_hash=process.content_hash,
                files=process.files,
                deployed_at=work.now,
            )
            work.session.add(definition)
            work.session.flush()
            before = newest.files if newest else {}
            stored.append(Deployment(definition, differences(before, process.files)))
        return stored

    def _refuse_unsafe(self, process: Process) -> None:
        files = {name: text.encode() for name, text in process.files.items()}
        defects = check_definition(files, house_rules(process))
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
            diagram = self.parsed(definition).diagram
            lost = [
                element.id
                for element in diagram.user_tasks()
                if element.id not in process.forms
            ] + [
                element.id
                for element in diagram.service_tasks()
                if element.id not in process.actions
            ]
            if lost:
                msg = (
                    f"流程“{process.key}”第{definition.version}版还有未办结的事项，"
                    f"但文件夹里没有这些步骤的表单或动作了：{'、'.join(lost)}。"
                )
                raise BadDefinition(msg)


def discover(package: ModuleType) -> list[Process]:
    """Return the PROCESS of every folder in a package."""
    found = []
    for module in iter_modules(package.__path__):
        if module.ispkg:
            process = import_module(f"{package.__name__}.{module.name}").PROCESS
            found.append(process)
    return found


def house_rules(process: Process) -> HouseRules:
    """Return what the check may expect to find beside this process's diagram."""
    return HouseRules(
        forms=set(process.forms),
        actions=set(process.actions),
        texts=set(process.texts.steps),
        limits=set(process.limits),
        roles={role.value for role in Role},
        organisations=set(PARTS),
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
        f"更改 决策表 {name}"
        for name in new
        if name.endswith(".dmn") and name in old and old[name] != new[name]
    ]
    if not lines and old != new:
        lines = ["只有图的排版或说明变化"]
    return lines


def _elements(files: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in files.items():
        if not name.endswith(".bpmn"):
            continue
        for process in reading.read_definition(text.encode()).processes.values():
            for element in process.elements.values():
                lane = f"，{element.lane.name}" if element.lane else ""
                found[element.id] = f"{element.id}（{element.name}{lane}）"
            for flow in process.flows:
                rule = f"，条件 {flow.condition}" if flow.condition else ""
                found[flow.id] = f"连线 {flow.source} → {flow.target}{rule}"
    return found


def _parse(key: str, files: Mapping[str, str]) -> Parsed:
    data = {name: text.encode() for name, text in files.items()}
    for name, text in data.items():
        if name.endswith(".bpmn"):
            processes = reading.read_definition(text).processes
            if key in processes:
                return Parsed(parse(data, key), processes[key])
    msg = f"流程“{key}”的文件里没有这个流程。"
    raise BadDefinition(msg)
