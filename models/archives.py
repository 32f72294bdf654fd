"""移交: closed files that an agency hands over to its archive, by numbered lists."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, public_id
from models.people import Organisation
from models.workflow import Case


class Transfer(Base):
    """移交清单: the files of one year that are kept equally long."""

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint(
            "(transferred_on IS NULL) = (received_by = '')", name="handed_to_somebody"
        ),
        CheckConstraint(
            "transferred_on IS NULL OR voided_at IS NULL", name="void_or_transferred"
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    #: The year in which the files were closed, and how long they are kept.
    year: Mapped[int]
    retention: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: Who gave the files and who took them, in which body; empty until then.
    handed_by: Mapped[str] = mapped_column(String(100), default="")
    received_by: Mapped[str] = mapped_column(String(100), default="")
    receiver: Mapped[str] = mapped_column(String(100), default="")
    transferred_on: Mapped[date | None]
    #: Drawn up wrongly: its files may be listed anew, its number stays.
    voided_at: Mapped[datetime | None]

    agency: Mapped[Organisation] = relationship()
    files: Mapped[list["TransferredFile"]] = relationship(
        order_by="TransferredFile.position",
        back_populates="transfer",
        cascade="all, delete-orphan",
    )


class TransferredFile(Base):
    """One file (一案一档) on a list; it is on one list at most, and stays readable."""

    __tablename__ = "transferred_file"
    __table_args__ = (UniqueConstraint("transfer_id", "position"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"), index=True)
    #: 件号.
    position: Mapped[int]

    transfer: Mapped[Transfer] = relationship(back_populates="files")
    case: Mapped[Case] = relationship()
