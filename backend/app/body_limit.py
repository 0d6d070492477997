"""A limit to the size of bodies. The framework's own answers with plain text; this one with an error document."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api.errors import ErrorResponse


class BodyLimit:
    """Refuses bodies of more than `largest` bytes: announced ones at once, others as soon as they have grown so far."""

    def __init__(self, app: ASGIApp, largest: int) -> None:
        self._app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, unless there is too much to read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _announced(scope) > self._largest:
            detail = f"The body is too large; {self._largest:,} bytes are allowed."
            await ErrorResponse(413, "content-too-large", detail)(scope, receive, send)
        else:
            await self._app(scope, self._limited(receive), send)

    def _limited(self, receive: Receive) -> Receive:
        read = 0

        async def receive_limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._largest:
                # Whoever reads the body is inside the app, whose handler makes a document of this.
                raise HTTPException(413)
            return message

        return receive_limited


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdecimal() else 0
