"""The files that pages load."""

import httpx
import pytest

from backend.pages.assets import plotly_url, static_url


@pytest.mark.parametrize("path", [f"{static_url()}/run.js", f"{static_url()}/style/page.css", plotly_url()])
def test_a_file_is_kept_for_good_because_its_address_changes_with_its_content(client: httpx.Client, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 200
    assert "immutable" in reply.headers["cache-control"]


def test_scripts_are_sent_as_scripts_since_browsers_refuse_modules_of_any_other_type(client: httpx.Client) -> None:
    for path in (f"{static_url()}/runs.js", plotly_url()):
        assert client.get(path).headers["content-type"].startswith("text/javascript")


def test_plotly_comes_from_the_installed_package(client: httpx.Client) -> None:
    assert "plotly.js v" in client.get(plotly_url()).text[:500]


@pytest.mark.parametrize(
    "path", ["/static/0123456789abcdef/run.js", f"{static_url()}/none.js", f"{static_url()}/../pages"]
)
def test_a_file_that_does_not_exist_is_not_found_and_not_cached(client: httpx.Client, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert "immutable" not in reply.headers.get("cache-control", "")
