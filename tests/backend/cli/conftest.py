from collections.abc import Iterator
from contextlib import closing

import pytest

from backend.store.database import Database
from tests.backend.cli.programs import Program
from tests.backend.experiments.farm import Farm, order


@pytest.fixture
def autolr(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program; its tables are as wide as they like."""
    monkeypatch.setenv("COLUMNS", "200")
    return Program(capsys)


@pytest.fixture
def farm(sqlite_url: str) -> Iterator[Farm]:
    """Pretended workers on the database of the test's data folder."""
    with closing(Database(sqlite_url)) as database:
        yield Farm(database)


@pytest.fixture
def finished_run(farm: Farm) -> int:
    """The id of a run that has ended."""
    launched = farm.launch(order(name="An experiment"))
    farm.work()
    return launched.runs[0].id
