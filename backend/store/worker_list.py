"""Workers with what they do, for those who look on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from backend.store.clock import now
from backend.store.tables import Evaluation, Worker
from backend.store.workers import SILENCE_SECONDS

# Slots that were silent for longer are of no interest any more.
SHOWN_SECONDS = 86_400.0


@dataclass(frozen=True)
class SeenWorker:
    """A worker slot, whether it was heard of lately, and the evaluation it holds."""

    worker: Worker
    alive: bool
    evaluation_id: int | None
    # Whose it is: a run's or a benchmark's.
    run_id: int | None
    benchmark_id: int | None


def worker_list(session: Session) -> Sequence[SeenWorker]:
    """Return the slots heard of within a day, by name."""
    holds = and_(Evaluation.owner == Worker.name, Evaluation.state == "running", Evaluation.lease_expires_at >= now())
    rows = session.execute(
        select(
            Worker, Worker.seen_at >= now() - SILENCE_SECONDS, Evaluation.id, Evaluation.run_id, Evaluation.benchmark_id
        )
        .outerjoin(Evaluation, holds)
        .where(Worker.seen_at >= now() - SHOWN_SECONDS)
        .order_by(Worker.name, Evaluation.id)
    )
    # A slot trains one evaluation at a time; were there two, the newer is the one.
    newest = {row[0].name: SeenWorker(row[0], bool(row[1]), *row[2:]) for row in rows}
    return list(newest.values())
