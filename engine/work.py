"""One act, one transaction: opens and ends it, and carries who, when and where."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.orm import Session

from engine import history, search_index
from engine.actors import SYSTEM, Actor, load_actor
from engine.clock import Clock, office_date
from engine.database import Database
from models.workflow import Case

if TYPE_CHECKING:
    from engine.definitions import Definitions
    from engine.file_store import FileStore
    from engine.personal import Cipher
    from engine.prepared import PreparedStore

Done = TypeVar("Done")

#: After so many beginnings an act computes what it still lacks while others wait.
_MOST_BEGINNINGS = 20


class Unprepared(Exception):
    """An act lacks what takes long to compute; it goes on once that is there."""

    def __init__(self, prepare: Callable[["Engine"], None]) -> None:
        super().__init__()
        self.prepare = prepare


@dataclass
class Work:
    """The act under way: its session, its actor and its one present instant."""

    session: Session
    actor: Actor
    now: datetime
    engine: "Engine"
    #: Called after the commit, e.g. to wake a job.
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    #: Whether the act is given up and begun anew for what takes long to compute.
    begins_anew: bool = False
    #: What was computed or looked up for this act, by key.
    answers: dict[str, Any] = field(default_factory=dict)
    #: Keys of the cases that the act is about; the search is told of them at its end.
    touched: set[int] = field(default_factory=set)

    @property
    def today(self) -> date:
        """The date in the office."""
        return office_date(self.now)

    def record(
        self,
        case: Case,
        event: str,
        sentence: str,
        *,
        quotation: str = "",
        data: Mapping[str, Any] | None = None,
        at: datetime | None = None,
    ) -> None:
        """Add what happened to a case's history.

        `at` is for facts noticed later than they happened, such as an expiry.
        """
        self.touched.add(case.id)
        history.append(
            self.session,
            stream=history.case_stream(case.id),
            root_id=case.root_id,
            at=at or self.now,
            actor_id=self.actor.person_id,
            event=event,
            sentence=sentence,
            quotation=quotation,
            data=data,
        )

    def record_outside(
        self, stream: str, root_id: int, event: str, sentence: str, **data: Any
    ) -> None:
        """Add what happened outside of cases (logins, settings) to its own chain."""
        history.append(
            self.session,
            stream=f"{stream}:{root_id}",
            root_id=root_id,
            at=self.now,
            actor_id=self.actor.person_id,
            event=event,
            sentence=sentence,
            data=data,
        )


@dataclass
class Engine:
    """All the parts that acts need, put together once by run.py."""

    database: Database
    clock: Clock
    definitions: "Definitions"
    files: "FileStore"
    cipher: "Cipher"
    prepared: "PreparedStore"
    #: What the search finds; without any it finds nothing.
    sources: search_index.Sources | None = None
    #: Wakes the background runner after a commit; does nothing without one.
    wake: Callable[[], None] = lambda: None

    @contextmanager
    def work(self, who: int | Actor = SYSTEM) -> Iterator[Work]:
        """Open the one transaction of an act by a person (by key) or the system.

        Leaving the block commits; an exception rolls everything back. A person's
        roles are read inside the transaction, as they are at the moment of the act.
        """
        with self.database.writing() as session:
            work = self._work(session, who)
            yield work
            search_index.refresh(work, work.touched)
        for call in work.after_commit:
            call()

    def act(self, who: int | Actor, do: Callable[[Work], Done]) -> Done:
        """Do an act in one transaction that nothing long is computed in.

        Where something is not there yet the transaction is rolled back, the thing is
        computed while nobody waits, and the act begins anew: so `do` may run several
        times, and must do nothing that a rollback does not take back.
        """
        for _ in range(_MOST_BEGINNINGS):
            try:
                with self.work(who) as work:
                    work.begins_anew = True
                    return do(work)
            except Unprepared as unprepared:
                prepare = unprepared.prepare
            prepare(self)
        with self.work(who) as work:
            return do(work)

    @contextmanager
    def read(self, who: int | Actor = SYSTEM) -> Iterator[Work]:
        """Open a session that only reads, for a page."""
        with self.database.reading() as session:
            yield self._work(session, who)

    def _work(self, session: Session, who: int | Actor) -> Work:
        now = self.clock()
        if isinstance(who, int):
            who = load_actor(session, who, office_date(now))
        return Work(session, who, now, self)
