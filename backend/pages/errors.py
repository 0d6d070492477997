"""Errors as pages: what the API would answer as a document, drawn for a person whose browser asked for a page."""

import inspect
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from backend.pages.rendering import render

Handler = Callable[[Request, Any], Response | Awaitable[Response]]

_TITLES = {404: "Not found", 422: "Not understood", 503: "Not available"}


def install_error_pages(app: FastAPI) -> None:
    """Let every error handler that the app has by now answer browsers with a page; programs get what they got."""
    for kind, handler in list(app.exception_handlers.items()):
        app.add_exception_handler(kind, _with_page(handler))


def _with_page(handler: Handler) -> Handler:
    async def answer(request: Request, error: Any) -> Response:
        answered = handler(request, error)
        document = await answered if inspect.isawaitable(answered) else answered
        return _page(request, document) if _wants_page(request) else document

    return answer


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(("/api/", "/static/"))


def _page(request: Request, document: Response) -> Response:
    status = document.status_code
    title = _TITLES.get(status, HTTPStatus(status).phrase.capitalize())
    return render(request, "message.html", {"title": title, "status": status, "detail": _detail(document)}, status)


def _detail(document: Response) -> str:
    """Return the one sentence of a problem document; a fitting one for whatever is none."""
    try:
        detail = json.loads(bytes(document.body)).get("detail")
    except (ValueError, AttributeError):
        detail = None
    return detail if isinstance(detail, str) else "This cannot be shown."
