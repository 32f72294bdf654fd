"""What left the house: each publication, correction and withdrawal, and its bytes."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, one_of, public_id
from models.documents import Document, PaperVersion, Validity
from models.people import Person
from models.workflow import Case


class PublicationKind(StrEnum):
    """What is done to what the public sees."""

    PUBLISH = "publish"
    #: An interpretation that follows its document later.
    INTERPRET = "interpret"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    #: It stays as it is, but is 已修改, 失效 or 废止 from a day on.
    VALIDITY = "validity"


PUBLICATION_KIND_NAMES: dict[PublicationKind, str] = {
    PublicationKind.PUBLISH: "发布",
    PublicationKind.INTERPRET: "解读发布",
    PublicationKind.CORRECT: "更正",
    PublicationKind.WITHDRAW: "撤回",
    PublicationKind.VALIDITY: "有效性变更",
}

#: What changes something that is already published.
CHANGES = frozenset(
    {PublicationKind.CORRECT, PublicationKind.WITHDRAW, PublicationKind.VALIDITY}
)


class Audience(StrEnum):
    """To whom something is published."""

    EVERYONE = "everyone"
    REGION = "region"
    GROUP = "group"


AUDIENCE_NAMES: dict[Audience, str] = {
    Audience.EVERYONE: "所有人",
    Audience.REGION: "特定区域",
    Audience.GROUP: "特定人群",
}


class Publication(Base):
    """One act towards the public: approved by a person, done at a time."""

    __tablename__ = "publication"
    __table_args__ = (
        one_of("kind", PublicationKind),
        one_of("audience", Audience),
        one_of("validity", Validity, or_null=True),
        CheckConstraint(
            "(kind = 'validity') = (validity IS NOT NULL)", name="validity_of_its_kind"
        ),
        CheckConstraint(
            "kind IN ('publish', 'interpret') OR reason <> ''",
            name="change_has_reason",
        ),
        CheckConstraint(
            "audience = 'everyone' OR audience_name <> ''", name="audience_named"
        ),
        Index("ix_publication_document", "document_id", "done_at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    #: The case that does it; a case does one thing.
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(20), default=PublicationKind.PUBLISH)
    #: Why it is corrected or withdrawn; shown to the public.
    reason: Mapped[str] = mapped_column(Text, default="")
    #: For a withdrawal: a code of registers.publications.WITHDRAWAL_GROUNDS.
    ground: Mapped[str] = mapped_column(String(20), default="")
    #: The day from which a withdrawn or changed matter is no longer what it was.
    since: Mapped[date | None]
    #: What 有效性 becomes.
    validity: Mapped[str | None] = mapped_column(String(20))
    #: What was there before must not be read any more: the text before a correction,
    #: the title of what was withdrawn.
    conceals: Mapped[bool] = mapped_column(default=False)
    #: Where it goes: codes of the channels (Art 23).
    channels: Mapped[list[Any]] = mapped_column(default=list)
    audience: Mapped[str] = mapped_column(String(20), default=Audience.EVERYONE)
    #: The region or group of persons, in words.
    audience_name: Mapped[str] = mapped_column(String(200), default="")
    publish_on: Mapped[date | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    document: Mapped[Document] = relationship()
    case: Mapped[Case] = relationship()
    signatory: Mapped[Person | None] = relationship()
    papers: Mapped[list["PublishedPaper"]] = relationship(
        back_populates="publication", order_by="PublishedPaper.position"
    )

    def bundle_key(self, channel: str) -> str:
        """Return the key under which a channel gets what this act lets out."""
        return f"publication:{self.public_id}:{channel}"


class PublishedPaper(Base):
    """One file as it was published; checked against tampering day by day."""

    __tablename__ = "published_paper"

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publication.id"), primary_key=True
    )
    version_id: Mapped[int] = mapped_column(
        ForeignKey("paper_version.id"), primary_key=True
    )
    position: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))

    publication: Mapped[Publication] = relationship(back_populates="papers")
    version: Mapped[PaperVersion] = relationship()
