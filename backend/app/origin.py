"""Who may ask: requests to a name of this server, and changes only from its own pages or from programs.

Two attacks of other sites in the user's browser are refused. DNS rebinding (their name points at this address) by the
Host header: loopback names, the address that the connection came in on, and configured names are known. Cross-site
requests by the Origin header, and by asking of every change what a page of another site cannot send without a
preflight: JSON, or a header of our own.
"""

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from backend.api.errors import ErrorResponse

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
READING_METHODS = ("GET", "HEAD", "OPTIONS")


class OwnOrigin:
    """Refuses requests that another site may have caused."""

    def __init__(self, app: ASGIApp, names: Iterable[str] = ()) -> None:
        self._app = app
        self._names = {name.lower() for name in (*LOOPBACK_NAMES, *names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that may be ours; refuse any other."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> ErrorResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._is_known(name_in(host), scope):
            detail = f"This server does not answer to the name {host!r}. AUTOLR_ALLOWED_HOSTS says which names it has."
            return ErrorResponse(400, "unknown-host", detail)
        if scope["method"] in READING_METHODS:
            return None
        if _is_from_elsewhere(headers.get("origin"), host):
            return ErrorResponse(403, "other-origin", "Changes are only taken from this server's own pages.")
        if not _needs_preflight(headers):
            detail = "A request that changes something must carry JSON (Content-Type) or the header X-AutoLR: 1."
            return ErrorResponse(403, "header-missing", detail)
        return None

    def _is_known(self, name: str, scope: Scope) -> bool:
        # Whoever connects to an address and names that address has not been misled by a name.
        address = scope["server"][0] if scope.get("server") else None
        return name in self._names or name == address


def name_in(host: str) -> str:
    """Return the name or address in a Host header, without port and brackets, in lower case."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _is_from_elsewhere(origin: str | None, host: str) -> bool:
    """Whether a browser says that a page of another server sent this. Behind a proxy the scheme may differ."""
    return origin is not None and origin.partition("://")[2].lower() != host.lower()


def _needs_preflight(headers: Headers) -> bool:
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" or "x-autolr" in headers
