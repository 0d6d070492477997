"""Figures of benchmarks: Plotly's JSON, sent only if it changed."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from plotly.graph_objects import Figure
from sqlalchemy.orm import Session

from backend.api.documents.errors import Fault
from backend.api.errors import RequestError
from backend.api.existing import existing_benchmark
from backend.api.parameters import BenchmarkId
from backend.api.routes.figures import FIGURE_RESPONSES, sent
from backend.api.services import UsesDatabase
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_figures import curves_on, importance_on, transfer, trials_on, tuning_on
from backend.experiments.configuration import Text
from backend.store.database import Database
from backend.store.tables import Benchmark

router = APIRouter(prefix="/benchmarks", tags=["figures"])

OnProblem = Annotated[
    Text | None, Query(max_length=100, description="one of the benchmark's problems; empty: the first")
]


@router.get("/{benchmark_id}/figures/trials", response_class=Response, responses=FIGURE_RESPONSES)
def get_benchmark_trials_figure(
    benchmark_id: BenchmarkId, database: UsesDatabase, request: Request, problem: OnProblem = None
) -> Response:
    """Draw the scores of all trials of the first round, a box with points a contender."""
    return _drawn(trials_on, database, request, benchmark_id, problem)


@router.get("/{benchmark_id}/figures/curves", response_class=Response, responses=FIGURE_RESPONSES)
def get_benchmark_curves_figure(
    benchmark_id: BenchmarkId, database: UsesDatabase, request: Request, problem: OnProblem = None
) -> Response:
    """Draw mean accuracy, loss and rate by epoch in bands of a standard deviation: the finalists, the best rivals."""
    return _drawn(curves_on, database, request, benchmark_id, problem)


@router.get("/{benchmark_id}/figures/tuning", response_class=Response, responses=FIGURE_RESPONSES)
def get_benchmark_tuning_figure(
    benchmark_id: BenchmarkId, database: UsesDatabase, request: Request, problem: OnProblem = None
) -> Response:
    """Draw every contender's tuning: each score by its number and the best so far; empty where nobody is tuned."""
    return _drawn(tuning_on, database, request, benchmark_id, problem)


@router.get("/{benchmark_id}/figures/importance", response_class=Response, responses=FIGURE_RESPONSES)
def get_benchmark_importance_figure(
    benchmark_id: BenchmarkId, database: UsesDatabase, request: Request, problem: OnProblem = None
) -> Response:
    """Draw which constants mattered for each contender's score in its tuning (PED-ANOVA), or say why nobody knows."""
    return _drawn(importance_on, database, request, benchmark_id, problem)


@router.get("/{benchmark_id}/figures/transfer", response_class=Response, responses=FIGURE_RESPONSES)
def get_benchmark_transfer_figure(benchmark_id: BenchmarkId, database: UsesDatabase, request: Request) -> Response:
    """Draw what every contender reaches on every problem; empty where there is but one."""
    with database.read() as session:
        return sent(request, transfer(session, existing_benchmark(session, benchmark_id)))


def _drawn(
    draw: Callable[[Session, Benchmark, str], Figure],
    database: Database,
    request: Request,
    benchmark_id: int,
    problem: str | None,
) -> Response:
    with database.read() as session:
        benchmark = existing_benchmark(session, benchmark_id)
        return sent(request, draw(session, benchmark, _problem(benchmark, problem)))


def _problem(benchmark: Benchmark, wanted: str | None) -> str:
    known = ResolvedBenchmark.of_json(benchmark.configuration).declaration.problems
    if wanted is not None and wanted not in known:
        detail = f"is {wanted!r}; this benchmark has {', '.join(known)}"
        raise RequestError(422, "invalid-request", f"problem {detail}", (Fault(parameter="problem", detail=detail),))
    return wanted or known[0]
