"""What every case leaves behind: history, numbers, settings, files, personal data."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId, public_id


class HistoryStream(Base):
    """The head of one hash chain: a case, or what happens outside of cases."""

    __tablename__ = "history_stream"

    #: "case:<id>", "settings:<root>", "access:<root>".
    stream: Mapped[str] = mapped_column(String(60), primary_key=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64))
    #: The length that the newest seal covers.
    sealed_length: Mapped[int] = mapped_column(default=0)


class HistoryEntry(Base):
    """What happened, in one sentence; written once, chained to the entry before."""

    __tablename__ = "history"
    __table_args__ = (
        UniqueConstraint("stream", "number"),
        Index("ix_history_actor", "actor_id", "at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    stream: Mapped[str] = mapped_column(ForeignKey("history_stream.stream"))
    number: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Past tense, e.g. "task_completed".
    event: Mapped[str] = mapped_column(String(40))
    sentence: Mapped[str] = mapped_column(Text)
    #: What the person wrote, shown as a quotation.
    quotation: Mapped[str] = mapped_column(Text, default="")
    #: Old and new values and ids; never a value of personal data.
    data: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class Seal(Base):
    """A root over all chain heads that moved since the last seal, itself chained."""

    __tablename__ = "seal"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    sealed_on: Mapped[date] = mapped_column(unique=True)
    at: Mapped[datetime]
    #: stream -> [length, head] of the streams that moved.
    heads: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class NumberSeries(Base):
    """A gapless counter: one per series, organisation and year."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True
    )
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class IssuedNumber(Base):
    """A number that was given out; a void one stays and is never given again."""

    __tablename__ = "issued_number"
    __table_args__ = (
        UniqueConstraint("series", "organisation_id", "year", "number"),
        UniqueConstraint("series", "text"),
        CheckConstraint(
            "(voided_at IS NULL) = (void_reason = '')", name="void_has_reason"
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    series: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(60))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    issued_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(Text, default="")


class Setting(Base):
    """One value of one setting from a date on; later rows win, none is changed."""

    __tablename__ = "setting"
    __table_args__ = (
        Index("ix_setting_key", "key", "root_id", "organisation_id", "valid_from"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    root_id: Mapped[int | None] = mapped_column(ForeignKey("root.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    #: Any JSON value, under the one key "value".
    content: Mapped[dict[str, Any]]
    valid_from: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")


class StoredFile(Base):
    """The bytes of a file: immutable, found by content, encrypted unless public."""

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("size > 0", name="not_empty"),
        CheckConstraint("label = 'public' OR encrypted", name="not_public_encrypted"),
        Index("ix_stored_file_address", "address"),
        # Whether bytes are locked is asked by their digest, before each reading.
        Index("ix_stored_file_sha256", "sha256"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    name: Mapped[str] = mapped_column(String(200))
    #: sha256 of the bytes.
    sha256: Mapped[str] = mapped_column(String(64))
    #: Where the bytes lie in the store; for encrypted files a keyed digest, so
    #: that the address does not tell which known file lies there.
    address: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    label: Mapped[str] = mapped_column(String(20))
    encrypted: Mapped[bool]
    stored_at: Mapped[datetime]
    stored_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class FileErasure(Base):
    """Bytes that are to be erased: an act gave them up, or no row names them; gone
    when done, or when a row names them by then."""

    __tablename__ = "file_erasure"

    address: Mapped[str] = mapped_column(String(64), primary_key=True)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]


class PersonalRecord(Base):
    """Personal data of one person, encrypted under a key outside the database."""

    __tablename__ = "personal_record"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), default=public_id, unique=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"), index=True)
    #: Whose data: a member of staff; empty for people outside of the office.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime]


class PersonalIndex(Base):
    """Blind index: finds a record by the exact value of a field, tells no value."""

    __tablename__ = "personal_index"
    __table_args__ = (Index("ix_personal_index_blind", "root_id", "field", "blind"),)

    record_id: Mapped[int] = mapped_column(
        ForeignKey("personal_record.id"), primary_key=True
    )
    field: Mapped[str] = mapped_column(String(30), primary_key=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    blind: Mapped[str] = mapped_column(String(64))


class Installation(Base):
    """What this database is: a real office, or a demonstration."""

    __tablename__ = "installation"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("kind IN ('office', 'demonstration')", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]
