"""What takes long to compute from the bytes of a file: done before an act writes, kept.

A result depends on the bytes, on what was asked of them and on the code that answers;
its key is made of all three. An act makes the key anew when it has its locks, so what
it uses fits what it sees, whoever computed it and when.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from platform import python_version
from secrets import token_hex
from tempfile import TemporaryFile
from typing import Any, Generic, TypeVar

import orjson

from engine.errors import Refusal
from engine.file_store import Place, erase_path
from engine.personal import Cipher
from engine.work import Engine, Unprepared, Work

Result = TypeVar("Result")

#: The code that reads and makes files.
_CODE = Path(__file__).parent / "content"


@dataclass(frozen=True)
class Question(Generic[Result]):
    """What is asked of the bytes of a file; the same question has one answer."""

    place: Place
    #: What is computed, and all that it depends on besides the bytes and the code.
    name: str
    asked: Any
    answer: Callable[[bytes], Result]
    pack: Callable[[Result], bytes]
    unpack: Callable[[bytes], Result]

    @property
    def key(self) -> str:
        """What the answer depends on, in one word."""
        asked = [_code(), self.name, self.place.sha256, self.asked]
        return sha256(orjson.dumps(asked)).hexdigest()


class PreparedStore:
    """The folder with answers, by the address of the bytes that they were read from.

    They lie encrypted whatever the file is, and none is ever missed: what is not here,
    or is damaged, is computed anew. So nothing waits for the disk.
    """

    def __init__(self, folder: Path, cipher: Cipher) -> None:
        self._folder = folder
        self._cipher = cipher
        self._mutex = threading.Lock()
        #: Who computes what just now, and how many wait for it.
        self._busy: dict[str, tuple[threading.Lock, int]] = {}

    def find(self, question: Question[Result]) -> Result | None:
        """Return the answer to a question, if somebody has computed it."""
        path = self._path(question)
        try:
            packed = self._cipher.open(path.read_bytes())
            os.utime(path)
        except (FileNotFoundError, Refusal):
            return None
        return question.unpack(packed)

    def keep(self, question: Question[Result], result: Result) -> None:
        """Keep an answer."""
        path = self._path(question)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{token_hex(4)}.part")
        partial.write_bytes(self._cipher.seal(question.pack(result)))
        partial.rename(path)

    def compute(self, engine: Engine, question: Question[Result]) -> Result:
        """Compute an answer and keep it; who asks the same meanwhile waits for it."""
        with self._alone(question.key):
            known = self.find(question)
            if known is not None:
                return known
            result = question.answer(engine.files.get(question.place))
            self.keep(question, result)
            return result

    def erase(self, address: str) -> None:
        """Erase all that was computed from the bytes at an address."""
        folder = self._of(address)
        for path in folder.iterdir() if folder.is_dir() else ():
            erase_path(path)

    def addresses(self) -> Iterator[str]:
        """Yield the addresses of the bytes from which anything here was computed."""
        for folder in sorted(self._folder.glob("??/*")):
            if folder.is_dir() and any(folder.iterdir()):
                yield folder.parent.name + folder.name

    def forget_unused(self, seconds: float) -> None:
        """Erase the answers that nobody has asked for since so many seconds."""
        if not self._folder.is_dir():
            return
        # By the clock that stamps the answers; no setting of ours moves it.
        with TemporaryFile(dir=self._folder) as stream:
            now = os.fstat(stream.fileno()).st_mtime
        for path in list(self._folder.glob("??/*/*")):
            if now - path.stat().st_mtime > seconds:
                erase_path(path)

    def _of(self, address: str) -> Path:
        return self._folder / address[:2] / address[2:]

    def _path(self, question: Question[Result]) -> Path:
        # A key tells of what was cut; whoever guesses it must not find it confirmed.
        name = self._cipher.blind("prepared", question.key)
        return self._of(question.place.address) / name

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        with self._mutex:
            lock, waiting = self._busy.get(key, (threading.Lock(), 0))
            self._busy[key] = lock, waiting + 1
        try:
            with lock:
                yield
        finally:
            with self._mutex:
                _, waiting = self._busy.pop(key)
                if waiting > 1:
                    self._busy[key] = lock, waiting - 1


def answer(work: Work, question: Question[Result]) -> Result:
    """Return the answer to a question.

    Raises:
        Unprepared: nobody has computed it, and this act can begin anew after that.
    """
    prepare(work, [question])
    found: Result = work.answers[question.key]
    return found


def prepare(work: Work, questions: Sequence[Question[Any]]) -> None:
    """See to it that questions have their answers, several at once.

    Raises:
        Unprepared: some have none, and this act can begin anew when they have.
    """
    missing = []
    for each in questions:
        if each.key in work.answers:
            continue
        known = work.engine.prepared.find(each)
        if known is None:
            missing.append(each)
        else:
            work.answers[each.key] = known
    if missing and work.begins_anew:
        raise Unprepared(lambda engine: _compute(engine, missing))
    for each in missing:
        work.answers[each.key] = work.engine.prepared.compute(work.engine, each)


def _compute(engine: Engine, questions: Sequence[Question[Any]]) -> None:
    for each in questions:
        engine.prepared.compute(engine, each)


@cache
def _code() -> str:
    """Return what tells one state of the code that answers from another."""
    said = [python_version(), *sorted(f"{d.name} {d.version}" for d in distributions())]
    for path in sorted(_CODE.rglob("*.py")):
        said += [str(path.relative_to(_CODE)), sha256(path.read_bytes()).hexdigest()]
    return sha256("\n".join(said).encode()).hexdigest()
