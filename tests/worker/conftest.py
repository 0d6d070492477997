import pytest

from backend.dispatch.recording import RecordingSender
from backend.experiments.launch import Launched
from backend.store.database import Database
from tests.worker.evaluations import launched


@pytest.fixture
def sender() -> RecordingSender:
    """Whatever is sent, to be looked at."""
    return RecordingSender()


@pytest.fixture
def run(database: Database, sender: RecordingSender) -> Launched:
    """A small run whose first evaluations were sent."""
    return launched(database, sender)
