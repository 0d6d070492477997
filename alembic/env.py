"""Run the migrations on the database that the program hands over, or on that of the settings."""

from alembic import context
from sqlalchemy import text

from backend.settings.settings import load_settings
from backend.store.database import Database
from backend.store.tables import Table

# Any number will do, as long as every process uses the same and nothing else does.
MIGRATING = 4_150_002


def run() -> None:
    """Migrate in one transaction: a migration that fails leaves nothing half done."""
    database = context.config.attributes.get("database") or Database(load_settings().database_url)
    with database.migrate() as session:
        if not database.is_sqlite:
            # Of several servers that start at once the first migrates; the others wait and find it done.
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
        context.configure(
            connection=session.connection(),
            target_metadata=Table.metadata,
            render_as_batch=database.is_sqlite,
            transactional_ddl=True,
        )
        context.run_migrations()


run()
