"""The search: one statement over what the actor may read, the same on both databases.

The order is simple enough to explain: first what has exactly the number that was typed,
then what has all the words in its title or number, then what has them in its text; the
newest first within each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from engine import search_words
from engine.visibility import visible_to
from engine.work import Work
from models.search import SearchEntry, SearchPassage
from models.workflow import Case

PAGE = 20

#: Counting goes no further: nobody reads more.
MOST_COUNTED = 1000

_WORDS = table("search_words", column("rowid"), column("search_words"))

_BY_NUMBER, _BY_TITLE, _BY_TEXT = 2, 1, 0


@dataclass(frozen=True)
class Wanted:
    """What is looked for; each part narrows the others."""

    words: str
    kind: str = ""
    process: str = ""
    year: int | None = None

    @property
    def runs(self) -> list[str]:
        """The runs of letters and digits that must all be there."""
        return search_words.asked(self.words)


@dataclass(frozen=True)
class Place:
    """Where a page ends, so that the next one begins behind it."""

    rank: int
    dated: date
    entry: int


@dataclass(frozen=True)
class Hit:
    """One thing found, parted at what was looked for."""

    entry: SearchEntry
    case: Case
    title: list[tuple[str, bool]]
    #: The stretch of the text around; empty where the title alone was meant.
    passage: list[tuple[str, bool]]


@dataclass(frozen=True)
class Found:
    """A page of hits, and where the next one begins."""

    hits: list[Hit]
    next: Place | None


def find(work: Work, wanted: Wanted, after: Place | None = None) -> Found:
    """Return a page of what the actor may read and what was looked for."""
    runs = wanted.runs
    if not runs:
        return Found([], None)
    rank = _rank(work.session, wanted)
    query = (
        select(SearchEntry, Case, rank.label("rank"))
        .join(Case, Case.id == SearchEntry.case_id)
        .where(_clause(work, wanted))
        .order_by(rank.desc(), SearchEntry.dated.desc(), SearchEntry.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(_behind(rank, after))
    rows = work.session.execute(query).all()
    shown = rows[:PAGE]
    said = _passages(work.session, [entry.id for entry, _, _ in shown], runs)
    hits = [
        Hit(
            entry,
            found,
            search_words.marked(entry.title, runs),
            search_words.marked(said[entry.id], runs) if entry.id in said else [],
        )
        for entry, found, _ in shown
    ]
    if len(rows) <= PAGE:
        return Found(hits, None)
    entry, _, last = shown[-1]
    return Found(hits, Place(last, entry.dated, entry.id))


def count(work: Work, wanted: Wanted) -> int:
    """Return how many things there are; one more than is counted means more."""
    if not wanted.runs:
        return 0
    some = (
        select(SearchEntry.id)
        .join(Case, Case.id == SearchEntry.case_id)
        .where(_clause(work, wanted))
        .limit(MOST_COUNTED + 1)
    )
    return work.session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _clause(work: Work, wanted: Wanted) -> ColumnElement[bool]:
    narrowed = [visible_to(work.actor), _said(work.session, wanted)]
    if wanted.kind:
        narrowed.append(SearchEntry.kind == wanted.kind)
    if wanted.process:
        narrowed.append(Case.process_key == wanted.process)
    if wanted.year is not None:
        narrowed.append(SearchEntry.dated >= date(wanted.year, 1, 1))
        narrowed.append(SearchEntry.dated <= date(wanted.year, 12, 31))
    return and_(*narrowed)


def _said(session: Session, wanted: Wanted) -> ColumnElement[bool]:
    everywhere = (_in(_entries(session, run)) for run in wanted.runs)
    return and_(*everywhere)


def _rank(session: Session, wanted: Wanted) -> ColumnElement[int]:
    titles = (
        _in(_entries(session, run).where(SearchPassage.position == 0))
        for run in wanted.runs
    )
    return case(
        (
            SearchEntry.number == search_words.number_key(wanted.words),
            literal(_BY_NUMBER),
        ),
        (and_(*titles), literal(_BY_TITLE)),
        else_=literal(_BY_TEXT),
    )


def _in(entries: Select[int]) -> ColumnElement[bool]:
    return SearchEntry.id.in_(entries)


def _entries(session: Session, run: str) -> Select[int]:
    return select(SearchPassage.entry_id).where(_has(session, run))


def _has(session: Session, run: str) -> ColumnElement[bool]:
    """Return the clause on SearchPassage that holds where a run stands."""
    if session.get_bind().dialect.name == "postgresql":
        asked = cast(literal(search_words.tsquery(run)), TSQUERY)
        return SearchPassage.words.op("@@")(asked)
    rows = select(_WORDS.c.rowid).where(
        _WORDS.c.search_words.op("MATCH")(search_words.fts5(run))
    )
    return SearchPassage.id.in_(rows)


def _behind(rank: ColumnElement[int], after: Place) -> ColumnElement[bool]:
    entry = SearchEntry
    return or_(
        rank < after.rank,
        and_(rank == after.rank, entry.dated < after.dated),
        and_(rank == after.rank, entry.dated == after.dated, entry.id < after.entry),
    )


def _passages(
    session: Session, entries: Iterable[int], runs: Sequence[str]
) -> dict[int, str]:
    """Return for each entry the first stretch of its text with one of the runs."""
    rows = session.execute(
        select(SearchPassage.entry_id, SearchPassage.said)
        .where(
            SearchPassage.entry_id.in_(list(entries)),
            SearchPassage.position > 0,
            or_(*(_has(session, run) for run in runs)),
        )
        .order_by(SearchPassage.entry_id, SearchPassage.position.desc())
    )
    # The first one comes last and stays.
    return {row.entry_id: row.said for row in rows}
