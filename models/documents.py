"""The office's documents: their versions, how public they are, what was published."""

from datetime import date, datetime
from enum import StrEnum

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


class VersionKind(StrEnum):
    """What a version of a document is: the office's own text, or the public copy."""

    OFFICE = "office"
    PUBLIC = "public"


class Document(Base):
    """One document of an agency: a chain of versions and how public it is."""

    __tablename__ = "document"
    __table_args__ = (
        one_of("attribute", Attribute, or_null=True),
        one_of("label", Label),
        CheckConstraint(
            "published_at IS NULL OR attribute = 'public'", name="published_is_public"
        ),
        CheckConstraint(
            "published_at IS NULL OR index_number IS NOT NULL",
            name="published_has_index",
        ),
        Index("ix_document_published", "published_at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    #: Who made it and therefore publishes it (Art 10).
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: The section that drafted it: 责任部门.
    section_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    #: 文号, as it stands on the document; empty where it has none.
    document_number: Mapped[str] = mapped_column(String(60), default="")
    #: 生成日期: the day the information was formed (Art 26).
    formed_on: Mapped[date | None]
    category: Mapped[str] = mapped_column(String(60), default="")
    attribute: Mapped[str | None] = mapped_column(String(20))
    #: Why it is not open to all; never empty for such a document.
    attribute_reason: Mapped[str] = mapped_column(Text, default="")
    label: Mapped[str] = mapped_column(String(20), default=Label.INTERNAL)
    drafted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str] = mapped_column(String(40), default="")
    publish_on: Mapped[date | None]
    #: 索引号, given at publication.
    index_number: Mapped[str | None] = mapped_column(String(60), unique=True)
    published_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    agency: Mapped[Organisation] = relationship(foreign_keys=[agency_id])
    section: Mapped[Organisation] = relationship(foreign_keys=[section_id])
    drafter: Mapped[Person] = relationship()
    versions: Mapped[list["DocumentVersion"]] = relationship(
        back_populates="document", order_by="DocumentVersion.number"
    )

    def newest(self, kind: VersionKind) -> "DocumentVersion | None":
        """The newest version of a kind."""
        found = [version for version in self.versions if version.kind == kind]
        return found[-1] if found else None


class DocumentVersion(Base):
    """One immutable state of a document's text; the public copy is one of its own."""

    __tablename__ = "document_version"
    __table_args__ = (
        one_of("kind", VersionKind),
        UniqueConstraint("document_id", "number"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))

    document: Mapped[Document] = relationship(back_populates="versions")
    file: Mapped[StoredFile] = relationship()


class Opinion(Base):
    """A reviewer's word on one version: it speaks of those bytes and no others."""

    __tablename__ = "opinion"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_version.id"))
    #: The version's bytes as the reviewer read them.
    sha256: Mapped[str] = mapped_column(String(64))
    step: Mapped[str] = mapped_column(String(80))
    outcome: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text, default="")
    given_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]
