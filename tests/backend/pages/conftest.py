import shutil
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from backend.settings.settings import Settings, load_settings
from tests.backend.served import served
from tests.backend.serving import Serving
from tests.conftest import free_port

__all__ = ["served"]

# The machine has no GPU, the tests no business on the network.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--no-first-run", "--disable-sync"]  # fmt: skip


@pytest.fixture
def serving_settings(sqlite_url: str) -> Settings:
    """Settings of a server whose reconciler leaves the tests alone."""
    return load_settings(database_url=sqlite_url, port=free_port(), reconcile_seconds=3600.0)


@pytest.fixture
def client(served: Serving) -> httpx.Client:
    """A client that asks for pages, as a browser does."""
    served.client.headers["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
    return served.client


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, served: Serving) -> Iterator[Page]:
    """A tab; whatever goes wrong in a script fails the test."""
    context = browser.new_context(base_url=str(served.client.base_url), viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    thrown: list[str] = []
    tab.on("pageerror", lambda error: thrown.append(str(error)))
    yield tab
    context.close()
    assert not thrown
