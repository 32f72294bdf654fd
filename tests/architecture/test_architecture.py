"""What holds of every folder, module and table, so that nobody has to remember it."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Engine as SqlEngine

import engine
import processes
from engine.bpmn.reading import read_definition
from engine.database import Database
from engine.definitions import discover
from engine.process import Process
from models import (
    annual,
    archives,
    calendar,
    challenges,
    documents,
    fees,
    handing,
    interpretations,
    letters,
    people,
    proposals,
    publications,
    records,
    requests,
    reviews,
    search,
    visitors,
    workflow,
)
from models.base import Base
from models.migrations import revisions, upgrade
from models.people import ADMINISTRATION, ROLE_NAMES, Role
from models.workflow import LABEL_NAMES, Label

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("engine", "models", "processes", "web")
MODULES = sorted(
    path.relative_to(ROOT)
    for layer in LAYERS
    for path in (ROOT / layer).rglob("*.py")
    if not {"tests", "versions"} & set(path.parts)
)
PROCESSES = discover(processes)
TABLES = (
    annual,
    archives,
    calendar,
    challenges,
    documents,
    fees,
    handing,
    interpretations,
    letters,
    people,
    proposals,
    publications,
    records,
    requests,
    reviews,
    search,
    visitors,
    workflow,
)

#: The glossary's words that stand for things in the code.
WORDS = (
    *("process definition", "process instance", "case", "task", "notice"),
    *("candidate group", "assignee", "claim", "unclaim", "complete", "time limit"),
    *("deadline", "rung", "timer", "incident", "history", "outbox", "subject", "root"),
)

#: Words of the field's other programs that mean one of these, and which one.
FOREIGN_WORDS = {
    "workflow_instance": "case",
    "ticket": "case",
    "work_item": "task",
    "workitem": "task",
    "todo": "task",
    "swimlane": "lane",
    "tenant": "root",
    "approver": "candidate",
    "owner_id": "assignee",
    "sla": "time limit",
    "audit_log": "history",
}

process_folders = pytest.mark.parametrize("process", PROCESSES, ids=lambda p: p.key)


@process_folders
def test_a_process_folder_explains_itself(process: Process) -> None:
    names = {path.name for path in process.folder.iterdir()}
    assert {"README.md", "texts.toml", f"{process.key}.bpmn", "tests"} <= names


@process_folders
def test_a_process_is_called_like_its_folder(process: Process) -> None:
    assert process.key == process.folder.name


@process_folders
def test_every_step_for_people_has_form_action_and_words(process: Process) -> None:
    for element in steps(process, "userTask"):
        words = process.texts.steps[element]
        assert element in process.forms
        assert element in process.actions
        assert words.title
        assert set(process.forms[element]().fields) >= set(words.fields)


@process_folders
def test_every_step_is_called_on_screen_as_in_the_diagram(process: Process) -> None:
    for element, name in named_steps(process):
        assert process.texts.steps[element].title == name


@process_folders
def test_every_field_and_choice_of_a_form_has_its_words(process: Process) -> None:
    for element in steps(process, "userTask"):
        words = process.texts.steps[element]
        for name, field in process.forms[element]().fields.items():
            said = words.outcomes if name == "outcome" else words.field(name).options
            assert name == "outcome" or name in words.fields
            assert set(field.metadata.get("values", ())) == set(said)


@process_folders
def test_every_action_and_form_belongs_to_an_element(process: Process) -> None:
    known = set(steps(process, "userTask")) | set(steps(process, "serviceTask"))
    assert set(process.forms) | set(process.actions) == known


@process_folders
def test_every_limit_says_where_it_comes_from(process: Process) -> None:
    for limit in process.limits.values():
        assert limit.title
        assert limit.source
        assert limit.rungs
        assert not limit.statutory or "条" in limit.source


@process_folders
def test_a_process_is_tested_in_its_own_folder(process: Process) -> None:
    assert list((process.folder / "tests").glob("test_*.py"))


def test_every_role_has_a_name() -> None:
    assert set(ROLE_NAMES) == set(Role)
    assert len(set(ROLE_NAMES.values())) == len(Role)


def test_the_three_administrators_are_known() -> None:
    assert {ROLE_NAMES[role] for role in ADMINISTRATION} == {
        "系统管理员",
        "安全管理员",
        "安全审计员",
    }


def test_every_label_has_a_name() -> None:
    assert set(LABEL_NAMES) == set(Label)


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_explains_the_word(word: str) -> None:
    assert re.search(rf"\b{word}\b", engine.__doc__ or "")


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_one_word_stands_for_one_thing(path: Path) -> None:
    words = set(re.findall(r"[a-z_]+", (ROOT / path).read_text().lower()))
    assert words & set(FOREIGN_WORDS) == set()


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_module_has_more_than_400_lines(path: Path) -> None:
    assert len((ROOT / path).read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_module_says_why_it_exists(path: Path) -> None:
    assert (ROOT / path).read_text().startswith('"""')


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_module_is_an_attic(path: Path) -> None:
    assert not re.search(r"util|helper|misc|common|manager", path.stem)


