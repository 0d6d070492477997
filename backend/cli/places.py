"""Where a run can take place: on the server that holds the data folder, or on parts of this very process."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Protocol
from uuid import uuid4

import httpx

from backend.api.documents.benchmarks import benchmark_detail_document
from backend.api.existing import existing_benchmark
from backend.cli.embedded_workers import embedded_workers
from backend.cli.failure import Failure
from backend.cli.folder_lock import locked
from backend.cli.opening import check_can_train, make_data_folder, upgraded_database
from backend.dispatch.celery_sender import CelerySender
from backend.dispatch.sender import Sender
from backend.experiments.advance import advance_run
from backend.experiments.benchmark_configuration import BenchmarkOrder
from backend.experiments.benchmark_launch import launch_benchmark
from backend.experiments.benchmark_overview import benchmark_detail
from backend.experiments.configuration import Order
from backend.experiments.errors import NotFound, WrongState
from backend.experiments.extend import extend
from backend.experiments.launch import launch
from backend.experiments.progress import run_document
from backend.experiments.request_proof import proofs_of, request_proof
from backend.settings.settings import Settings
from backend.store.database import Database

# A server under load may take a while to breed a large first generation.
_TIMEOUT_SECONDS = 60.0

# Long, and of no use on a line of JSON.
_LEFT_OUT = ("configuration", "fitness_by_generation")


class Place(Protocol):
    """Takes orders and tells how the runs go."""

    def submit(self, order: Order) -> list[int]:
        """Launch the experiment and return the ids of its runs."""

    def extend(self, run_id: int, generations: int) -> None:
        """Let a run that has ended go on."""

    def document(self, run_id: int) -> dict[str, Any]:
        """Return the run as a JSON object."""

    def request_proof(self, individual_id: int, format_name: str) -> None:
        """Ask for the proof of an individual's export."""

    def proof(self, individual_id: int, format_name: str) -> str | None:
        """Return what came of the proof, in a sentence; None while that is not known."""

    def submit_benchmark(self, order: BenchmarkOrder) -> int:
        """Launch the benchmark and return its id."""

    def benchmark(self, benchmark_id: int) -> dict[str, Any]:
        """Return the benchmark with its table and verdicts as a JSON object."""


class Server:
    """The place behind an address."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def submit(self, order: Order) -> list[int]:
        """Launch the experiment there."""
        headers = {"Idempotency-Key": str(uuid4())}
        experiment = self._ask("POST", "/experiments", json=order.model_dump(mode="json"), headers=headers)
        return [run["id"] for run in experiment["runs"]]

    def extend(self, run_id: int, generations: int) -> None:
        """Let the run go on there."""
        self._ask("POST", f"/runs/{run_id}/extend", json={"generations": generations})

    def document(self, run_id: int) -> dict[str, Any]:
        """Return the run as the server tells it."""
        run = self._ask("GET", f"/runs/{run_id}")
        return {name: value for name, value in run.items() if name not in _LEFT_OUT}

    def request_proof(self, individual_id: int, format_name: str) -> None:
        """Ask the server for the proof."""
        self._ask("POST", f"/individuals/{individual_id}/proofs", json={"format": format_name})

    def proof(self, individual_id: int, format_name: str) -> str | None:
        """Return what the server knows of the proof."""
        known = self._ask("GET", f"/individuals/{individual_id}/proofs")["items"]
        text: str | None = next(each["text"] for each in known if each["format"] == format_name)
        return text

    def submit_benchmark(self, order: BenchmarkOrder) -> int:
        """Launch the benchmark there."""
        headers = {"Idempotency-Key": str(uuid4())}
        benchmark = self._ask("POST", "/benchmarks", json=order.model_dump(mode="json"), headers=headers)
        return int(benchmark["id"])

    def benchmark(self, benchmark_id: int) -> dict[str, Any]:
        """Return the benchmark as the server tells it."""
        return self._ask("GET", f"/benchmarks/{benchmark_id}")

    def _ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        try:
            reply = self._client.request(method, path, **request)
            document = reply.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Failure(f"The server at {self._client.base_url} does not answer as it should: {error}") from None
        if reply.is_error:
            raise Failure(document["detail"])
        assert isinstance(document, dict)
        return document


class ThisMachine:
    """The place that is this process and the workers it has started."""

    def __init__(self, database: Database, sender: Sender) -> None:
        self._database = database
        self._sender = sender

    def submit(self, order: Order) -> list[int]:
        """Launch the experiment here."""
        with self._database.write() as session:
            launched = launch(session, order)
            run_ids = [run.id for run in launched.runs]
        self._sender.send(launched.evaluation_ids)
        return run_ids

    def extend(self, run_id: int, generations: int) -> None:
        """Let the run go on here."""
        try:
            with self._database.write() as session:
                resumed = extend(session, run_id, generations)
        except (NotFound, WrongState) as error:
            raise Failure(str(error)) from None
        self._sender.send(resumed)
        advance_run(self._database, self._sender, run_id)

    def document(self, run_id: int) -> dict[str, Any]:
        """Return the run as the database tells it."""
        with self._database.read() as session:
            return run_document(session, run_id)

    def submit_benchmark(self, order: BenchmarkOrder) -> int:
        """Launch the benchmark here."""
        with self._database.write() as session:
            launched = launch_benchmark(session, order)
            benchmark_id = launched.benchmark.id
        self._sender.send(launched.evaluation_ids)
        return benchmark_id

    def benchmark(self, benchmark_id: int) -> dict[str, Any]:
        """Return the benchmark as the database tells it, in the words of the API."""
        with self._database.read() as session:
            detail = benchmark_detail(session, existing_benchmark(session, benchmark_id))
        return benchmark_detail_document(detail).model_dump(mode="json")

    def request_proof(self, individual_id: int, format_name: str) -> None:
        """Ask the workers of this machine for the proof."""
        with self._database.write() as session:
            new = request_proof(session, individual_id, format_name)
        self._sender.send_proofs(new)

    def proof(self, individual_id: int, format_name: str) -> str | None:
        """Return what the database knows of the proof."""
        with self._database.read() as session:
            known = proofs_of(session, individual_id)
        result = next(each.result for each in known if each.format == format_name)
        return result.text if result else None


@contextmanager
def server_at(address: str) -> Iterator[Place]:
    """The server that holds the data folder."""
    with httpx.Client(base_url=f"{address}/api/v1", timeout=_TIMEOUT_SECONDS, trust_env=False) as client:
        yield Server(client)


@contextmanager
def this_machine(settings: Settings) -> Iterator[Place]:
    """The embedded parts, without the web, for as long as the block runs."""
    check_can_train()
    with (
        locked(make_data_folder(settings), None),
        upgraded_database(settings) as database,
        closing(CelerySender(settings)) as sender,
        embedded_workers(settings),
    ):
        yield ThisMachine(database, sender)
