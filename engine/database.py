"""The one way to the database: a session is a reader or a writer from its start."""

import fcntl
import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session


class WriterGate:
    """Lets writers through one at a time in the order they came, over all processes.

    SQLite's own busy timeout starves writers (one of eight waits seconds); a queue
    within the process and a file lock between processes keep the worst wait low.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mutex = threading.Lock()
        self._queue: deque[threading.Event] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, hold it for the block."""
        mine = threading.Event()
        with self._mutex:
            self._queue.append(mine)
            if self._queue[0] is mine:
                mine.set()
        mine.wait()
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                yield
            finally:
                os.close(descriptor)
        finally:
            with self._mutex:
                self._queue.popleft()
                if self._queue:
                    self._queue[0].set()


class Database:
    """A database by URL: SQLite (WAL) or PostgreSQL, the same code for both."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(url)
        parsed = make_url(self.url)
        self._gate: WriterGate | None = None
        if parsed.get_backend_name() == "sqlite":
            path = Path(parsed.database or "")
            path.parent.mkdir(parents=True, exist_ok=True)
            self._gate = WriterGate(path.with_name(path.name + ".gate"))
            self.engine = create_engine(
                self.url, connect_args={"isolation_level": None, "timeout": 10}
            )
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            self.engine = create_engine(self.url, pool_size=20, pool_pre_ping=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that only reads; it sees one state from start to end."""
        options: dict[str, Any] = {}
        if self._gate is None:
            options["isolation_level"] = "REPEATABLE READ"
        with (
            self.engine.connect().execution_options(**options) as connection,
            Session(connection, autoflush=False) as session,
        ):
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open the one transaction of an act; leaving the block commits it."""
        if self._gate is None:
            with self._transaction() as session:
                yield session
        else:
            with self._gate.turn(), self._transaction() as session:
                yield session

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with (
            self.engine.connect().execution_options(gongkai_writes=True) as connection,
            Session(connection) as session,
            session.begin(),
        ):
            yield session

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def ensure_row(session: Session, model: type[DeclarativeBase], **values: Any) -> None:
    """Add a row that may be there already; of two acts that add it, both go on."""
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql if postgres else sqlite).insert(model)
    session.execute(insert.values(**values).on_conflict_do_nothing())


def hold_name(session: Session, name: str, *, alone: bool) -> None:
    """Hold a name until the transaction ends: together with others, or alone.

    On SQLite one act writes at a time anyway.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    key = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
    session.execute(select(lock(key)))


def _with_driver(url: str) -> str:
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A plain BEGIN whose snapshot is stale by its first write fails at once, so a
    # writer says from the start that it writes.
    writes = connection.get_execution_options().get("gongkai_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
