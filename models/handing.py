"""What people hand to one another: tasks (转办, 委派), reminders, copies."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, one_of
from models.people import Person
from models.workflow import Case


class HandoverKind(StrEnum):
    """转办 moves the task; 委派 lends it, and the owner stays responsible."""

    REASSIGNED = "reassigned"
    DELEGATED = "delegated"


class Handover(Base):
    """One handing of a task from person to person, and why."""

    __tablename__ = "handover"
    __table_args__ = (
        one_of("kind", HandoverKind),
        Index("ix_handover_task", "task_id", "id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    kind: Mapped[str] = mapped_column(String(12))
    giver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    #: When a delegation was over, and who ended it: the delegate gave it back, the
    #: owner took it back, or it went with the task. Always empty for 转办.
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: What the delegate said when giving it back.
    answer: Mapped[str] = mapped_column(Text, default="")

    giver: Mapped[Person] = relationship(foreign_keys=[giver_id])
    receiver: Mapped[Person] = relationship(foreign_keys=[receiver_id])


class Urging(Base):
    """催办: once that somebody asked for a step to be done."""

    __tablename__ = "urging"
    __table_args__ = (Index("ix_urging_task", "task_id", "id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    #: The notice that told of it; a further one before it was read uses it again.
    notice_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    by: Mapped[Person] = relationship()


class CaseCopy(Base):
    """抄送: a case shown to somebody without a part in it, and when it was read."""

    __tablename__ = "case_copy"
    __table_args__ = (
        Index("ix_case_copy_person", "person_id", "id"),
        Index("ix_case_copy_case", "case_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
    #: When the receiver opened the case after it was sent; empty means unread.
    read_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    by: Mapped[Person] = relationship(foreign_keys=[by_id])


class CaseFollow(Base):
    """关注: somebody wants to see what happens in a case, and has seen so much."""

    __tablename__ = "case_follow"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    since: Mapped[datetime]
    #: How much of the case's history there was when the person looked last.
    seen: Mapped[int]

    case: Mapped[Case] = relationship()
