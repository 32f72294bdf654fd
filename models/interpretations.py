"""Interpretations of policy documents: plan, material, who agreed, who signed."""

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
from models.documents import Document
from models.people import Organisation, Person
from models.workflow import Case


class InterpretationState(StrEnum):
    """How far an interpretation has come."""

    DRAFTING = "drafting"
    #: The plan is signed; the material follows the document.
    PLANNED = "planned"
    SIGNED = "signed"
    PUBLISHED = "published"
    #: Its case ended without it.
    DROPPED = "dropped"


INTERPRETATION_STATE_NAMES: dict[InterpretationState, str] = {
    InterpretationState.DRAFTING: "起草中",
    InterpretationState.PLANNED: "方案已签，材料随后",
    InterpretationState.SIGNED: "已签发",
    InterpretationState.PUBLISHED: "已发布",
    InterpretationState.DROPPED: "没有发布",
}


class Timing(StrEnum):
    """When the interpretation appears: with its document, or soon after it."""

    TOGETHER = "together"
    AFTER = "after"


class InterpretationForm(StrEnum):
    """How an interpretation speaks."""

    TEXT = "text"
    PICTURE = "picture"
    TABLE = "table"
    AUDIO = "audio"
    VIDEO = "video"
    QA = "qa"


INTERPRETATION_FORM_NAMES: dict[InterpretationForm, str] = {
    InterpretationForm.TEXT: "文字解读",
    InterpretationForm.PICTURE: "图解",
    InterpretationForm.TABLE: "表格",
    InterpretationForm.AUDIO: "音频",
    InterpretationForm.VIDEO: "视频",
    InterpretationForm.QA: "问答",
}


class Section(StrEnum):
    """The parts of an interpretation's text; each is a column of its own."""

    BACKGROUND = "background"
    GOALS = "goals"
    CONTENT = "content"
    STANDARDS = "standards"
    BENEFITS = "benefits"
    CHANGES = "changes"


SECTION_NAMES: dict[Section, str] = {
    Section.BACKGROUND: "背景依据",
    Section.GOALS: "目标任务",
    Section.CONTENT: "主要内容",
    Section.STANDARDS: "执行标准",
    Section.BENEFITS: "惠民利民举措",
    Section.CHANGES: "新旧差异",
}


class CoSigningPart(StrEnum):
    """Why an organisation is asked: it issues the document too, or is concerned."""

    JOINT = "joint"
    CONSULTED = "consulted"


CO_SIGNING_PART_NAMES: dict[CoSigningPart, str] = {
    CoSigningPart.JOINT: "会签",
    CoSigningPart.CONSULTED: "征求意见",
}


class Reply(StrEnum):
    """What an organisation answered."""

    AGREED = "agreed"
    OBJECTED = "objected"
    #: It let its days pass; the rule of the round says what that means.
    SILENT = "silent"


