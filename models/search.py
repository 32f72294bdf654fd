"""The search: what may be found, in passages, by the words that stand in them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    cast,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from models.base import Base, RowId


class Words(TypeDecorator[Sequence[str]]):
    """Words in their order: a tsvector on PostgreSQL, a line for FTS5 on SQLite.

    A word has letters and digits only, so neither form needs an escape.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TSVECTOR())
        return dialect.type_descriptor(Text())

    def process_bind_param(
        self, value: Sequence[str] | None, dialect: Dialect
    ) -> str | None:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return " ".join(f"'{word}':{n}" for n, word in enumerate(value, 1))
        return " ".join(value)

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002 (SQLAlchemy's own signature)
    ) -> Sequence[str] | None:
        return None if value is None else value.split()

    def bind_expression(
        self, bindvalue: ColumnElement[Sequence[str]]
    ) -> ColumnElement[Sequence[str]]:
        return cast(bindvalue, Words)


class SearchEntry(Base):
    """One thing of a case that may be found; gone with what it was made from."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("case_id", "key"),
        Index("ix_search_entry_number", "root_id", "number"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("root.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    #: What it was made from: "case", "paper:12".
    key: Mapped[str] = mapped_column(String(60))
    #: What it is: matter, document, opinion, letter.
    kind: Mapped[str] = mapped_column(String(20))
    #: Without personal data, like every text of the index.
    title: Mapped[str] = mapped_column(Text)
    #: Its own number as people type it, brackets and spaces told by one sign.
    number: Mapped[str] = mapped_column(String(80), default="")
    #: What it links to: the public id of a file or letter; empty for the case itself.
    target: Mapped[str] = mapped_column(String(24), default="")
    dated: Mapped[date]
    #: Tells whether what it was made from is still the same.
    stamp: Mapped[str] = mapped_column(String(64))


class SearchPassage(Base):
    """A stretch of an entry, short enough that every word's place is kept."""

    __tablename__ = "search_passage"
    __table_args__ = (
        UniqueConstraint("entry_id", "position"),
        # SQLite has an index of its own over the words (below), and none here.
        Index(
            "ix_search_passage_words",
            "words",
            postgresql_using="gin",
            sqlite_where=text("id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("search_entry.id"))
    #: 0 is the title with the number, the text follows.
    position: Mapped[int]
    said: Mapped[str] = mapped_column(Text)
    words: Mapped[Sequence[str]] = mapped_column(Words)


class SearchedCase(Base):
    """A case whose entries are there, and by which rules they were made."""

    __tablename__ = "searched_case"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    rules: Mapped[int]


#: SQLite's own index over the passages' words. It has the words from the passages;
#: a row that goes must be told with its old words, which the triggers do. The
#: tokenizer parts at spaces alone: everything beyond ASCII is a letter to it.
_FTS5 = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(
    words, content='search_passage', content_rowid='id', tokenize='ascii')""",
    """CREATE TRIGGER IF NOT EXISTS search_passage_added AFTER INSERT ON search_passage
    BEGIN INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER IF NOT EXISTS search_passage_gone AFTER DELETE ON search_passage
    BEGIN INSERT INTO search_words(search_words, rowid, words)
    VALUES ('delete', old.id, old.words); END""",
)


def set_up(connection: Connection) -> None:
    """Make what no table definition says: SQLite's index over the words."""
    if connection.dialect.name == "sqlite":
        for statement in _FTS5:
            connection.exec_driver_sql(statement)


def _after_create(_table: Table, connection: Connection, **_: Any) -> None:
    set_up(connection)


event.listen(SearchPassage.__table__, "after_create", _after_create)
