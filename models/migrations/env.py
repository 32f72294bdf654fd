"""Alembic's entry: always on the connection that the caller gives."""

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
    visitors,
    workflow,
)
from models.base import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
