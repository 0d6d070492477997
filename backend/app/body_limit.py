"""A limit to the size of bodies. The framework's own answers with plain text; this one with an error document."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api.errors import ErrorResponse


class BodyLimit:
    """Refuses bodies of more than `largest` bytes: announced ones at once, others as soon as they have grown so far.

    `larger` has the limits of single paths.
    """

    def __init__(self, app: ASGIApp, largest: int, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._largest = largest
        self._larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, unless there is too much to read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        largest = self._larger.get(scope["path"], self._largest)
        if _announced(scope) > largest:
            detail = f"The body is too large; {largest:,} bytes are allowed."
            await ErrorResponse(413, "content-too-large", detail)(scope, receive, send)
        else:
            await self._app(scope, self._limited(receive, largest), send)

    @staticmethod
    def _limited(receive: Receive, largest: int) -> Receive:
        read = 0

        async def receive_limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > largest:
                # Whoever reads the body is inside the app, whose handler makes a document of this.
                raise HTTPException(413)
            return message

        return receive_limited


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdecimal() else 0
