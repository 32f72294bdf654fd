"""How cases run: definitions, cases, tasks, inbox, time limits, timers, incidents."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, one_of, public_id
from models.people import Organisation, Person


class Label(StrEnum):
    """Who may read a case, document or file (GB/T 22239-2019 L3-CES1-11)."""

    PUBLIC = "public"
    INTERNAL = "internal"
    WORK_SECRET = "work_secret"  # noqa: S105 (a label, not a password)
    PERSONAL = "personal"


LABEL_NAMES: dict[Label, str] = {
    Label.PUBLIC: "公开",
    Label.INTERNAL: "内部",
    Label.WORK_SECRET: "工作秘密",
    Label.PERSONAL: "个人信息",
}

#: Reading one of these is a recorded event.
RESTRICTED = frozenset({Label.WORK_SECRET, Label.PERSONAL})


class CaseStatus(StrEnum):
    OPEN = "open"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class TaskStatus(StrEnum):
    """A task waits for a taker, is in somebody's hands, or is over."""

    READY = "ready"
    CLAIMED = "claimed"
    DONE = "done"
    CANCELLED = "cancelled"


class TaskKind(StrEnum):
    """Work moves the case; a notice only tells somebody and is acknowledged."""

    WORK = "work"
    NOTICE = "notice"


class DeadlineState(StrEnum):
    """A limit runs, rests, or is over: met, without object, or passed for good."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    VOID = "void"
    EXPIRED = "expired"


class ProcessDefinition(Base):
    """One immutable version of a process: its diagrams and decision tables, and those
    of the processes that it calls."""

    __tablename__ = "process_definition"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    #: sha256 over the files' names and bytes; two versions have the same one where
    #: a later one goes back to an earlier diagram.
    content_hash: Mapped[str] = mapped_column(String(64))
    #: The files as text, by folder and name: "document_review/document_review.bpmn".
    #: Loaded where they are read: every act loads its case's version, which is parsed.
    files: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    deployed_at: Mapped[datetime]


class Case(Base):
    """The office's half of a matter: what it is about, whose it is, how it stands."""

    __tablename__ = "case_file"
    __table_args__ = (
        one_of("status", CaseStatus),
        one_of("label", Label),
        Index("ix_case_file_process", "root_id", "process_key", "id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    process_key: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    label: Mapped[str] = mapped_column(String(20), default=Label.INTERNAL)
    status: Mapped[str] = mapped_column(String(20), default=CaseStatus.OPEN)
    #: The case that this one came out of; who reads one does not therefore read both.
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("case_file.id"), index=True
    )
    started_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    #: Whether its steps have limits; one that only records the past has none.
    carries_limits: Mapped[bool] = mapped_column(default=True)
    #: Raised by every act; two acts that read the same revision cannot both stand.
    revision: Mapped[int] = mapped_column(default=1)

    agency: Mapped[Organisation] = relationship()


class ProcessInstance(Base):
    """The engine's half of a case: one run of one version of a process."""

    __tablename__ = "process_instance"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definition.id"))
    #: The engine's state without its definition, as engine.bpmn.state writes it.
    state: Mapped[bytes] = mapped_column(LargeBinary)
    ended_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    definition: Mapped[ProcessDefinition] = relationship()


class CaseParty(Base):
    """Which organisation plays which part in a case: drafting, joint, consulted."""

    __tablename__ = "case_party"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(20), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True
    )


class CaseReader(Base):
    """A person or candidate group that may read a case; the one source of sight."""

    __tablename__ = "case_reader"
    __table_args__ = (Index("ix_case_reader_case", "case_id"),)

    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)


class Task(Base):
    """Work for a person, or a notice to one."""

    __tablename__ = "task"
    __table_args__ = (
        one_of("status", TaskStatus),
        one_of("kind", TaskKind),
        CheckConstraint(
            "status <> 'claimed' OR assignee_id IS NOT NULL", name="claimed_by_somebody"
        ),
        Index("ix_task_completed", "completed_by", "completed_at"),
        # What is open is little among all that ever was.
        Index("ix_task_open", "status", "kind"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default=TaskKind.WORK)
    #: The process whose diagram has the element: the case's own or one that it calls.
    process_key: Mapped[str] = mapped_column(String(60))
    #: The element of the diagram; also the name of its form, action and text.
    element: Mapped[str] = mapped_column(String(80))
    #: For notices: the work whose limit is told of; empty for a limit of the case.
    about_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    #: The engine's own id of the token at that element; empty for notices.
    engine_task_id: Mapped[str | None] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(String(80))
    #: What is told, in a sentence that names no content of the case: by a notice, or
    #: of work that something else has ended.
    message: Mapped[str] = mapped_column(Text, default="")
    role: Mapped[str] = mapped_column(String(30))
    #: Where the work lies: the organisation that plays the lane's part.
    place_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    #: Whose holders of the role may take it: the place, or one above it.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    status: Mapped[str] = mapped_column(String(10), default=TaskStatus.READY)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: From whom it came: who completed the step before; empty for the system.
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    #: When a person first opened it; empty means unread.
    opened_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str | None] = mapped_column(String(40))
    #: The coded reason of a return (退文), counted per organisation.
    reason: Mapped[str | None] = mapped_column(String(40))
    opinion: Mapped[str] = mapped_column(Text, default="")
    #: How often a time limit has reminded of it.
    reminders: Mapped[int] = mapped_column(default=0)
    #: Nobody could take it when it arose; somebody is to be appointed.
    without_candidate: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)

    case: Mapped[Case] = relationship()
    place: Mapped[Organisation] = relationship(foreign_keys=[place_id])
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    assignee: Mapped[Person | None] = relationship(foreign_keys=[assignee_id])
    sender: Mapped[Person | None] = relationship(foreign_keys=[sender_id])
    completer: Mapped[Person | None] = relationship(foreign_keys=[completed_by])


