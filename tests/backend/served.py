"""What tests of the running application share: its settings, the server, a client, pretended workers."""

from collections.abc import Iterator

import httpx
import pytest

from backend.settings.settings import Settings, load_settings
from tests.backend.experiments.farm import Farm
from tests.backend.serving import Serving, serving


@pytest.fixture
def serving_settings(sqlite_url: str) -> Settings:
    """Settings of a server whose reconciler leaves the tests alone."""
    return load_settings(database_url=sqlite_url, reconcile_seconds=3600.0)


@pytest.fixture
def served(serving_settings: Settings) -> Iterator[Serving]:
    """The real application on an empty database."""
    with serving(serving_settings) as found:
        yield found


@pytest.fixture
def client(served: Serving) -> httpx.Client:
    """A client of it."""
    return served.client


@pytest.fixture
def farm(served: Serving) -> Farm:
    """Its workers, pretended."""
    return served.farm
