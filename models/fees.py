"""信息处理费: how a request is charged, and what became of it (Art 42)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, RowId, one_of
from models.requests import InformationRequest


class Tariff(StrEnum):
    """How a fee is counted; for one request one of them, never both."""

    BY_ITEM = "by_item"
    BY_VOLUME = "by_volume"


TARIFF_NAMES: dict[Tariff, str] = {
    Tariff.BY_ITEM: "按件计收",
    Tariff.BY_VOLUME: "按量计收",
}


class ProcessingFee(Base):
    """信息处理费 of one request: proposed, approved, told, paid or not."""

    __tablename__ = "processing_fee"
    __table_args__ = (
        one_of("tariff", Tariff),
        CheckConstraint("amount > 0", name="amount_positive"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("information_request.id"), unique=True
    )
    tariff: Mapped[str] = mapped_column(String(20))
    #: The running numbers in the month, "11-12", or the pages, "72".
    quantity: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    #: How the amount came about, in words and numbers, as the notice says it.
    calculation: Mapped[str] = mapped_column(Text)
    proposed_on: Mapped[date]
    approved_on: Mapped[date | None]
    sent_on: Mapped[date | None]
    served_on: Mapped[date | None]
    paid_on: Mapped[date | None]
    #: 缴款书 or receipt number.
    receipt_number: Mapped[str] = mapped_column(String(60), default="")

    request: Mapped[InformationRequest] = relationship()
