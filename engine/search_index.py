"""What the search knows of each case, written in the act that changes it.

What can be found is told by the sources of an installation; nothing here knows a
document or a letter. An act that touches a case has its entries compared with what the
sources tell, and only what differs is written anew. So what a case no longer has is
found no more from the same moment on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import delete, exists, insert, select

from engine import search_words
from engine.content.blocks import Block, Reading
from engine.content.findings import check
from engine.database import ensure_row, hold_name
from models.search import SearchedCase, SearchEntry, SearchPassage
from models.workflow import Case

if TYPE_CHECKING:
    from engine.work import Engine, Work

#: Raised when entries are to be made by other rules: the job makes all of them anew.
RULES = 1

#: How many cases the job does in one round.
_ROUND = 50

#: What stands in the place of what identifies somebody.
MASK = "＊＊"


@dataclass(frozen=True)
class Entry:
    """One thing of a case that may be found, as a source tells it."""

    key: str
    kind: str
    title: str
    dated: date
    number: str = ""
    target: str = ""
    #: Changes whenever the text does.
    version: str = ""
    #: Reads the text; called only if the version is another one than before.
    text: Callable[[], str] = field(default=str)


@dataclass(frozen=True)
class Sources:
    """What an installation's cases have that may be found."""

    entries: Callable[["Work", Case], Iterable[Entry]]
    #: What identifies the people of a case, out of sealed records; it is masked.
    identifying: Callable[["Work", Case], Iterable[str]]


def refresh(work: "Work", case_ids: Iterable[int]) -> None:
    """Bring the entries of cases up to date, as the last thing of an act."""
    sources = work.engine.sources
    if sources is None:
        return
    for case_id in sorted(case_ids):
        # Two acts on one case write its entries one after the other.
        hold_name(work.session, f"search:{case_id}", alone=True)
        _refresh(work, work.session.get_one(Case, case_id), sources)


def _refresh(work: "Work", case: Case, sources: Sources) -> None:
    session = work.session
    session.flush()
    known = {
        key: (id_, stamp)
        for id_, key, stamp in session.execute(
            select(SearchEntry.id, SearchEntry.key, SearchEntry.stamp).where(
                SearchEntry.case_id == case.id
            )
        )
    }
    hidden = sorted(
        {each for each in sources.identifying(work, case) if len(each) > 1},
        key=lambda each: (-len(each), each),
    )
    told = {entry.key: entry for entry in sources.entries(work, case)}
    stamps = {key: _stamp(work, entry, hidden) for key, entry in told.items()}
    stale = [id_ for key, (id_, stamp) in known.items() if stamps.get(key, "") != stamp]
    if stale:
        session.execute(delete(SearchPassage).where(SearchPassage.entry_id.in_(stale)))
        session.execute(delete(SearchEntry).where(SearchEntry.id.in_(stale)))
    for key, entry in told.items():
        if known.get(key, (0, ""))[1] != stamps[key]:
            _write(work, case, entry, stamps[key], hidden)
    _note(work, case)


def _stamp(work: "Work", entry: Entry, hidden: list[str]) -> str:
    """Return a keyed digest, so that no value can be guessed from it."""
    whole = [entry.kind, entry.title, entry.number, entry.target, entry.version]
    whole += [entry.dated.isoformat(), str(RULES), *hidden]
    digest = sha256(orjson.dumps(whole)).hexdigest()
    return work.engine.cipher.blind("search", digest)


def _write(
    work: "Work", case: Case, entry: Entry, stamp: str, hidden: list[str]
) -> None:
    title = masked(entry.title, hidden)
    number = masked(entry.number, hidden)
    row = SearchEntry(
        root_id=case.root_id,
        case_id=case.id,
        key=entry.key,
        kind=entry.kind,
        title=title,
        number=search_words.number_key(number),
        target=entry.target,
        dated=entry.dated,
        stamp=stamp,
    )
    work.session.add(row)
    work.session.flush()
    said = [f"{title} {number}".strip()]
    said += search_words.passages(masked(entry.text(), hidden))
    work.session.execute(
        insert(SearchPassage),
        [
            {
                "entry_id": row.id,
                "position": position,
                "said": each,
                "words": search_words.words_of(each),
            }
            for position, each in enumerate(said)
        ],
    )


def masked(text: str, hidden: Iterable[str]) -> str:
    """Return a text without what identifies somebody: the values of sealed records,
    and whatever looks like an identity number, a telephone, a card."""
    for value in hidden:
        text = text.replace(value, MASK)
    lines = text.splitlines()
    blocks = tuple(Block(str(n), "", line) for n, line in enumerate(lines))
    found = [each for each in check(Reading(blocks)) if each.suggestion == "redact"]
    for each in sorted(found, key=lambda each: each.start, reverse=True):
        if each.address:
            line = lines[int(each.address)]
            lines[int(each.address)] = line[: each.start] + MASK + line[each.end :]
    return "\n".join(lines)


def _note(work: "Work", case: Case) -> None:
    row = work.session.get(SearchedCase, case.id)
    if row is None:
        ensure_row(work.session, SearchedCase, case_id=case.id, rules=RULES)
    elif row.rules != RULES:
        row.rules = RULES


def fill(engine: "Engine") -> int:
    """Make the entries of cases that have none yet; return how many cases.

    Each in a transaction of its own; a round that finds nothing makes no writer wait.
    """
    done = exists().where(SearchedCase.case_id == Case.id, SearchedCase.rules == RULES)
    with engine.read() as work:
        waiting = work.session.scalars(
            select(Case.id).where(~done).order_by(Case.id.desc()).limit(_ROUND)
        ).all()
    for case_id in waiting:
        with engine.work() as work:
            work.touched.add(case_id)
    return len(waiting)
