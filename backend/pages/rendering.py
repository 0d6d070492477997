"""One page as a reply: its template, what every template may use, and the headers that fence it in."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.pages.assets import plotly_url, static_url
from backend.settings.resources import TEMPLATES

# Scripts come from files of this server only. Plotly writes style attributes and exports through blobs and data.
_FENCE = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _FENCE,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # The shell names the files of this version; the browser asks each time whether it is still this one.
    "Cache-Control": "no-cache",
}

# (path, word) in the order of the head.
NAVIGATION = (
    ("/", "Runs"),
    ("/launch", "Launch"),
    ("/benchmarks", "Benchmarks"),
    ("/problems", "Problems"),
    ("/grammars", "Grammars"),
    ("/workers", "Workers"),
    ("/settings", "Settings"),
)

_environment = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def render(
    request: Request, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HTMLResponse:
    """Return the page that `template` draws."""
    html = _environment.get_template(template).render(
        path=request.url.path,
        navigation=NAVIGATION,
        static=static_url(),
        plotly=plotly_url(),
        **(context or {}),
    )
    return HTMLResponse(html, status_code=status, headers=_HEADERS)
