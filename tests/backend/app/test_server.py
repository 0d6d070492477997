import time

from tests.backend.serving import Serving


def test_ctrl_c_ends_the_server_at_once_though_streams_are_open(served: Serving) -> None:
    with (
        served.client.stream("GET", "/api/v1/events") as first,
        served.client.stream("GET", "/api/v1/events", headers={"Last-Event-ID": "0"}) as second,
    ):
        lines = [first.iter_lines(), second.iter_lines()]
        assert [next(each) for each in lines] == [": connected", ": connected"]
        begun = time.monotonic()
        served.end()
        # A stream that is ended, not cut: its last chunk arrives, else the client raises here.
        for each in lines:
            list(each)
    assert time.monotonic() - begun < 3
