"""`autolr serve`: the web server alone."""

import signal
import socket
from collections.abc import Callable
from contextlib import ExitStack

from sqlalchemy import make_url

from backend.cli import options
from backend.cli.failure import Failure
from backend.cli.folder_lock import locked
from backend.cli.opening import make_data_folder, open_settings, upgraded_database
from backend.cli.output import note
from backend.settings.settings import Settings


def serve(data_dir: options.DataDir = None, host: options.Host = None, port: options.Port = None) -> None:
    """Start the web server alone; workers run elsewhere (autolr worker)."""
    settings = open_settings(data_dir=data_dir, host=host, port=port)
    with ExitStack() as stack:
        listener = stack.enter_context(listen(settings))
        if make_url(settings.database_url).get_backend_name() == "sqlite":
            # Any number of servers share a PostgreSQL, but a data folder belongs to one.
            stack.enter_context(locked(make_data_folder(settings), address(settings, listener)))
        stack.enter_context(upgraded_database(settings))
        serve_until_interrupted(settings, listener, lambda: announce(settings, listener))


def listen(settings: Settings) -> socket.socket:
    """Return a socket that listens at the settings' address; `Failure` if that is taken."""
    try:
        family, *_ = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        reason = str(error.strerror).partition(" (")[0]
        raise Failure(
            f"Cannot listen on {settings.host}, port {settings.port}: {reason}. Is another program using it? "
            "Choose another port with --port (0: any free one) or AUTOLR_PORT."
        ) from None


def address(settings: Settings, listener: socket.socket) -> str:
    """Return the address for a browser on this machine."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}
    host = everywhere.get(settings.host, settings.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"


def announce(settings: Settings, listener: socket.socket) -> None:
    """Say where the server is."""
    note(f"AutoLR is at [bold]{address(settings, listener)}[/bold] (Ctrl-C ends it).")


def serve_until_interrupted(settings: Settings, listener: socket.socket, on_ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM."""
    # Here, because the web's libraries take as long to import as all others together: no other command need wait.
    from backend.app.main import create_app
    from backend.app.server import make_server

    server = make_server(create_app(settings), settings)
    # uvicorn ends on both signals, and afterwards raises them again for whoever handled them before.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    on_ready()
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        note("Ended.")


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
