"""The server: uvicorn, told to let go of those who watch before it waits for them."""

import socket

import uvicorn
from fastapi import FastAPI

from backend.api.services import Services
from backend.settings.settings import Settings

# Replies that are still being sent when the server ends get so long.
GRACE_SECONDS = 5


class Server(uvicorn.Server):
    """Ends the streams of events first: they are replies that never end by themselves."""

    def __init__(self, config: uvicorn.Config, services: Services) -> None:
        super().__init__(config)
        self._services = services

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self._services.feed.close()
        await super().shutdown(sockets)


def make_server(app: FastAPI, settings: Settings) -> Server:
    """Return the server of the app at the settings' address; `run()` serves until Ctrl-C."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return Server(config, app.state.services)
