"""The database's history of shapes; `upgrade` brings any database to the newest."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from models import search


def configuration() -> Config:
    """Return Alembic's configuration without any file of its own."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def upgrade(engine: Engine) -> None:
    """Bring a database to the newest shape, in one transaction."""
    with engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        search.set_up(connection)


def revisions(connection: Connection) -> tuple[str | None, str | None]:
    """Return the revision a database has, and the newest there is."""
    scripts = ScriptDirectory.from_config(configuration())
    current = MigrationContext.configure(connection).get_current_revision()
    return current, scripts.get_current_head()
