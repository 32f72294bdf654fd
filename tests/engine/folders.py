"""Process folders of a test's own: a diagram in a few lines, and what is beside it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine import candidates, instances, tasks
from engine.authoring import Facts, Form, Process, Step, TimeLimit, Work, outcome
from engine.bpmn import reading
from engine.definitions import Definitions, Deployment
from models.people import Organisation
from models.workflow import Case, Task
from tests.engine.check.diagrams import diagram
from tests.office import Actor, Matter, Office

#: What a step's doer may decide in these tests.
OUTCOMES = ("agreed", "objected", "returned")


class Decision(Form):
    """One of a few outcomes."""

    outcome = outcome(*OUTCOMES)


def decided(step: Step, answers: Mapping[str, Any]) -> Facts:
    """Name the outcome after the step; as a vote where several are asked."""
    return {step.element: answers["outcome"], "vote": answers["outcome"]}


def make_folder(
    home: Path,
    key: str,
    flows: str,
    *parts: str,
    lanes: Mapping[str, str],
    actions: Mapping[str, Callable[..., Facts | None]] | None = None,
    limits: Sequence[TimeLimit] = (),
    around: str = "",
) -> Process:
    """Write a process folder; `lanes` says role@part of each user task."""
    folder = home / key
    folder.mkdir(parents=True, exist_ok=True)
    data = drawn(
        diagram(flows, *parts, lanes=_lanes(lanes), process=key, around=around)
    )
    (folder / f"{key}.bpmn").write_bytes(data)
    texts = f'title = "{key}"\n' + "".join(_texts(task) for task in lanes)
    (folder / "texts.toml").write_text(texts, encoding="utf-8")
    return Process(
        key=key,
        folder=folder,
        forms=dict.fromkeys(lanes, Decision),
        actions={**dict.fromkeys(lanes, decided), **(actions or {})},
        limits={limit.name: limit for limit in limits},
    )


def drawn(data: bytes) -> bytes:
    """Give everything in a diagram a place in the picture."""
    (process,) = reading.read_definition(data).processes.values()
    names = [*process.elements, *(flow.id for flow in process.flows)]
    names += [lane.id for lane in process.lanes]
    shapes = "".join(
        f'<bpmndi:BPMNShape bpmnElement="{name}">'
        '<dc:Bounds x="0" y="0" width="1" height="1" /></bpmndi:BPMNShape>'
        for name in names
    )
    plane = (
        f'<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="{process.id}">{shapes}'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"
    )
    return data.replace(b"</bpmn:definitions>", plane.encode())


def deploy(office: Office, *processes: Process) -> list[Deployment]:
    """Let an installation have exactly these processes, as a server that starts."""
    office.engine.definitions = Definitions(processes)
    with office.engine.work() as work:
        return office.engine.definitions.deploy(work)


def begins(
    actor: Actor,
    key: str,
    parties: Mapping[str, Sequence[str]] | None = None,
    *,
    cause: Matter | None = None,
    at: str = "",
    **facts: Any,
) -> Matter:
    """Open a case of a test's own process, in the actor's section or elsewhere."""
    office = actor.office
    with actor.work() as work:
        playing = {
            part: [office.organisation(work, name) for name in names]
            for part, names in (parties or {}).items()
        }
        case = instances.start(
            work,
            key,
            title="试办",
            place=office.organisation(work, at) if at else place_of(work),
            number_prefix=key,
            parties=playing,
            facts=facts,
            cause=cause.case(work) if cause else None,
        )
        return Matter(office, case.id)


def place_of(work: Work) -> Organisation:
    """Return the organisation that the acting person's post is in."""
    assert work.actor.organisation_id is not None
    return work.session.get_one(Organisation, work.actor.organisation_id)


def votes(actor: Actor, matter: Matter, element: str, vote: str) -> None:
    """Complete the task of several that this person may take."""
    with actor.work() as work:
        task = task_for(work, matter.case(work), element)
        tasks.claim(work, task)
        tasks.complete(work, task, revision=task.revision, answers={"outcome": vote})


def task_for(work: Work, case: Case, element: str) -> Task:
    """Return the first open task of an element that the acting person may take."""
    return next(
        task
        for task in instances.open_tasks(work, case)
        if task.element == element
        and candidates.is_candidate(work, task, work.actor.required_person)
    )


def _texts(task: str) -> str:
    labels = ", ".join(f'{name} = "{name}"' for name in OUTCOMES)
    return f'[steps.{task}]\ntitle = "{task}"\noutcomes = {{ {labels} }}\n'


def _lanes(lanes: Mapping[str, str]) -> str:
    drawn = ""
    for n, place in enumerate(dict.fromkeys(lanes.values())):
        role, _, part = place.partition("@")
        inside = "".join(
            f"<bpmn:flowNodeRef>{task}</bpmn:flowNodeRef>"
            for task, at in lanes.items()
            if at == place
        )
        drawn += (
            f'<bpmn:lane id="lane_{n}" name="{place}"><bpmn:extensionElements>'
            f'<gongkai:candidates role="{role}" organisation="{part}" />'
            f"</bpmn:extensionElements>{inside}</bpmn:lane>"
        )
    return f'<bpmn:laneSet id="lanes">{drawn}</bpmn:laneSet>'
