import socket

import pytest

from backend.cli.failure import Failure
from backend.cli.serve import address, listen
from backend.settings.settings import Settings, load_settings


def test_a_port_in_use_is_named_with_the_way_out(settings: Settings) -> None:
    with (
        socket.create_server(("127.0.0.1", settings.port)),
        pytest.raises(Failure, match=f"port {settings.port}: Address already in use.*--port"),
        listen(settings),
    ):
        pass


def test_port_zero_takes_any_free_one_and_the_address_says_which() -> None:
    settings = load_settings(port=0)
    with listen(settings) as listener:
        assert address(settings, listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize(
    ("host", "shown"), [("0.0.0.0", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("localhost", "localhost")]
)
def test_the_address_is_one_that_a_browser_on_this_machine_can_open(host: str, shown: str) -> None:
    settings = load_settings(host=host, port=0)
    with listen(settings) as listener:
        assert address(settings, listener).startswith(f"http://{shown}:")


def test_a_host_that_does_not_exist_is_named() -> None:
    with (
        pytest.raises(Failure, match=r"Cannot listen on no-such-host\.invalid"),
        listen(load_settings(host="no-such-host.invalid")),
    ):
        pass
