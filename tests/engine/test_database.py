"""One way to the database: writers queue, readers see one state, acts are whole."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.database import Database, WriterGate, ensure_row
from engine.work import Engine
from models.people import Root
from tests.office import refused

ROOT = Path(__file__).resolve().parents[2]

#: Adds ten roots, each in an act of its own.
WRITER = """
import sys
from engine.database import Database
from models import (
    annual,
    calendar,
    challenges,
    documents,
    fees,
    interpretations,
    letters,
    people,
    publications,
    records,
    requests,
    reviews,
    workflow,
)
database = Database(sys.argv[1])
for number in range(10):
    with database.writing() as session:
        session.add(people.Root(name=f"{sys.argv[2]}-{number}"))
"""


def test_what_was_written_is_there_afterwards(engine: Engine) -> None:
    add(engine.database, "云川区")
    assert names(engine.database) == ["云川区"]


def test_an_act_that_fails_leaves_nothing(engine: Engine) -> None:
    with refused(InterruptedError), engine.database.writing() as session:
        session.add(Root(name="云川区"))
        session.flush()
        raise InterruptedError
    assert names(engine.database) == []


def test_after_a_failed_act_the_next_one_has_its_turn(engine: Engine) -> None:
    with refused(InterruptedError), engine.database.writing():
        raise InterruptedError
    add(engine.database, "云川区")
    assert names(engine.database) == ["云川区"]


def test_a_reader_sees_one_state_from_start_to_end(engine: Engine) -> None:
    with engine.database.reading() as session:
        assert count(session) == 0
        add(engine.database, "云川区")
        assert count(session) == 0
    with engine.database.reading() as session:
        assert count(session) == 1


def test_readers_do_not_wait_for_a_writer(engine: Engine) -> None:
    with engine.database.writing() as session:
        session.add(Root(name="云川区"))
        session.flush()
        assert names(engine.database) == []


def test_a_reader_keeps_nothing(engine: Engine) -> None:
    with engine.database.reading() as session:
        session.add(Root(name="云川区"))
        session.flush()
    assert names(engine.database) == []


def test_eight_writers_at_once_all_succeed(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: add(engine.database, f"区{n}"), range(40)))
    assert len(names(engine.database)) == 40


def test_of_two_acts_that_add_one_row_both_go_on(engine: Engine) -> None:
    meeting = Barrier(4)

    def act() -> None:
        meeting.wait()
        with engine.database.writing() as session:
            ensure_row(session, Root, id=7, public_id="seven", name="云川区")

    with ThreadPoolExecutor(4) as pool:
        acts = [pool.submit(act) for _ in range(4)]
        assert [each.result() for each in acts] == [None, None, None, None]
    assert names(engine.database) == ["云川区"]


def test_writers_of_two_processes_wait_for_each_other(database_url: str) -> None:
    writers = [
        subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, "-c", WRITER, database_url, name], cwd=ROOT
        )
        for name in ("a", "b")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    database = Database(database_url)
    assert len(names(database)) == 20
    database.dispose()


def test_the_gate_lets_writers_through_in_the_order_they_came(tmp_path: Path) -> None:
    gate, order, first_is_in = WriterGate(tmp_path / "gate"), list[int](), Event()
    queued = [Event() for _ in range(4)]

    def write(number: int) -> None:
        queued[number].set()
        with gate.turn():
            order.append(number)

    with ThreadPoolExecutor(4) as pool, gate.turn():
        first_is_in.set()
        for number in range(4):
            pool.submit(write, number)
            queued[number].wait()
            wait_until_queued(gate, number + 2)
    assert order == [0, 1, 2, 3]


def test_a_writer_that_fails_opens_the_gate_for_the_next(tmp_path: Path) -> None:
    gate = WriterGate(tmp_path / "gate")
    with refused(InterruptedError), gate.turn():
        raise InterruptedError
    with gate.turn():
        assert (tmp_path / "gate").exists()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_url_may_be_written_as_people_do(scheme: str) -> None:
    database = Database(f"{scheme}://gongkai:secret@localhost/gongkai")
    assert database.url == "postgresql+psycopg://gongkai:secret@localhost/gongkai"


def add(database: Database, name: str) -> None:
    """Add a root in an act of its own."""
    with database.writing() as session:
        session.add(Root(name=name))


def names(database: Database) -> list[str]:
    """Return the names of all roots."""
    with database.reading() as session:
        return list(session.scalars(select(Root.name).order_by(Root.id)))


def count(session: Session) -> int | None:
    """Return how many roots a session sees."""
    return session.scalar(select(func.count(Root.id)))


def wait_until_queued(gate: WriterGate, length: int) -> None:
    """Wait until so many stand in the queue, the one inside included."""
    pause = Event()
    while len(gate._queue) < length:
        pause.wait(0.001)
