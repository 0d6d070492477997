"""Bring the database to the version of this program, and refuse one that is newer."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import inspect

from backend.settings.resources import MIGRATIONS
from backend.store.database import Database


class NewerDatabase(Exception):
    """The database was written by a newer version of AutoLR; upgrade AutoLR, or choose another data folder."""


def upgrade(database: Database) -> None:
    """Create or upgrade the tables; `NewerDatabase` if this program does not know the database's version."""
    check_not_newer(database)
    command.upgrade(_configuration(database), "head")


def is_current(database: Database) -> bool:
    """Whether the tables are those that this program expects."""
    return _revision(database) == _scripts(database).get_current_head()


def check_not_newer(database: Database) -> None:
    """Raise `NewerDatabase` if the database names a version that this program does not know."""
    revision = _revision(database)
    if revision is None:
        return
    try:
        _scripts(database).get_revision(revision)
    except CommandError:
        raise NewerDatabase(
            f"The database is of version {revision}, which this AutoLR does not know: it was written by a newer one. "
            "Upgrade AutoLR or choose another data folder (AUTOLR_DATA_DIR). Nothing was changed."
        ) from None


def _revision(database: Database) -> str | None:
    with database.read() as session:
        connection = session.connection()
        if not inspect(connection).has_table("alembic_version"):
            return None
        return MigrationContext.configure(connection).get_current_revision()


def _scripts(database: Database) -> ScriptDirectory:
    return ScriptDirectory.from_config(_configuration(database))


def _configuration(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["database"] = database
    return config
