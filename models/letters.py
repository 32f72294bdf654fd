"""Letters: what an office sends to one person or body, and the proof of service."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, one_of, public_id
from models.people import Organisation
from models.records import PersonalRecord, StoredFile
from models.workflow import Case


class ServiceWay(StrEnum):
    """How a letter is served (民事诉讼法 Arts 87-95 by analogy)."""

    DIRECT = "direct"
    LEFT = "left"
    ENTRUSTED = "entrusted"
    POST = "post"
    ELECTRONIC = "electronic"
    ANNOUNCEMENT = "announcement"


SERVICE_WAY_NAMES: dict[ServiceWay, str] = {
    ServiceWay.DIRECT: "直接送达",
    ServiceWay.LEFT: "留置送达",
    ServiceWay.ENTRUSTED: "委托送达",
    ServiceWay.POST: "邮寄送达",
    ServiceWay.ELECTRONIC: "电子送达",
    ServiceWay.ANNOUNCEMENT: "公告送达",
}


class Letter(Base):
    """One letter of one kind; once it is issued it never changes."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("(issued_at IS NULL) = (number = '')", name="issued_numbered"),
        CheckConstraint("(issued_at IS NULL) = (file_id IS NULL)", name="issued_whole"),
        CheckConstraint(
            "(voided_at IS NULL) = (void_reason = '')", name="void_has_reason"
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Which of the documents it is: receipt, clarification_notice, refusal …
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(100))
    #: 文号, given when it is issued.
    number: Mapped[str] = mapped_column(String(60), default="")
    #: Sealed: everything that the template is filled with.
    fields_id: Mapped[int] = mapped_column(ForeignKey("personal_record.id"))
    #: sha256 of the template that it was made with.
    template_digest: Mapped[str] = mapped_column(String(64), default="")
    drafted_at: Mapped[datetime]
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime | None]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship()
    agency: Mapped[Organisation] = relationship()
    fields: Mapped[PersonalRecord] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    services: Mapped[list["Service"]] = relationship(
        order_by="Service.id", back_populates="letter"
    )


class Service(Base):
    """One attempt to serve a letter, and its proof (送达回证)."""

    __tablename__ = "service"
    __table_args__ = (one_of("way", ServiceWay),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    way: Mapped[str] = mapped_column(String(20))
    #: The day on which it was handed to the postal enterprise, or sent.
    sent_on: Mapped[date]
    #: The day on which the recipient signed, or the message reached the system.
    served_on: Mapped[date | None]
    #: The day that counts for the agency's own limit, by way of service.
    counts_on: Mapped[date | None]
    #: It did not reach the recipient: `remark` says why, and another attempt follows.
    came_back: Mapped[bool] = mapped_column(default=False)
    #: Tracking number of the post.
    tracking_number: Mapped[str] = mapped_column(String(40), default="")
    #: Why it did not arrive, or why the recipient would not sign, and the witness.
    remark: Mapped[str] = mapped_column(Text, default="")
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    letter: Mapped[Letter] = relationship(back_populates="services")
    proof: Mapped[StoredFile | None] = relationship()
