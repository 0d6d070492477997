"""What a user may do to a benchmark: cancel it."""

from sqlalchemy.orm import Session

from backend.experiments.errors import NotFound, WrongState
from backend.store import benchmarks, trials
from backend.store.benchmarks import BenchmarkState
from backend.store.tables import Benchmark


def cancel_benchmark(session: Session, benchmark_id: int) -> Benchmark:
    """End the benchmark now; what is being trained is given up, finished trials are kept, no verdict is given."""
    benchmark = benchmarks.lock(session, benchmark_id)
    if benchmark is None:
        raise NotFound("benchmark", benchmark_id)
    if benchmark.state not in (BenchmarkState.WAITING, BenchmarkState.RUNNING):
        raise WrongState(f"Benchmark {benchmark_id} cannot be cancelled: it is {benchmark.state} already.")
    trials.cancel_all(session, benchmark_id)
    benchmarks.end(session, benchmark, BenchmarkState.CANCELLED)
    return benchmark