class Understanding(StrEnum):
    """How well the public understood a policy, as its office sees it."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


UNDERSTANDING_NAMES: dict[Understanding, str] = {
    Understanding.GOOD: "基本都懂",
    Understanding.FAIR: "部分不清楚",
    Understanding.POOR: "误解较多",
}


class Interpretation(Base):
    """政策解读 of one document in one case, by the organisation that drafted it."""

    __tablename__ = "interpretation"
    __table_args__ = (
        one_of("state", InterpretationState),
        one_of("timing", Timing, or_null=True),
        one_of("understanding", Understanding, or_null=True),
        CheckConstraint(
            "(signed_at IS NULL) = (first_interpreter_id IS NULL)",
            name="signed_by_somebody",
        ),
        CheckConstraint(
            "(evaluated_on IS NULL) = (evaluated_by IS NULL)",
            name="evaluated_by_somebody",
        ),
        Index("ix_interpretation_interpreter", "first_interpreter_id", "published_at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    #: The document's own case, or one that follows its publication.
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), unique=True)
    #: 谁起草谁解读: who drafted; of a joint document the lead organisation.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[str] = mapped_column(String(20), default=InterpretationState.DRAFTING)
    #: 解读方案: 重点, 时间, 形式, 渠道.
    focus: Mapped[str] = mapped_column(Text, default="")
    timing: Mapped[str | None] = mapped_column(String(20))
    #: Within how many working days after the document, where it follows.
    days_after: Mapped[int | None]
    forms: Mapped[list[Any]] = mapped_column(default=list)
    channels: Mapped[list[Any]] = mapped_column(default=list)
    #: 解读材料, part by part.
    background: Mapped[str] = mapped_column(Text, default="")
    goals: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[str] = mapped_column(Text, default="")
    standards: Mapped[str] = mapped_column(Text, default="")
    benefits: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[str] = mapped_column(Text, default="")
    #: 第一解读人: the head of the organisation, and what the signature speaks of.
    first_interpreter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime | None]
    #: The document's text as it was when the head signed.
    signed_text: Mapped[str] = mapped_column(String(64), default="")
    published_at: Mapped[datetime | None]
    #: The case in which its effect is looked at.
    evaluation_case_id: Mapped[int | None] = mapped_column(
        ForeignKey("case_file.id"), unique=True
    )
    evaluated_on: Mapped[date | None]
    evaluated_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: How many people it reached, and how many questions came back.
    reach: Mapped[int | None]
    questions: Mapped[int | None]
    understanding: Mapped[str | None] = mapped_column(String(20))
    evaluation: Mapped[str] = mapped_column(Text, default="")

    document: Mapped[Document] = relationship()
    case: Mapped[Case] = relationship(foreign_keys=[case_id])
    organisation: Mapped[Organisation] = relationship()
    first_interpreter: Mapped[Person | None] = relationship(
        foreign_keys=[first_interpreter_id]
    )
    evaluator: Mapped[Person | None] = relationship(foreign_keys=[evaluated_by])
    consulted: Mapped[list["ConsultedOrganisation"]] = relationship(
        order_by="ConsultedOrganisation.position", cascade="all, delete-orphan"
    )
    rounds: Mapped[list["InterpretationRound"]] = relationship(
        back_populates="interpretation", order_by="InterpretationRound.number"
    )

    def section(self, section: Section) -> str:
        """The text of one part."""
        text: str = getattr(self, section.value)
        return text


class ConsultedOrganisation(Base):
    """An organisation that the plan says is to be asked before the head signs."""

    __tablename__ = "interpretation_consulted"

    interpretation_id: Mapped[int] = mapped_column(
        ForeignKey("interpretation.id"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True
    )
    position: Mapped[int]

    organisation: Mapped[Organisation] = relationship()

    def again(self) -> "ConsultedOrganisation":
        """The same organisation, for an interpretation that goes on with the plan."""
        return ConsultedOrganisation(
            organisation_id=self.organisation_id, position=self.position
        )


class InterpretationRound(Base):
    """One time that all were asked, and by which rule their answers counted."""

    __tablename__ = "interpretation_round"
    __table_args__ = (
        CheckConstraint(
            "outcome IS NULL OR outcome IN ('agreed', 'objected')",
            name="outcome_known",
        ),
        CheckConstraint(
            "(outcome IS NULL) = (closed_at IS NULL)", name="closed_with_outcome"
        ),
        UniqueConstraint("interpretation_id", "number"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    interpretation_id: Mapped[int] = mapped_column(ForeignKey("interpretation.id"))
    number: Mapped[int]
    #: What they were asked about: a hash of plan, material and the document's text.
    subject: Mapped[str] = mapped_column(String(64))
    #: {"kind": "all"} | {"kind": "n_of_m", "n": 2} | {"kind": "veto"}.
    rule: Mapped[dict[str, Any]]
    #: What it means to let the days pass: consent | objection.
    silence: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))

    interpretation: Mapped[Interpretation] = relationship(back_populates="rounds")
    answers: Mapped[list["CoSignature"]] = relationship(
        back_populates="round", order_by="CoSignature.id"
    )

    def asked(self, part: CoSigningPart) -> list["CoSignature"]:
        """The organisations that were asked in a part, answered or not."""
        return [each for each in self.answers if each.part == part]


class CoSignature(Base):
    """What one organisation answered in one round; empty while it is awaited."""

    __tablename__ = "co_signature"
    __table_args__ = (
        one_of("part", CoSigningPart),
        one_of("answer", Reply, or_null=True),
        CheckConstraint(
            "(answer IS NULL) = (given_at IS NULL)", name="answered_at_once"
        ),
        CheckConstraint(
            "answer IS NULL OR (answer = 'silent') = (given_by IS NULL)",
            name="answered_by_somebody",
        ),
        CheckConstraint(
            "answer <> 'objected' OR (reason <> '' AND words <> '')",
            name="objection_has_reason",
        ),
        UniqueConstraint("round_id", "part", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("interpretation_round.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    part: Mapped[str] = mapped_column(String(20))
    answer: Mapped[str | None] = mapped_column(String(20))
    #: The coded reason of an objection, and the words with any answer.
    reason: Mapped[str] = mapped_column(String(40), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    given_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime | None]

    round: Mapped[InterpretationRound] = relationship(back_populates="answers")
    organisation: Mapped[Organisation] = relationship()
    giver: Mapped[Person | None] = relationship()


class LeaderReminder(Base):
    """A head was told in a year that no interpretation of theirs is published yet."""

    __tablename__ = "leader_reminder"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), unique=True)
