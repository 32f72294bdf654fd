"""Definitions are stored in versions; a case ends on the one it began with."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

import processes
from engine.definitions import Definitions, Deployment, discover
from engine.errors import BadDefinition
from engine.process import Process
from models.workflow import ProcessDefinition, ProcessInstance
from processes.document_review import PROCESS as DOCUMENT_REVIEW
from processes.role_appointment import PROCESS as ROLE_APPOINTMENT
from tests.office import Matter, Office, refused

#: The bar before the section's review: nothing goes without agreement any more.
RENAMED = ('name="科室审核"', 'name="科室初审"')
SCRIPT = ("<bpmn:serviceTask", "<bpmn:scriptTask")


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Process]:
    """Makes a copy of the process folder with some texts of its diagram changed."""

    def change(*changes: tuple[str, str]) -> Process:
        folder = tmp_path / f"changed_{len(list(tmp_path.iterdir()))}"
        shutil.copytree(DOCUMENT_REVIEW.folder, folder)
        diagram = folder / "document_review.bpmn"
        text = diagram.read_text(encoding="utf-8")
        for old, new in changes:
            text = text.replace(old, new)
        diagram.write_text(text, encoding="utf-8")
        return replace(DOCUMENT_REVIEW, folder=folder)

    return change


def test_a_definition_deployed_twice_is_stored_once(office: Office) -> None:
    assert deploy(office, DOCUMENT_REVIEW) == []
    assert versions(office) == [1]


def test_a_changed_diagram_is_the_next_version_with_the_differences_in_words(
    office: Office, changed: Callable[..., Process]
) -> None:
    (deployment,) = deploy(office, changed(RENAMED))
    assert deployment.differences == [
        (
            "更改 section_review（科室审核，科室负责人） "
            "→ section_review（科室初审，科室负责人）"
        )
    ]
    assert versions(office) == [1, 2]


def test_a_changed_condition_is_told_with_both_texts(
    office: Office, changed: Callable[..., Process]
) -> None:
    (deployment,) = deploy(office, changed(('draft == "complete"', 'draft == "done"')))
    assert deployment.differences == [
        (
            '更改 连线 is_complete → section_review，条件 draft == "complete" '
            '→ 连线 is_complete → section_review，条件 draft == "done"'
        )
    ]


def test_a_diagram_that_was_only_moved_says_so(
    office: Office, changed: Callable[..., Process]
) -> None:
    (deployment,) = deploy(
        office, changed(('<dc:Bounds x="130"', '<dc:Bounds x="131"'))
    )
    assert deployment.differences == ["只有图的排版或说明变化"]


def test_the_first_version_lists_everything_as_new(office: Office) -> None:
    with office.engine.work() as work:
        definition = office.engine.definitions.current(work.session, "role_appointment")
        work.session.delete(definition)
    (deployment,) = deploy(office, ROLE_APPOINTMENT)
    assert "新增 appoint（任命，系统管理员）" in deployment.differences


def test_going_back_to_an_earlier_diagram_is_the_next_version(
    office: Office, changed: Callable[..., Process]
) -> None:
    deploy(office, changed(RENAMED))
    deploy(office, DOCUMENT_REVIEW)
    assert versions(office) == [1, 2, 3]


def test_open_cases_stay_on_their_version_and_new_ones_take_the_newest(
    office: Office, changed: Callable[..., Process]
) -> None:
    old = office.lin.drafts()
    deploy(office, changed(RENAMED))
    new = office.lin.drafts()
    assert (version_of(office, old), version_of(office, new)) == (1, 2)


def test_a_case_of_an_older_version_goes_on_to_its_end(
    office: Office, changed: Callable[..., Process]
) -> None:
    matter = office.lin.drafts()
    process = changed(RENAMED)
    deploy(office, process)
    office.engine.definitions = Definitions([process, *others()])
    office.brings(matter, "approve_publication")
    office.liang.lets_out(matter, "2026-03-02")  # Monday
    office.fires()
    assert matter.waits_at == []


def test_an_unsafe_diagram_is_refused_with_every_defect(
    office: Office, changed: Callable[..., Process]
) -> None:
    unsafe = changed(SCRIPT, ("</bpmn:serviceTask", "</bpmn:scriptTask"))
    with refused(BadDefinition) as bad:
        deploy(office, unsafe)
    assert bad.value.message.startswith("流程“document_review”不能部署：\n")
    assert "assign_number：" in bad.value.message
    assert "escalate_step：" in bad.value.message
    assert versions(office) == [1]


@pytest.mark.parametrize("lost", ["assign_number", "return_incomplete"])
def test_an_action_that_open_cases_need_is_not_taken_away(
    office: Office, changed: Callable[..., Process], lost: str
) -> None:
    office.lin.drafts()
    with refused(BadDefinition, match=f"第1版还有未办结的事项.*{lost}"):
        move_to_version_with(office, changed, lost)


def test_without_open_cases_an_action_may_be_taken_away(
    office: Office, changed: Callable[..., Process]
) -> None:
    move_to_version_with(office, changed, "assign_number")
    assert versions(office) == [1, 2]


def test_a_process_that_was_never_deployed_begins_nothing(office: Office) -> None:
    with refused(BadDefinition, match="还没有部署"), office.engine.read() as work:
        office.engine.definitions.current(work.session, "open_letters")


def test_a_version_is_parsed_once(office: Office) -> None:
    definitions = office.engine.definitions
    with office.engine.read() as work:
        current = definitions.current(work.session, "document_review")
        assert definitions.parsed(current) is definitions.parsed(current)


def deploy(office: Office, process: Process) -> list[Deployment]:
    """Deploy one process folder."""
    known = [process, *(each for each in others() if each.key != process.key)]
    with office.engine.work() as work:
        stored = Definitions(known).deploy(work)
        return [each for each in stored if each.definition.key == process.key]


def others() -> list[Process]:
    """Return all processes but the documents', which calls some of them."""
    found = discover(processes)
    return [each for each in found if each.key != DOCUMENT_REVIEW.key]


def versions(office: Office) -> list[int]:
    """Return the stored versions of the documents' process."""
    with office.engine.read() as work:
        return list(
            work.session.scalars(
                select(ProcessDefinition.version)
                .where(ProcessDefinition.key == "document_review")
                .order_by(ProcessDefinition.version)
            )
        )


def version_of(office: Office, matter: Matter) -> int:
    """Return the version that a case runs on."""
    with office.engine.read() as work:
        instance = work.session.query(ProcessInstance).filter_by(case_id=matter.id)
        return instance.one().definition.version


def move_to_version_with(
    office: Office, changed: Callable[..., Process], lost: str
) -> None:
    """Deploy a diagram in which an action has another name, and its folder."""
    renamed = (f'"{lost}"', f'"{lost}_anew"')
    process = changed(renamed, (f">{lost}<", f">{lost}_anew<"))
    actions = dict(process.actions)
    actions[f"{lost}_anew"] = actions.pop(lost)
    deploy(office, replace(process, actions=actions))
