"""Run the migrations on the database that the program hands over, or on that of the settings."""

from alembic import context

from backend.settings.settings import load_settings
from backend.store.database import Database
from backend.store.tables import Table


def run() -> None:
    """Migrate in one transaction: a migration that fails leaves nothing half done."""
    database = context.config.attributes.get("database") or Database(load_settings().database_url)
    with database.write() as session:
        context.configure(
            connection=session.connection(),
            target_metadata=Table.metadata,
            render_as_batch=database.is_sqlite,
            transactional_ddl=True,
        )
        context.run_migrations()


run()
