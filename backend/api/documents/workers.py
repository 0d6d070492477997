"""Workers as the API shows them."""

from datetime import datetime

from pydantic import Field

from backend.api.documents.document import Document, moment, with_example
from backend.store.worker_list import SeenWorker


class TrainedNow(Document):
    """What a worker slot is training."""

    id: int = Field(description="the evaluation")
    run_id: int | None = Field(description="null where a benchmark wants it")
    benchmark_id: int | None


class WorkerDocument(Document):
    """One worker slot: one process that trains one evaluation at a time."""

    model_config = with_example(
        {
            "name": "box-1",
            "host": "box",
            "pid": 4711,
            "queue": "cpu",
            "alive": True,
            "seen_at": "2026-01-05T10:00:10Z",
            "problems": {
                "mnist-1d": None,
                "fashion-mnist": "the data set was not found; install it or allow downloads",
            },
            "evaluation": {"id": 61, "run_id": 1, "benchmark_id": None},
        }
    )

    name: str
    host: str
    pid: int
    queue: str
    alive: bool = Field(description="whether it was heard of lately")
    seen_at: datetime
    problems: dict[str, str | None] = Field(description="null: it can load the problem's data; else why not")
    evaluation: TrainedNow | None


def worker_document(seen: SeenWorker) -> WorkerDocument:
    """Return a worker slot with what it trains."""
    worker = seen.worker
    trains = seen.alive and seen.evaluation_id is not None
    return WorkerDocument(
        name=worker.name,
        host=worker.host,
        pid=worker.pid,
        queue=worker.queue,
        alive=seen.alive,
        seen_at=moment(worker.seen_at),
        problems=worker.problems,
        evaluation=_trained(seen) if trains else None,
    )


def _trained(seen: SeenWorker) -> TrainedNow:
    return TrainedNow(id=seen.evaluation_id, run_id=seen.run_id, benchmark_id=seen.benchmark_id)
