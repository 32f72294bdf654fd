"""What people without a login leave behind: keyed digests, for a short time."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class VisitorCount(Base):
    """How often somebody has tried one thing since a window of time began.

    It goes when the window is over.
    """

    __tablename__ = "visitor_count"

    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    #: Keyed digest of a network address, or of what was typed.
    who: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    resets_at: Mapped[datetime] = mapped_column(index=True)


class SubmittedForm(Base):
    """A form that was sent in once: sent in again, it leads to the same result."""

    __tablename__ = "submitted_form"

    #: Keyed digest of the form's own random token.
    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: The public id of what came of it; empty while it is judged.
    result: Mapped[str] = mapped_column(String(24), default="")
    submitted_at: Mapped[datetime] = mapped_column(index=True)