class InboxEntry(Base):
    """Which open task stands in whose list, by when: one narrow row per subject.

    A subject is a person or a candidate group; a list is one index range per
    subject, merged. Joining tasks with candidates costs seconds at a million tasks.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_task", "task_id"),
        {"sqlite_with_rowid": False},
    )

    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)


class Draft(Base):
    """What a person has typed for a task and not yet submitted."""

    __tablename__ = "draft"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    answers: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class Deadline(Base):
    """By when something must be done in a case, and what that was computed from."""

    __tablename__ = "deadline"
    __table_args__ = (
        one_of("state", DeadlineState),
        Index("ix_deadline_case", "case_id", "name"),
        # What still runs and was counted with an earlier calendar is found at once.
        Index(
            "ix_deadline_open",
            "calendar_code",
            "calendar_version",
            sqlite_where=text("state IN ('running', 'paused')"),
            postgresql_where=text("state IN ('running', 'paused')"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    #: The task whose limit this is; empty for a limit of the whole case.
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    #: The process that declares the limit: the case's own or one that it calls.
    process_key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(80))
    #: How often this limit has begun in this case: a returned step begins anew.
    round: Mapped[int] = mapped_column(default=1)
    length: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[date]
    started_at: Mapped[datetime]
    #: The last day on which the duty is still met; empty while paused.
    due_on: Mapped[date | None]
    #: The instant at which the limit has expired; empty while paused.
    due_at: Mapped[datetime | None]
    provisional: Mapped[bool]
    #: Put on its day by an act, so that start and length do not give it any more.
    fixed: Mapped[bool] = mapped_column(default=False)
    calendar_code: Mapped[str] = mapped_column(String(12))
    calendar_version: Mapped[str] = mapped_column(String(80))
    #: The setting or rule whose length was used, e.g. "limit.secrecy_review#3".
    rule_version: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10), default=DeadlineState.RUNNING)
    ended_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()


#: A limit that still runs or rests, in the words of its index.
OPEN_DEADLINE = text("deadline.state IN ('running', 'paused')")


class Timer(Base):
    """One rung of a time limit's ladder, or its expiry, due at an instant; it fires
    once."""

    __tablename__ = "timer"
    __table_args__ = (
        UniqueConstraint("deadline_id", "rung"),
        Index(
            "ix_timer_due",
            "next_attempt_at",
            sqlite_where=text("fired_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=text("fired_at IS NULL AND cancelled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadline.id"))
    #: The engine's token that waits at the timer event.
    engine_task_id: Mapped[str] = mapped_column(String(36))
    element: Mapped[str] = mapped_column(String(80))
    #: The rung's place in the ladder, from 0; -1 for the expiry that ends a task.
    rung: Mapped[int]
    #: Whom the rung tells and how far from the limit it stands.
    plan: Mapped[dict[str, Any]]
    due_at: Mapped[datetime | None]
    #: due_at, or later after a failed attempt; what the job looks at.
    next_attempt_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    fired_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class Incident(Base):
    """Something that failed in the background and needs a person."""

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    timer_id: Mapped[int | None] = mapped_column(ForeignKey("timer.id"))
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    #: What a check found damaged, by key: one open incident each, which ends by
    #: itself when the damage is mended. Empty for a failure that a person retries.
    about: Mapped[str] = mapped_column(String(120), default="", index=True)
    #: What failed, in the office's words.
    message: Mapped[str] = mapped_column(Text)
    #: The error's class and place, for the technician; no data of the case.
    detail: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    case: Mapped[Case | None] = relationship()


class OutboxMessage(Base):
    """What leaves the system after commit: at least once, idempotent by its key."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "next_attempt_at",
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
