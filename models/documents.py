"""The office's documents: their papers, how public they are, who issues them."""

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
from models.people import Organisation, Person
from models.records import StoredFile
from models.workflow import Case, Label


class Attribute(StrEnum):
    """公开属性: how public a document is (国办发〔2016〕80号 part 一(一))."""

    PUBLIC = "public"
    ON_REQUEST = "on_request"
    NOT_PUBLIC = "not_public"


ATTRIBUTE_NAMES: dict[Attribute, str] = {
    Attribute.PUBLIC: "主动公开",
    Attribute.ON_REQUEST: "依申请公开",
    Attribute.NOT_PUBLIC: "不予公开",
}


class DocumentKind(StrEnum):
    """What a document is: it decides which reviews and explanations it needs."""

    GENERAL = "general"
    POLICY = "policy"
    NORMATIVE = "normative"


DOCUMENT_KIND_NAMES: dict[DocumentKind, str] = {
    DocumentKind.GENERAL: "一般公文",
    DocumentKind.POLICY: "政策性文件",
    DocumentKind.NORMATIVE: "行政规范性文件",
}

#: What must be explained when it is published (政策解读).
POLICY_KINDS = frozenset({DocumentKind.POLICY, DocumentKind.NORMATIVE})


class Origin(StrEnum):
    """Where a document came from: written here, or taken in from files."""

    DRAFTED = "drafted"
    IMPORTED = "imported"


class Validity(StrEnum):
    """有效性 of a published document."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    EXPIRED = "expired"
    REPEALED = "repealed"


VALIDITY_NAMES: dict[Validity, str] = {
    Validity.IN_FORCE: "有效",
    Validity.AMENDED: "已修改",
    Validity.EXPIRED: "失效",
    Validity.REPEALED: "废止",
}


class PaperRole(StrEnum):
    """What a paper is to its document."""

    TEXT = "text"
    ATTACHMENT = "attachment"
    INTERPRETATION = "interpretation"
    RISK_PLAN = "risk_plan"


PAPER_ROLE_NAMES: dict[PaperRole, str] = {
    PaperRole.TEXT: "正文",
    PaperRole.ATTACHMENT: "附件",
    PaperRole.INTERPRETATION: "解读材料",
    PaperRole.RISK_PLAN: "舆情风险评估和处置预案",
}

#: What goes out with a document; the rest stays in the house.
LEAVING = frozenset({PaperRole.TEXT, PaperRole.ATTACHMENT, PaperRole.INTERPRETATION})


class VersionKind(StrEnum):
    """What a version of a paper is: the office's own, or the copy for the public."""

    OFFICE = "office"
    PUBLIC = "public"


