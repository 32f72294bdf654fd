"""What takes long is computed before an act writes; it counts for the same bytes."""

import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import erasing
from engine.database import Database
from engine.errors import BadFile
from engine.file_store import Place
from engine.prepared import Question, answer, prepare
from engine.work import Work
from models.records import StoredFile
from models.workflow import Case, Task
from tests.office import NOTICE, Office, refused

RESIDENT = "张三，身份证号500199198001010017。"


class Counting:
    """Counts the characters of a file, and how often it was asked to."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def of(self, file: StoredFile, sign: str = "") -> Question[int]:
        """Ask how often a sign stands in a file."""
        return Question(
            Place.of(file), "count", sign, partial(self._count, sign), _packed, int
        )

    def _count(self, sign: str, data: bytes) -> int:
        self.asked.append(sign)
        return data.decode().count(sign)


def _packed(number: int) -> bytes:
    return str(number).encode()


def stored(work: Work) -> StoredFile:
    """Return the one file there is."""
    return work.session.scalars(select(StoredFile)).one()


def test_the_same_question_about_the_same_bytes_is_answered_once(
    office: Office,
) -> None:
    office.lin.uploads(NOTICE)
    counting = Counting()
    for _ in range(2):
        with office.engine.read() as work:
            assert answer(work, counting.of(stored(work), "培训")) == 2
    assert counting.asked == ["培训"]


def test_another_question_has_another_answer(office: Office) -> None:
    office.lin.uploads(NOTICE)
    counting = Counting()
    with office.engine.read() as work:
        assert answer(work, counting.of(stored(work), "培训")) == 2
        assert answer(work, counting.of(stored(work), "云川区")) == 1


def test_an_act_that_lacks_something_leaves_nothing_and_begins_anew(
    office: Office,
) -> None:
    office.lin.uploads(NOTICE)
    counting = Counting()
    begun: list[int] = []

    def act(work: Work) -> int:
        begun.append(work.session.query(Case).count())
        process = work.engine.definitions.process("document_review")
        assert process.begin is not None
        process.begin(work)
        return answer(work, counting.of(stored(work), "培训"))

    assert office.engine.act(office.lin.id, act) == 2
    assert begun == [0, 0]
    with office.engine.read() as work:
        assert [each.number for each in work.session.query(Case)] == [
            "拟稿500199002-2026-0001"
        ]


def test_several_questions_are_prepared_at_once(office: Office) -> None:
    office.lin.uploads(NOTICE)
    counting = Counting()
    begun: list[str] = []

    def act(work: Work) -> int:
        begun.append("begun")
        asked = [counting.of(stored(work), sign) for sign in ("区", "镇", "年")]
        prepare(work, asked)
        return sum(answer(work, each) for each in asked)

    office.engine.act(office.lin.id, act)
    assert len(begun) == 2
    assert counting.asked == ["区", "镇", "年"]


def test_what_the_act_finds_under_its_locks_counts_and_not_what_was_there_before(
    office: Office,
) -> None:
    office.lin.uploads(NOTICE, "区")
    counting = Counting()

    def renames_the_file(work: Work) -> int:
        # Somebody else is faster: the act asks something else when it begins anew.
        if not counting.asked:
            return answer(work, counting.of(stored(work), "区"))
        return answer(work, counting.of(stored(work), "培训"))

    assert office.engine.act(office.lin.id, renames_the_file) == 2
    assert counting.asked == ["区", "培训"]


def test_an_act_whose_question_changes_each_time_ends_all_the_same(
    office: Office,
) -> None:
    office.lin.uploads(NOTICE)
    counting = Counting()

    def asks_on(work: Work) -> int:
        return answer(work, counting.of(stored(work), "区" * (len(counting.asked) + 1)))

    assert office.engine.act(office.lin.id, asks_on) == 0
    assert len(counting.asked) == 21


def test_while_a_long_file_is_prepared_another_act_on_the_same_case_goes_through(
    office: Office,
) -> None:
    matter = office.lin.begins()
    office.lin.uploads(NOTICE)
    began, other_done = threading.Event(), threading.Event()

    def slowly(data: bytes) -> int:
        began.set()
        assert other_done.wait(60), "the other act had to wait for the file"
        return len(data)

    def long_act(work: Work) -> int:
        case = matter.case(work)
        work.session.refresh(case, with_for_update=True)
        place = Place.of(stored(work))
        return answer(work, Question(place, "slow", None, slowly, _packed, int))

    results: list[int] = []
    thread = threading.Thread(
        target=lambda: results.append(office.engine.act(office.lin.id, long_act))
    )
    thread.start()
    assert began.wait(60)
    with office.lin.work() as work:
        task = matter.open_task(work, "draft")
        work.session.refresh(task.case, with_for_update=True)
        task.case.title = "改过的标题"
    other_done.set()
    thread.join(60)
    assert results == [len(NOTICE.encode())]


def test_who_asks_the_same_meanwhile_waits_for_the_one_answer(office: Office) -> None:
    office.lin.uploads(NOTICE)
    computing = threading.Event()
    goes_on = threading.Event()
    asked: list[str] = []

    def slowly(data: bytes) -> int:
        asked.append("asked")
        computing.set()
        assert goes_on.wait(60)
        return len(data)

    with office.engine.read() as work:
        place = Place.of(stored(work))
    question = Question(place, "slow", None, slowly, _packed, int)
    results: list[int] = []

    def ask() -> None:
        results.append(office.engine.prepared.compute(office.engine, question))

    first, second = threading.Thread(target=ask), threading.Thread(target=ask)
    first.start()
    assert computing.wait(60)
    second.start()
    goes_on.set()
    first.join(60)
    second.join(60)
    assert results == [len(NOTICE.encode())] * 2
    assert asked == ["asked"]


def test_answers_lie_encrypted(office: Office, tmp_path: Path) -> None:
    office.lin.uploads(RESIDENT)
    with office.engine.read() as work:
        place = Place.of(stored(work))
        question = Question(
            place, "text", RESIDENT, bytes.decode, str.encode, bytes.decode
        )
        assert answer(work, question) == RESIDENT
    (path,) = answers(tmp_path)
    assert b"500199198001010017" not in path.read_bytes()
    # Whoever guesses what was asked must not find it confirmed by the name.
    assert path.name != question.key


def test_a_damaged_answer_is_computed_anew(office: Office, tmp_path: Path) -> None:
    office.lin.uploads(NOTICE)
    counting = Counting()
    ask = partial(_ask, office, counting)
    assert ask() == 2
    (path,) = answers(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    assert ask() == 2
    assert counting.asked == ["培训", "培训"]


def test_answers_go_with_the_bytes_of_the_file(office: Office, tmp_path: Path) -> None:
    office.lin.uploads(NOTICE)
    assert _ask(office, Counting()) == 2
    with office.engine.work() as work:
        erasing.destroy(work, [stored(work)])
    assert answers(tmp_path) == []


def test_bytes_that_are_gone_are_said_to_be(office: Office, tmp_path: Path) -> None:
    office.lin.uploads(NOTICE)
    for path in (tmp_path / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    with refused(BadFile, match="不在了"):
        office.engine.act(
            office.lin.id, lambda work: answer(work, Counting().of(stored(work)))
        )


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")
def test_a_server_that_dies_while_it_prepares_has_done_nothing(office: Office) -> None:
    office.lin.uploads(NOTICE)

    def dies_at(data: bytes) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return len(data)

    def act(compute: Callable[[bytes], int], work: Work) -> int:
        process = work.engine.definitions.process("document_review")
        assert process.begin is not None
        process.begin(work)
        place = Place.of(stored(work))
        return answer(work, Question(place, "slow", None, compute, _packed, int))

    office.engine.database.dispose()
    pid = os.fork()
    if pid == 0:
        try:
            office.engine.database = Database(office.engine.database.url)
            office.engine.act(office.lin.id, partial(act, dies_at))
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)
    with office.engine.read() as work:
        assert work.session.query(Task).count() == 0
    assert office.engine.act(office.lin.id, partial(act, len)) == len(NOTICE.encode())
    with office.engine.read() as work:
        assert work.session.query(Case).count() == 1


def _ask(office: Office, counting: Counting) -> int:
    with office.engine.read() as work:
        return answer(work, counting.of(stored(work), "培训"))


def answers(tmp_path: Path) -> list[Path]:
    """Return the answers that lie in the store."""
    return [path for path in (tmp_path / "prepared").rglob("*") if path.is_file()]
