"""Live: what changed, as server-sent events."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from backend.api.existing import existing_benchmark, existing_run
from backend.api.failures import failures
from backend.api.feed import FeedEvent
from backend.api.parameters import LARGEST_ID
from backend.api.services import UsesDatabase, UsesServices

router = APIRouter(tags=["events"])

_STREAM = {
    "content": {
        "text/event-stream": {
            "example": 'event: generation.completed\ndata: {"run_id": 1, "generation": 3}\nid: 57\n\n',
        }
    }
}

# How long a browser waits before it connects again.
RETRY_MILLISECONDS = 2000


def _watched_run(
    database: UsesDatabase,
    run_id: Annotated[
        int | None,
        Query(ge=1, le=LARGEST_ID, description="only events of this run, and those of no single run or benchmark"),
    ] = None,
) -> int | None:
    """Return the run to watch, or None for all; checked before the stream begins, while there can be an error."""
    if run_id is not None:
        with database.read() as session:
            existing_run(session, run_id)
    return run_id


def _watched_benchmark(
    database: UsesDatabase,
    benchmark_id: Annotated[
        int | None,
        Query(
            ge=1, le=LARGEST_ID, description="only events of this benchmark, and those of no single run or benchmark"
        ),
    ] = None,
) -> int | None:
    """Return the benchmark to watch, or None for all; checked before the stream begins."""
    if benchmark_id is not None:
        with database.read() as session:
            existing_benchmark(session, benchmark_id)
    return benchmark_id


@router.get("/events", response_class=EventSourceResponse, responses={200: _STREAM, **failures(404)})
async def watch_events(
    services: UsesServices,
    run_id: Annotated[int | None, Depends(_watched_run)],
    benchmark_id: Annotated[int | None, Depends(_watched_benchmark)],
    last_event_id: Annotated[
        int | None, Header(ge=0, le=LARGEST_ID, description="the id of the last event seen, to miss none")
    ] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Watch what changes: `run.created`, `run.state_changed`, `generation.completed`, `evaluation.started`,
    `evaluation.progressed`, `evaluation.finished`, `proof.changed`, `worker.changed`,
    `benchmark.created`, `benchmark.phase_changed`, `benchmark.state_changed`.

    An event's data says which run, benchmark, generation, evaluation or worker has changed; ask for that again.
    """
    # Sent at once, so that the client knows that it is connected before anything has happened.
    yield ServerSentEvent(comment="connected", retry=RETRY_MILLISECONDS)
    async for event in services.feed.watch(after=last_event_id, run_id=run_id, benchmark_id=benchmark_id):
        yield _as_sent(event)


def _as_sent(event: FeedEvent) -> ServerSentEvent:
    data = {"run_id": event.run_id, "benchmark_id": event.benchmark_id, **event.payload}
    return ServerSentEvent(id=str(event.id), event=event.kind, data=data)
