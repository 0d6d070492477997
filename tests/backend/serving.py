"""The real application behind a real server on a free port, its workers pretended."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from backend.app.main import create_app
from backend.app.server import Server, make_server
from backend.experiments.configuration import Order
from backend.experiments.launch import Launched
from backend.settings.settings import Settings
from backend.store.database import Database
from tests.backend.experiments.farm import Farm


@dataclass(frozen=True)
class Serving:
    """A server that answers, a client of it, and the farm that its messages go to."""

    server: Server
    thread: threading.Thread
    client: httpx.Client
    farm: Farm

    def evolved(self, order: Order) -> Launched:
        """Launch an experiment and do all its work."""
        launched = self.farm.launch(order)
        self.farm.work()
        return launched

    def end(self) -> None:
        """Ask the server to end, as Ctrl-C does, and wait until it has."""
        self.server.should_exit = True
        self.thread.join(20)
        assert not self.thread.is_alive(), "the server did not end"


@contextmanager
def serving(settings: Settings) -> Iterator[Serving]:
    """Serve the migrated database of the settings."""
    database = Database(settings.database_url)
    farm = Farm(database)
    server = make_server(create_app(settings, farm.sender), settings)
    # Bound here: a port that is only looked up may be somebody else's a moment later.
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    port = listener.getsockname()[1]
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.005)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
        served = Serving(server, thread, client, farm)
        yield served
        served.end()
    database.close()
