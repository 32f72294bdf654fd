"""What was said about papers before they left: findings of checks, opinions."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, one_of, public_id
from models.documents import PaperVersion
from models.people import Person
from models.records import StoredFile
from models.workflow import Case


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
    address: Mapped[str] = mapped_column(Text, default="")
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
    #: For what a person marked by hand: why it must not be public, a code of the
    #: setting review.redaction_reasons.
    reason: Mapped[str] = mapped_column(String(40), default="")
    #: Answered in an earlier version of the paper that says the same here.
    carried: Mapped[bool] = mapped_column(default=False)
    #: What was marked by hand in an earlier version: this one took its place, or asks
    #: what became of it.
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"), index=True)
    #: Empty for an answer that no person has to give: a public copy never has it.
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]

    version: Mapped[PaperVersion] = relationship()
    answerer: Mapped[Person | None] = relationship()
    earlier: Mapped["Finding | None"] = relationship(remote_side="Finding.id")


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
    #: Since when it speaks of something that is no more: the document was changed.
    voided_at: Mapped[datetime | None]

    version: Mapped[PaperVersion] = relationship()
    giver: Mapped[Person] = relationship()


class ReviewResult(StrEnum):
    """How a round of the review before publication ended."""

    PASSED = "passed"
    #: The papers themselves are to be changed.
    RETURNED = "returned"
    #: Found not to be public.
    WITHHELD = "withheld"
    #: A state secret is suspected.
    STOPPED = "stopped"


class ReviewRound(Base):
    """One review before publication: what it covers, what is stated, how it ended."""

    __tablename__ = "review_round"
    __table_args__ = (
        one_of("result", ReviewResult, or_null=True),
        UniqueConstraint("case_id", "number"),
        CheckConstraint("(result IS NULL) = (closed_at IS NULL)", name="closed_once"),
        CheckConstraint("levels BETWEEN 1 AND 3", name="levels_known"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    number: Mapped[int]
    opened_at: Mapped[datetime]
    #: How many levels the secrecy review has: 初审, 复审, 终审.
    levels: Mapped[int]
    #: Ids of the office versions that are to leave.
    covers: Mapped[list[Any]] = mapped_column(default=list)
    #: 内容表述、公开时机、公开方式, as who made the copies states them.
    wording: Mapped[str] = mapped_column(Text, default="")
    timing: Mapped[str] = mapped_column(Text, default="")
    way: Mapped[str] = mapped_column(Text, default="")
    #: Whose unpublished information is contained, and its consent (Art 11).
    other_agency: Mapped[str] = mapped_column(String(200), default="")
    consent: Mapped[str] = mapped_column(Text, default="")
    #: Who was told of a suspected state secret, when, and what was done.
    reported_to: Mapped[str] = mapped_column(String(200), default="")
    reported_on: Mapped[date | None]
    handling: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str | None] = mapped_column(String(20))
    closed_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()


class DeterminationAnswer(StrEnum):
    """What the authority said that was asked whether something may be public."""

    PUBLIC = "public"
    PARTLY = "partly"
    NOT_PUBLIC = "not_public"


DETERMINATION_NAMES: dict[DeterminationAnswer, str] = {
    DeterminationAnswer.PUBLIC: "可以公开",
    DeterminationAnswer.PARTLY: "部分可以公开",
    DeterminationAnswer.NOT_PUBLIC: "不予公开",
}


class Determination(Base):
    """报请确定: asked of another authority where the agency is unsure (Art 17(3))."""

    __tablename__ = "determination"
    __table_args__ = (
        one_of("answer", DeterminationAnswer, or_null=True),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answered"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id"), index=True)
    authority: Mapped[str] = mapped_column(String(200))
    letter_number: Mapped[str] = mapped_column(String(60))
    asked_on: Mapped[date]
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str | None] = mapped_column(String(20))
    answered_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))

    round: Mapped[ReviewRound] = relationship()
    asker: Mapped[Person] = relationship()
    reply: Mapped[StoredFile | None] = relationship()