class Document(Base):
    """One document: what it says of itself, how public it is, whether it is out."""

    __tablename__ = "document"
    __table_args__ = (
        one_of("attribute", Attribute, or_null=True),
        one_of("kind", DocumentKind),
        one_of("origin", Origin),
        one_of("validity", Validity),
        one_of("label", Label),
        CheckConstraint(
            "published_at IS NULL OR attribute = 'public'", name="published_is_public"
        ),
        CheckConstraint(
            "published_at IS NULL OR index_number IS NOT NULL",
            name="published_has_index",
        ),
        CheckConstraint(
            "withdrawn_at IS NULL OR published_at IS NOT NULL",
            name="withdrawn_was_published",
        ),
        CheckConstraint(
            "NOT is_listed OR (published_at IS NOT NULL AND withdrawn_at IS NULL)",
            name="listed_is_published",
        ),
        Index("ix_document_listed", "is_listed", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    #: The agency that drafts it.
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: 发文机关: who issues it and therefore publishes it (Art 10). Another than the
    #: drafting agency for a 代拟稿.
    issuer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: The section that drafts it: 责任部门.
    section_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    #: The case in which it came to be.
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), unique=True)
    origin: Mapped[str] = mapped_column(String(20), default=Origin.DRAFTED)
    kind: Mapped[str] = mapped_column(String(20), default=DocumentKind.GENERAL)
    title: Mapped[str] = mapped_column(String(300))
    #: 文号; empty until it is numbered, or where an old one has none.
    document_number: Mapped[str] = mapped_column(String(60), default="")
    #: 生成日期: the day the information was formed (Art 26).
    formed_on: Mapped[date | None]
    #: 成文日期: the day it was signed.
    signed_on: Mapped[date | None]
    #: 内容分类.
    category: Mapped[str] = mapped_column(String(60), default="")
    attribute: Mapped[str | None] = mapped_column(String(20))
    #: The coded ground for which it is not public; see registers.grounds.
    ground: Mapped[str] = mapped_column(String(40), default="")
    #: The law that forbids publication, by name and article (Art 14).
    cited_law: Mapped[str] = mapped_column(String(200), default="")
    #: Whose right would be harmed: who they are to the matter, never their name
    #: (Art 15).
    right_holder: Mapped[str] = mapped_column(String(100), default="")
    #: Why it is not open to all; never empty for such a document.
    attribute_reason: Mapped[str] = mapped_column(Text, default="")
    label: Mapped[str] = mapped_column(String(20), default=Label.INTERNAL)
    #: Flagged for an assessment of how the public may take it (舆情风险评估).
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    risk_assessment: Mapped[str] = mapped_column(Text, default="")
    #: Signed before it was entered here: it keeps its own number and dates (补录).
    signed_before: Mapped[bool] = mapped_column(default=False)
    #: Formed before its organisation's start day: recorded without limits.
    is_historical: Mapped[bool] = mapped_column(default=False)
    drafted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: 索引号: ours, given at publication, or the one that an old document brings.
    index_number: Mapped[str | None] = mapped_column(String(60), unique=True)
    validity: Mapped[str] = mapped_column(String(20), default=Validity.IN_FORCE)
    valid_until: Mapped[date | None]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    #: Everybody may find it: published to everyone and not withdrawn.
    is_listed: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship()
    agency: Mapped[Organisation] = relationship(foreign_keys=[agency_id])
    issuer: Mapped[Organisation] = relationship(foreign_keys=[issuer_id])
    section: Mapped[Organisation] = relationship(foreign_keys=[section_id])
    drafter: Mapped[Person] = relationship()
    joint_issuers: Mapped[list["JointIssuer"]] = relationship(
        order_by="JointIssuer.position", cascade="all, delete-orphan"
    )
    papers: Mapped[list["Paper"]] = relationship(
        back_populates="document", order_by="Paper.position"
    )

    @property
    def is_policy(self) -> bool:
        """Whether it is a policy document: explained, and not lightly withheld."""
        return self.kind in POLICY_KINDS

    def papers_of(self, role: PaperRole) -> list["Paper"]:
        """The papers that still belong to the document in a role."""
        return [
            paper for paper in self.papers if paper.role == role and not paper.removed
        ]

    @property
    def text(self) -> "Paper | None":
        """正文."""
        return next(iter(self.papers_of(PaperRole.TEXT)), None)


class JointIssuer(Base):
    """Another organisation that issues a document with the lead one (联合发文)."""

    __tablename__ = "joint_issuer"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True
    )
    position: Mapped[int]

    organisation: Mapped[Organisation] = relationship()


class Paper(Base):
    """One thing on paper, with its chain of versions: a text, an attachment."""

    __tablename__ = "paper"
    __table_args__ = (one_of("role", PaperRole),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300))
    #: How an interpretation speaks: text, picture, table, audio, video, qa.
    form: Mapped[str] = mapped_column(String(20), default="")
    position: Mapped[int]
    #: Taken out of the document again, before it was published.
    removed: Mapped[bool] = mapped_column(default=False)

    document: Mapped[Document] = relationship(back_populates="papers")
    versions: Mapped[list["PaperVersion"]] = relationship(
        back_populates="paper", order_by="PaperVersion.number"
    )

    def newest(self, kind: VersionKind) -> "PaperVersion | None":
        """The newest version of a kind."""
        found = [version for version in self.versions if version.kind == kind]
        return found[-1] if found else None

    @property
    def public_copy(self) -> "PaperVersion | None":
        """The newest public copy, if it was made from the newest office version."""
        office, copy = self.newest(VersionKind.OFFICE), self.newest(VersionKind.PUBLIC)
        if office is None or copy is None or copy.made_from_id != office.id:
            return None
        return copy


class PaperVersion(Base):
    """One immutable state of a paper; the public copy is a version of its own."""

    __tablename__ = "paper_version"
    __table_args__ = (
        one_of("kind", VersionKind),
        UniqueConstraint("paper_id", "number"),
        CheckConstraint(
            "(kind = 'public') = (made_from_id IS NOT NULL)",
            name="public_copy_has_source",
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    #: The case that brought this version: the document's own, or a correction.
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    #: For a public copy: the office version it was made from.
    made_from_id: Mapped[int | None] = mapped_column(ForeignKey("paper_version.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: Places that nobody could read, in words: 未检查 and not clean.
    unread: Mapped[list[Any]] = mapped_column(default=list)
    #: Since when nobody reads it any more: a state secret is suspected in it.
    locked_at: Mapped[datetime | None]

    paper: Mapped[Paper] = relationship(back_populates="versions")
    file: Mapped[StoredFile] = relationship()
    made_from: Mapped["PaperVersion | None"] = relationship(
        remote_side="PaperVersion.id"
    )
