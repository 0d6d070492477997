import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.backend.experiments.contest import contest, finished
from tests.backend.experiments.farm import order
from tests.backend.serving import Serving

EVENTS = "/api/v1/events"


def _events(reply: httpx.Response) -> Iterator[dict[str, Any]]:
    """Yield the events of a stream: name, id, data."""
    fields: dict[str, str] = {}
    for line in reply.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield {"event": fields["event"], "id": int(fields["id"]), "data": json.loads(fields["data"])}
            fields = {}


def _until(events: Iterator[dict[str, Any]], kind: str, run_id: int) -> list[dict[str, Any]]:
    found = []
    for event in events:
        found.append(event)
        if event["event"] == kind and event["data"]["run_id"] == run_id and event["data"].get("state") != "stopping":
            break
    return found


def test_a_watcher_is_connected_before_anything_happens(served: Serving) -> None:
    with served.client.stream("GET", EVENTS) as reply:
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith("text/event-stream")
        assert reply.headers["cache-control"] == "no-cache"
        assert next(reply.iter_lines()) == ": connected"


def test_a_whole_run_is_told_in_order(served: Serving) -> None:
    with served.client.stream("GET", EVENTS) as reply:
        events = _events(reply)
        run_id = served.evolved(order()).runs[0].id
        told = _until(events, "run.state_changed", run_id)
    kinds = [event["event"] for event in told]
    assert kinds[0] == "run.created"
    assert kinds.count("generation.completed") == 4
    assert {"evaluation.started", "evaluation.finished"} <= set(kinds)
    assert [event["id"] for event in told] == sorted({event["id"] for event in told})
    assert told[-1]["data"] == {"run_id": run_id, "benchmark_id": None, "state": "finished"}


def test_a_watcher_that_comes_back_is_told_exactly_what_it_missed(served: Serving) -> None:
    run_id = served.evolved(order()).runs[0].id
    with served.client.stream("GET", EVENTS, headers={"Last-Event-ID": "0"}) as reply:
        whole = _until(_events(reply), "run.state_changed", run_id)
    for place in (0, len(whole) // 2, len(whole) - 2):
        headers = {"Last-Event-ID": str(whole[place]["id"])}
        with served.client.stream("GET", EVENTS, headers=headers) as reply:
            assert _until(_events(reply), "run.state_changed", run_id) == whole[place + 1 :]


def test_one_run_can_be_watched_alone(served: Serving) -> None:
    first = served.evolved(order()).runs[0].id
    second = served.evolved(order(seed=8)).runs[0].id
    with served.client.stream("GET", f"{EVENTS}?run_id={second}", headers={"Last-Event-ID": "0"}) as reply:
        told = _until(_events(reply), "run.state_changed", second)
    assert {event["data"]["run_id"] for event in told} == {second}
    assert first != second


@pytest.mark.parametrize("last", ["x", "-1", str(2**64)])
def test_a_last_event_id_that_is_none_is_refused(served: Serving, last: str) -> None:
    reply = served.client.get(EVENTS, headers={"Last-Event-ID": last})
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["parameter"] == "last-event-id"


def test_one_benchmark_can_be_watched_alone_and_runs_are_not_told_of_it(served: Serving) -> None:
    benchmark = finished(served.farm, contest())
    run_id = served.evolved(order()).runs[0].id
    with served.client.stream("GET", f"{EVENTS}?run_id={run_id}", headers={"Last-Event-ID": "0"}) as reply:
        of_run = _until(_events(reply), "run.state_changed", run_id)
    assert {event["data"]["benchmark_id"] for event in of_run} == {None}
    address = f"{EVENTS}?benchmark_id={benchmark.id}"
    with served.client.stream("GET", address, headers={"Last-Event-ID": "0"}) as reply:
        told = []
        for event in _events(reply):
            told.append(event)
            if event["event"] == "benchmark.state_changed":
                break
    assert told[0]["event"] == "benchmark.created"
    assert {event["data"]["benchmark_id"] for event in told} == {benchmark.id}
    assert served.client.get(f"{EVENTS}?benchmark_id=17").status_code == 404


def test_a_run_that_does_not_exist_cannot_be_watched(served: Serving) -> None:
    assert served.client.get(f"{EVENTS}?run_id=17").status_code == 404


def test_a_silent_stream_is_kept_alive(served: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fastapi.routing._PING_INTERVAL", 0.05)
    with served.client.stream("GET", EVENTS) as reply:
        lines = (line for line in reply.iter_lines() if line.startswith(":"))
        assert [next(lines) for _ in range(3)] == [": connected", ": ping", ": ping"]
