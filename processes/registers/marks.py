"""What was marked by hand in earlier versions: marked again, or asked for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from engine.authoring import Work, content
from models.documents import LEAVING, Document, PaperVersion, VersionKind
from models.reviews import Answer, Finding
from processes.registers import findings
from processes.registers.reading import is_locked, reading_of

#: What may stand anywhere by chance is found again only between the same words.
_TELLING = 2

#: A shorter value stands in any text; it is looked for with what stands around it.
_SHORTEST = 3
_BESIDE = 6

_MESSAGE = (
    "上一版里手工遮盖，这一版没有找到。改写过的，在“原件”上重新标记遮盖；"
    "已经删去的，答“这一版里没有了”"
)


@dataclass(frozen=True)
class _Place:
    """Some characters of a version that is to leave."""

    version: PaperVersion
    block: content.Block
    start: int
    end: int


@dataclass(frozen=True)
class _Mark:
    """What a person marked, with the paragraph in which it stood."""

    finding: Finding
    text: str

    @property
    def value(self) -> str:
        return self.text[self.finding.start : self.finding.end]

    @cached_property
    def words(self) -> tuple[str, str]:
        return _around(self.text, self.finding.start, self.finding.end)


def carry_over(
    work: Work,
    version: PaperVersion,
    reading: content.Reading,
    previous: PaperVersion,
) -> None:
    """Mark by itself what was marked by hand in the version before; ask for the rest.

    Where the same value stands between the same words, or no more often than it was
    marked; nothing that a person took out comes back unnoticed.
    """
    lost = _mark_again(work, _open_marks(work, previous), {version: reading})
    _ask_for(work, version, lost)


def carry_over_removed(
    work: Work, document: Document, leaving: Sequence[PaperVersion]
) -> None:
    """Do the same for papers that were taken out since: a newer one may stand in
    their place, by whatever name it was handed in."""
    for paper in document.papers:
        gone = paper.newest(VersionKind.OFFICE)
        if not paper.removed or paper.role not in LEAVING or gone is None:
            continue
        newer = [
            each
            for each in leaving
            if each.paper.role == paper.role
            and each.id > gone.id
            and not is_locked(work.session, each.file)
        ]
        marks = [
            each
            for each in _open_marks(work, gone)
            if not _has_successor(work, each.finding)
        ]
        if newer and marks:
            texts = {each: reading_of(work, each) for each in newer}
            _ask_for(work, newer[0], _mark_again(work, marks, texts))


def words_of(work: Work, lost: Finding) -> str:
    """Return what was marked with the words around it; empty where it is locked."""
    found = _mark_of(work, lost.earlier) if lost.earlier else None
    if found is None or not found.text:
        return ""
    before, after = found.words
    return f"{before}【{found.value}】{after}"


def value_of(work: Work, lost: Finding) -> str:
    """Return what was marked, so that it can be looked for; empty where it is
    locked."""
    found = _mark_of(work, lost.earlier) if lost.earlier else None
    if found is None:
        return ""
    return telling(found.text, found.finding.start, found.finding.end)


def telling(text: str, start: int, end: int) -> str:
    """Return some characters of a text; with what stands around them where they are
    so few that they stand in any text."""
    if len(text[start:end].strip()) >= _SHORTEST:
        return text[start:end]
    return text[max(start - _BESIDE, 0) : end + _BESIDE]


def _open_marks(work: Work, version: PaperVersion) -> list[_Mark]:
    """Return what is taken out by hand in a version, and what nobody has answered
    for since the version before that."""
    rows = findings.of_version(work.session, version)
    marked = [
        each
        for each in rows
        if each.code == findings.MANUAL and each.answer == Answer.REDACT
    ]
    asked = [
        each.earlier
        for each in rows
        if each.code == findings.LOST_MARK and each.answer is None and each.earlier
    ]
    return [_mark_of(work, each) for each in (*marked, *asked)]


def _mark_of(work: Work, finding: Finding) -> _Mark:
    """Return a mark with its paragraph; without, where nobody may read it."""
    version = finding.version
    if is_locked(work.session, version.file):
        return _Mark(finding, "")
    blocks = reading_of(work, version).blocks
    text = next((b.text for b in blocks if b.address == finding.address), "")
    return _Mark(finding, text)


def _has_successor(work: Work, finding: Finding) -> bool:
    """Tell whether another paper has taken over what was marked in one."""
    taken_over = (
        select(Finding.id)
        .join(PaperVersion, PaperVersion.id == Finding.version_id)
        .where(
            Finding.earlier_id == finding.id,
            PaperVersion.paper_id != finding.version.paper_id,
        )
    )
    return work.session.scalar(taken_over.limit(1)) is not None


def _mark_again(
    work: Work,
    marks: Sequence[_Mark],
    texts: dict[PaperVersion, content.Reading],
) -> list[_Mark]:
    """Mark what is found again; return what is not."""
    marked_before = Counter(each.value for each in marks)
    taken: set[tuple[int, str, int, int]] = set()
    lost = []
    for mark in marks:
        places = _found_again(mark, texts, marked_before[mark.value])
        if not places:
            lost.append(mark)
        for each in places:
            key = (each.version.id, each.block.address, each.start, each.end)
            if key not in taken:
                taken.add(key)
                work.session.add(_again(mark.finding, each))
    work.session.flush()
    return lost


def _found_again(
    mark: _Mark, texts: dict[PaperVersion, content.Reading], marked_before: int
) -> list[_Place]:
    value = mark.value
    if not value.strip():
        return []
    places = [
        each
        for version, reading in texts.items()
        for each in _places(version, reading, value)
    ]
    same = [
        each
        for each in places
        if _around(each.block.text, each.start, each.end) == mark.words
    ]
    if same:
        return same
    telling = len(value.strip()) >= _TELLING
    return places if telling and len(places) <= marked_before else []


def _places(
    version: PaperVersion, reading: content.Reading, value: str
) -> Iterator[_Place]:
    for block in reading.visible:
        start = block.text.find(value)
        while start >= 0:
            yield _Place(version, block, start, start + len(value))
            start = block.text.find(value, start + len(value))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    width = findings.AROUND
    return text[max(start - width, 0) : start], text[end : end + width]


def _again(earlier: Finding, place: _Place) -> Finding:
    again = Finding(
        version_id=place.version.id,
        code=findings.MANUAL,
        address=place.block.address,
        start=place.start,
        end=place.end,
        label=place.block.label[:200],
        message=earlier.message,
        suggestion=earlier.suggestion,
        reason=earlier.reason,
        earlier_id=earlier.id,
    )
    findings.copy_answer(earlier, again)
    return again


def _ask_for(work: Work, version: PaperVersion, lost: Sequence[_Mark]) -> None:
    for each in lost:
        work.session.add(
            Finding(
                version_id=version.id,
                code=findings.LOST_MARK,
                label=f"上一版{each.finding.label}"[:200],
                message=_MESSAGE,
                suggestion="look",
                reason=each.finding.reason,
                earlier_id=each.finding.id,
            )
        )
    work.session.flush()
