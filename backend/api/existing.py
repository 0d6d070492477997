"""What an address names, or 404."""

from sqlalchemy.orm import Session

from backend.experiments.errors import NotFound
from backend.store import benchmarks, lists
from backend.store.lists import IndividualWithBehaviour, RunInExperiment
from backend.store.tables import Benchmark


def existing_run(session: Session, run_id: int) -> RunInExperiment:
    """Return the run with its experiment; `NotFound` if there is none."""
    found = lists.run_in_experiment(session, run_id)
    if found is None:
        raise NotFound("run", run_id)
    return found


def existing_individual(session: Session, individual_id: int) -> IndividualWithBehaviour:
    """Return the individual and what it does; `NotFound` if there is none."""
    found = lists.individual_with_behaviour(session, individual_id)
    if found is None:
        raise NotFound("individual", individual_id)
    return found


def existing_benchmark(session: Session, benchmark_id: int) -> Benchmark:
    """Return the benchmark; `NotFound` if there is none."""
    found = benchmarks.get(session, benchmark_id)
    if found is None:
        raise NotFound("benchmark", benchmark_id)
    return found