def test_a_migrated_postgresql_database_is_what_the_models_say(
    postgres_url: str,
) -> None:
    database = Database(postgres_url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    database.dispose()


def test_a_migrated_sqlite_database_is_what_the_models_say(tmp_path: Path) -> None:
    migrated = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    upgrade(migrated)
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    Base.metadata.create_all(made)
    assert shape(migrated) == shape(made)
    migrated.dispose()
    made.dispose()


def test_a_check_of_the_models_is_in_the_migrated_postgresql_database(
    postgres_url: str,
) -> None:
    # Alembic compares no checks.
    database = Database(postgres_url)
    found = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        named = {check["name"] for check in found.get_check_constraints(table.name)}
        assert named == {
            str(constraint.name)
            for constraint in table.constraints
            if str(constraint.name).startswith("ck_")
        }
    database.dispose()


def test_a_migrated_database_is_at_the_newest_revision(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.connect() as connection:
        current, newest = revisions(connection)
    assert current == newest
    assert newest is not None
    database.dispose()


def test_every_table_is_in_a_module_of_the_models() -> None:
    assert {module.__name__ for module in TABLES} == {
        f"models.{path.stem}"
        for path in (ROOT / "models").glob("*.py")
        if path.stem not in {"__init__", "base", "applications"}
    }


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, migrated PostgreSQL database."""
    request.getfixturevalue("postgres")
    copy = request.getfixturevalue("templates")("postgresql", False).copy
    return str(copy(Path()))


def steps(process: Process, kind: str) -> list[str]:
    """Return the ids of a diagram's elements of a kind."""
    return [
        element.id
        for name, text_ in process.files.items()
        if name.endswith(".bpmn")
        for each in read_definition(text_.encode()).processes.values()
        for element in each.elements.values()
        if element.kind == kind
    ]


def named_steps(process: Process) -> list[tuple[str, str]]:
    """Return the ids and names of a diagram's tasks."""
    return [
        (element.id, element.name)
        for name, text_ in process.files.items()
        if name.endswith(".bpmn")
        for each in read_definition(text_.encode()).processes.values()
        for element in each.elements.values()
        if element.kind in {"userTask", "serviceTask"}
    ]


def shape(database: SqlEngine) -> dict[str, list[str]]:
    """Return what SQLite was told of each table, whatever the order of the lines."""
    with database.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT tbl_name, sql FROM sqlite_master"
                " WHERE sql IS NOT NULL AND tbl_name <> 'alembic_version'"
                " ORDER BY tbl_name, name"
            )
        ).all()
    found: dict[str, list[str]] = {}
    for table, statement in rows:
        lines = [line.strip().rstrip(",") for line in statement.split("\n")]
        found.setdefault(table, []).extend(sorted(line for line in lines if line))
    return found
