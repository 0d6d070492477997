"""Numbers for Prometheus: states counted when they are asked for, durations as requests go by."""

import time
from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.store import workers
from backend.store.database import Database
from backend.store.evaluations import EvaluationState
from backend.store.run_summaries import counts_by_state
from backend.store.runs import RunState


class Metrics:
    """The metrics of one app; each app has a registry of its own."""

    def __init__(self, database: Database) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_States(database))
        self._durations = Histogram(
            "autolr_request_duration_seconds",
            "Time from a request to the start of its reply.",
            ("operation", "method", "status"),
            registry=self._registry,
        )

    def observe(self, operation: str, method: str, status: int, seconds: float) -> None:
        """Note that a request was answered."""
        self._durations.labels(operation, method, str(status)).observe(seconds)

    def response(self) -> Response:
        """Return all numbers in Prometheus's text format."""
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)


class _States(Collector):
    """Counts runs, evaluations and workers in the database whenever it is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> Iterator[Metric]:
        """Name nothing in advance: the registry must not ask a database that is not there yet."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Count."""
        with self._database.read() as session:
            runs, evaluations = counts_by_state(session)
            alive = workers.count_alive(session)
        yield _by_state("autolr_runs", "Runs by state.", runs, RunState)
        yield _by_state("autolr_evaluations", "Evaluations by state.", evaluations, EvaluationState)
        yield GaugeMetricFamily("autolr_workers_alive", "Worker slots heard of lately.", value=alive)


def _by_state(
    name: str, words: str, counts: dict[str, int], states: type[RunState] | type[EvaluationState]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, words, labels=("state",))
    for state in states:
        family.add_metric((state.value,), counts.get(state.value, 0))
    return family


class RequestDurations:
    """Measures how long requests take, by operation: addresses hold ids and would be too many."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer and measure."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def send_and_measure(message: Message) -> None:
            if message["type"] == "http.response.start":
                operation = getattr(scope.get("route"), "name", "none")
                self._metrics.observe(operation, scope["method"], message["status"], time.perf_counter() - begun)
            await send(message)

        await self._app(scope, receive, send_and_measure)
