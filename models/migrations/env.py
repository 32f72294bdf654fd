"""Alembic's entry: always on the connection that the caller gives."""

from typing import Any, Literal

from alembic import context

from models import (  # noqa: F401
    annual,
    archives,
    calendar,
    challenges,
    documents,
    fees,
    handing,
    interpretations,
    letters,
    people,
    proposals,
    publications,
    records,
    requests,
    reviews,
    search,
    visitors,
    workflow,
)
from models.base import Base


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Say a type of our own in SQLAlchemy's words, which no later change moves."""
    if kind == "type" and isinstance(item, search.Words):
        return 'sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")'
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
