"""Recover from whatever was lost: messages, workers, processes that died between two transactions.

Any process may run it at any time, any number at once.
"""

from sqlalchemy.orm import Session

from backend.dispatch.sender import Sender
from backend.experiments.advance import advance_run
from backend.experiments.benchmark_advance import advance_benchmark
from backend.experiments.benchmark_begin import begin_benchmarks
from backend.experiments.claim import Held
from backend.experiments.design import design_of
from backend.experiments.proving import recover_proofs
from backend.experiments.record import record
from backend.experiments.settle import settle, settle_baseline
from backend.problems.result import EvaluationResult
from backend.store import benchmarks, evaluations, experiments, individuals, proofs, runs, workers
from backend.store.database import Database
from backend.store.tables import Evaluation

# A message that was sent this long ago, while a worker idles and no message waits for one, must have been lost.
LOST_IF_IDLE_SECONDS = 5.0
# Else messages just wait their turn; they are repeated rarely, in case the queue was emptied. A worker that finds out
# what is to be trained next looks idle and is not.
LOST_IF_BUSY_SECONDS = 3600.0


def recover(database: Database, sender: Sender) -> int:
    """Send again what is due and advance what can be; return how many evaluations were sent."""
    nothing_waits = sender.waiting() == 0
    with database.write() as session:
        for evaluation in evaluations.lost(session):
            _give_up_or_back(session, evaluation)
        patience = _patience(session, nothing_waits=nothing_waits)
        due = list(evaluations.unsent(session, patience))
        evaluations.mark_sent(session, due)
        due_proofs = recover_proofs(session, patience)
    sender.send(due)
    sender.send_proofs(due_proofs)
    with database.read() as session:
        active, running = runs.active_ids(session), benchmarks.running_ids(session)
    continued = sum(_continue(database, sender, run_id) for run_id in active)
    begun = begin_benchmarks(database, sender)
    advanced = sum(advance_benchmark(database, sender, benchmark_id) for benchmark_id in running)
    return len(due) + len(due_proofs) + continued + begun + advanced


def _give_up_or_back(session: Session, evaluation: Evaluation) -> None:
    """Make an evaluation whose lease ran out pending again, or fail it if that has happened too often."""
    held = Held(evaluation.id, evaluation.run_id, evaluation.benchmark_id, evaluation.attempt)
    message = f"The worker {evaluation.owner} was lost while it trained, as were {evaluation.attempt - 1} before it."
    record(session, held, EvaluationResult.failed("lost", message))


def _patience(session: Session, *, nothing_waits: bool) -> float:
    """Return for how many seconds a message may be on its way."""
    idle = workers.count_alive(session) > evaluations.count_running(session) + proofs.count_running(session)
    return LOST_IF_IDLE_SECONDS if idle and nothing_waits else LOST_IF_BUSY_SECONDS


def _continue(database: Database, sender: Sender, run_id: int) -> int:
    """Settle and advance a run as far as its finished evaluations allow."""
    with database.write() as session:
        new = _settle_all(session, run_id)
    sender.send(new)
    return len(new) + advance_run(database, sender, run_id)


def _settle_all(session: Session, run_id: int) -> list[int]:
    """Settle whoever waits for nothing but this."""
    run = runs.lock(session, run_id)
    if run is None or not runs.is_active(run):
        return []
    design = design_of(experiments.of_run(session, run))
    waiting = individuals.waiting_for_nothing(session, run.id, run.generation)
    new = [to_send for individual in waiting for to_send in settle(session, design, run, individual)]
    return new + [
        to_send for label in design.evolved.baselines for to_send in settle_baseline(session, design, run, label)
    ]
