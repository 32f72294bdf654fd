"""What every table shares: naming of constraints, column types, public ids."""

import secrets
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

#: Row keys: 64 bits on PostgreSQL; SQLite's rowid is INTEGER and 64 bits anyway.
RowId = BigInteger().with_variant(Integer, "sqlite")

#: Structured values that no query looks into.
Json = JSON().with_variant(JSONB, "postgresql")


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC; naive times are refused at the door."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "an instant needs its zone"
            raise ValueError(msg)
        value = value.astimezone(UTC)
        # SQLite has no zones: what is stored there is UTC by this rule.
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


def public_id() -> str:
    """Return a random id for URLs; nothing can be learnt by trying others."""
    return secrets.token_urlsafe(12)


class Base(DeclarativeBase):
    """The declarative base; fixed constraint names let migrations speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy's own declaration)
        datetime: Instant,
        dict[str, Any]: Json,
        list[Any]: Json,
    }


def one_of(
    column: str, values: type[StrEnum], *, or_null: bool = False
) -> CheckConstraint:
    """Return the constraint that a column holds one of an enum's values."""
    rule = f"{column} IN ({', '.join(repr(value.value) for value in values)})"
    if or_null:
        rule = f"{column} IS NULL OR {rule}"
    return CheckConstraint(rule, name=f"{column}_known")
