import pytest

from backend.store.database import Database
from tests.backend.experiments.farm import Farm


@pytest.fixture
def farm(database: Database) -> Farm:
    """Pretended workers on SQLite and on PostgreSQL."""
    return Farm(database)
