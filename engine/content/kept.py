"""What files say, and the public copies of files: computed once for the same bytes.

Reading a long file takes seconds, and so does making it anew. Both depend on bytes and
answers alone, so they are done before an act writes.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import partial

import orjson

from engine.content.blocks import Block, Cut, Reading
from engine.content.findings import Finding, check
from engine.content.public_copy import make, verify
from engine.content.reading import read
from engine.errors import BadFile
from engine.file_store import Place
from engine.prepared import Question, answer, prepare
from engine.work import Work
from models.records import StoredFile


@dataclass(frozen=True)
class Looked:
    """What a file says, and what is to be looked at in it."""

    reading: Reading
    findings: tuple[Finding, ...]

    @property
    def is_marked_secret(self) -> bool:
        """Whether the file bears a mark of secrecy."""
        return any(each.code == "secret_mark" for each in self.findings)


@dataclass(frozen=True)
class CopyOrder:
    """A public copy that is wanted of a file, and what must not be in it."""

    file: StoredFile
    cuts: Sequence[Cut]
    forbidden: Sequence[str]


@dataclass(frozen=True)
class MadeCopy:
    """The bytes of a public copy, with what the proof says of them."""

    data: bytes
    #: Places in words where something forbidden still is.
    found: tuple[str, ...] = ()
    #: What nobody could look into.
    unread: tuple[str, ...] = ()
    #: Why there is no copy; empty where there is one.
    refused: str = ""


def look(media_type: str, data: bytes) -> Looked:
    """Read bytes that are not kept; for who holds up nobody by it."""
    reading = read(media_type, data)
    return Looked(reading, check(reading))


def looked_at(work: Work, file: StoredFile) -> Looked:
    """Return what a stored file says.

    Raises:
        BadFile: its bytes are gone or damaged.
    """
    return answer(work, _reading(file))


def prepare_readings(work: Work, files: Sequence[StoredFile]) -> None:
    """See to it that several files have been read, all at once."""
    prepare(work, [_reading(each) for each in files])


def remember(work: Work, file: StoredFile, looked: Looked) -> None:
    """Keep what was read of a file before it was stored, once it is."""
    question, store = _reading(file), work.engine.prepared
    work.after_commit.append(lambda: store.keep(question, looked))


def forget(work: Work, files: Sequence[StoredFile]) -> None:
    """Erase all that was computed from files that nobody may read any more."""
    store = work.engine.prepared
    for address in {each.address for each in files}:
        work.after_commit.append(partial(store.erase, address))


def made_copies(work: Work, orders: Sequence[CopyOrder]) -> list[MadeCopy]:
    """Return public copies, each read back.

    Raises:
        BadFile: the bytes of a file are gone or damaged.
    """
    questions = [_copy(each) for each in orders]
    prepare(work, questions)
    return [answer(work, each) for each in questions]


def _reading(file: StoredFile) -> Question[Looked]:
    kind = file.media_type
    return Question(
        Place.of(file),
        "read",
        kind,
        lambda data: look(kind, data),
        _pack_looked,
        _unpack_looked,
    )


def _pack_looked(looked: Looked) -> bytes:
    reading = looked.reading
    blocks = [[b.address, b.label, b.text, b.kind, b.hidden] for b in reading.blocks]
    findings = [astuple(each) for each in looked.findings]
    return orjson.dumps([blocks, reading.traits, reading.unread, findings])


def _unpack_looked(packed: bytes) -> Looked:
    blocks, traits, unread, findings = orjson.loads(packed)
    return Looked(
        Reading(
            tuple(Block(*each) for each in blocks),
            tuple((code, sentence) for code, sentence in traits),
            tuple(unread),
        ),
        tuple(Finding(*each) for each in findings),
    )


def _copy(order: CopyOrder) -> Question[MadeCopy]:
    kind, cuts = order.file.media_type, tuple(order.cuts)
    forbidden = tuple(order.forbidden)
    return Question(
        Place.of(order.file),
        "copy",
        [kind, [astuple(each) for each in cuts], forbidden],
        lambda data: _made(kind, data, cuts, forbidden),
        _pack_copy,
        _unpack_copy,
    )


def _made(
    kind: str, data: bytes, cuts: Sequence[Cut], forbidden: Sequence[str]
) -> MadeCopy:
    try:
        made = make(kind, data, cuts)
    except BadFile as bad:
        return MadeCopy(b"", refused=bad.message)
    verdict = verify(kind, made, forbidden)
    return MadeCopy(made, verdict.found, verdict.unread)


def _pack_copy(made: MadeCopy) -> bytes:
    # JSON has no line breaks of its own: the first one ends it.
    said = orjson.dumps([made.found, made.unread, made.refused])
    return said + b"\n" + made.data


def _unpack_copy(packed: bytes) -> MadeCopy:
    said, _, data = packed.partition(b"\n")
    found, unread, refused = orjson.loads(said)
    return MadeCopy(data, tuple(found), tuple(unread), refused)
