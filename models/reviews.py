"""What was said about papers before they left: findings of checks, opinions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, one_of, public_id
from models.documents import PaperVersion
from models.people import Person


class Answer(StrEnum):
    """What a person decided about a finding."""

    #: It is right as it stands; nothing is to be done.
    ACCEPT = "accept"
    #: The public copy shows the masked form instead.
    REDACT = "redact"
    #: It stays, for a reason in words or by an exception code.
    EXPLAIN = "explain"
    #: The public copy shows the corrected text instead.
    REPAIR = "repair"


ANSWER_NAMES: dict[Answer, str] = {
    Answer.ACCEPT: "保留原样",
    Answer.REDACT: "遮盖",
    Answer.EXPLAIN: "保留并说明",
    Answer.REPAIR: "改正",
}


class Finding(Base):
    """What a check found in a version, where, and how it was answered.

    Never holds the value that was found: the place leads to it in the file.
    """

    __tablename__ = "finding"
    __table_args__ = (
        one_of("answer", Answer, or_null=True),
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name="answered_at_once"
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("paper_version.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    #: Where it is: a block of the file and characters in it; empty for the whole.
    address: Mapped[str] = mapped_column(String(200), default="")
    start: Mapped[int] = mapped_column(default=0)
    end: Mapped[int] = mapped_column(default=0)
    #: The place in words, the finding in a sentence, the text around it masked.
    label: Mapped[str] = mapped_column(String(200), default="")
    message: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(Text, default="")
    suggestion: Mapped[str] = mapped_column(String(20))
    #: What would stand in its place: the masked form, or the corrected text.
    replacement: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str | None] = mapped_column(String(20))
    #: Why it stays, in the person's words.
    explanation: Mapped[str] = mapped_column(Text, default="")
    #: The rule by which it may stay: a code of engine.content.findings.EXCEPTIONS.
    exception: Mapped[str] = mapped_column(String(40), default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]

    version: Mapped[PaperVersion] = relationship()
    answerer: Mapped[Person | None] = relationship()


class Opinion(Base):
    """A person's word on one version: it speaks of those bytes and no others."""

    __tablename__ = "opinion"
    __table_args__ = (Index("ix_opinion_case", "case_id", "step"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("paper_version.id"), index=True)
    #: The version's bytes as they were read.
    sha256: Mapped[str] = mapped_column(String(64))
    #: The element of the diagram at which it was given.
    step: Mapped[str] = mapped_column(String(80))
    #: What was judged: a code of the process; empty for the version as a whole.
    aspect: Mapped[str] = mapped_column(String(40), default="")
    outcome: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text, default="")
    given_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]

    version: Mapped[PaperVersion] = relationship()
    giver: Mapped[Person] = relationship()
