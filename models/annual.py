"""What the annual report says that no case tells."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
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
