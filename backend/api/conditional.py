"""Replies that are sent only if they changed: ETag and If-None-Match (RFC 9110, sections 8.8.3 and 13.1.2)."""

import hashlib

from fastapi import Request
from fastapi.responses import Response


def unless_unchanged(request: Request, body: bytes) -> Response:
    """Return the JSON with its ETag, or 304 without a body where the client has this very content."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    # Weak comparison and revalidation each time: a figure changes whenever its run does.
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if _matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _matches(header: str | None, etag: str) -> bool:
    if header is None:
        return False
    known = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in known or etag in known
