"""What every page has."""

import re

import httpx
import pytest

from backend.pages.assets import static_url
from backend.pages.rendering import NAVIGATION
from backend.settings.resources import STATIC

PATHS = [path for path, _word in NAVIGATION]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_names_the_language_its_title_and_where_in_the_head_it_is(client: httpx.Client, path: str) -> None:
    text = client.get(path).text
    assert '<html lang="en">' in text
    assert re.search(r"<title>\w+ · AutoLR</title>", text)
    assert text.count('aria-current="page"') == 1


@pytest.mark.parametrize("path", PATHS)
def test_a_page_runs_scripts_of_this_server_alone_and_cannot_be_framed(client: httpx.Client, path: str) -> None:
    reply = client.get(path)
    fence = reply.headers["content-security-policy"]
    assert "default-src 'self'" in fence
    assert "frame-ancestors 'none'" in fence
    assert not re.search(r"<script(?![^>]* src=)|\son\w+=|https?://", reply.text)


@pytest.mark.parametrize("path", PATHS)
def test_every_file_that_a_page_names_exists(client: httpx.Client, path: str) -> None:
    named = re.findall(rf'{static_url()}/([^"]+)"', client.get(path).text)
    assert named
    assert all((STATIC / name).is_file() for name in named)
