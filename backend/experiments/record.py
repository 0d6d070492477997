"""Record the result of a training, once; and whatever follows from it, each step in a transaction of its own."""

from sqlalchemy.orm import Session

from backend.dispatch.sender import Sender
from backend.experiments.advance import advance_run
from backend.experiments.benchmark_advance import advance_benchmark
from backend.experiments.benchmark_begin import begin_benchmarks
from backend.experiments.claim import Held
from backend.experiments.settle import settle_requesters
from backend.problems.result import EvaluationResult
from backend.store import evaluations, events
from backend.store.database import Database
from backend.store.leases import may_try_again

RETRIED = ("timeout", "lost")


def record(session: Session, claimed: Held, result: EvaluationResult, taken_from: int | None = None) -> bool:
    """Store the result; False, and nothing changed, if the evaluation is no longer this attempt's.

    `taken_from` is the evaluation that was trained, where this one was not.
    """
    if result.reason in RETRIED and may_try_again(claimed.attempt):
        return evaluations.give_back(session, claimed.evaluation_id, claimed.attempt)
    recorded = evaluations.finish(
        session,
        claimed.evaluation_id,
        claimed.attempt,
        score=result.score,
        reason=result.reason,
        message=result.message,
        result=result.to_json(),
        taken_from=taken_from,
    )
    if recorded:
        events.announce(
            session,
            "evaluation.finished",
            claimed.run_id,
            benchmark_id=claimed.benchmark_id,
            evaluation_id=claimed.evaluation_id,
            score=result.score,
            reason=result.reason,
        )
    return recorded


def continue_after(database: Database, sender: Sender, claimed: Held) -> None:
    """Settle who asked for a recorded evaluation, then advance its run or benchmark; begin what waited for the run.

    Each in a transaction of its own. Whoever dies in between is stood in for by the reconciler.
    """
    with database.write() as session:
        new = settle_requesters(session, claimed.evaluation_id)
    sender.send(new)
    if claimed.run_id is not None:
        advance_run(database, sender, claimed.run_id)
        begin_benchmarks(database, sender)
    if claimed.benchmark_id is not None:
        advance_benchmark(database, sender, claimed.benchmark_id)
