"""What the annual report says that no case tells."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId


class AnnualFigures(Base):
    """What an agency types into its report: table 2 and the texts."""

    __tablename__ = "annual_figures"
    __table_args__ = (UniqueConstraint("agency_id", "year"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    #: Rows and columns of table 2 by name; the texts of chapters 一, 五 and 六.
    values: Mapped[dict[str, Any]]
    written_at: Mapped[datetime]
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class AnnualEdition(Base):
    """定稿: a report as it went out. It never changes; a 更正 is a new edition."""

    __tablename__ = "annual_edition"
    __table_args__ = (UniqueConstraint("agency_id", "year", "of_whole", "number"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    #: Of all that the agency oversees together, not of itself alone.
    of_whole: Mapped[bool]
    #: 1 for the first one, then each 更正.
    number: Mapped[int]
    #: Tables 2 to 4, the texts and the fees.
    content: Mapped[dict[str, Any]]
    #: sha256 over all of the row; the history has it as well.
    digest: Mapped[str] = mapped_column(String(64))
    #: Why an earlier edition was not right; empty for the first one.
    reason: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
