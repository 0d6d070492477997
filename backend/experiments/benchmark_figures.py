"""The figures of a benchmark on one of its problems: the same for API, page and report."""

from plotly.graph_objects import Figure
from sqlalchemy.orm import Session

from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_figure_data import contender_curves, contender_trials, transfer_rows
from backend.experiments.benchmark_trials import scored_part
from backend.experiments.benchmark_tuning_data import contender_importances, contender_tunings
from backend.figures.contenders import curves_figure, trials_figure
from backend.figures.importance import importance_figure
from backend.figures.transfer import transfer_figure
from backend.figures.tuning_history import tuning_history_figure
from backend.problems.catalogue import get_problem
from backend.store.tables import Benchmark


def trials_on(session: Session, benchmark: Benchmark, problem: str) -> Figure:
    """Draw the scores of all trials of the first round, a box with points a contender."""
    declared = ResolvedBenchmark.of_json(benchmark.configuration).declaration
    part = scored_part(declared, get_problem(problem))
    return trials_figure(contender_trials(session, benchmark, problem), f"accuracy on the {part} part")


def curves_on(session: Session, benchmark: Benchmark, problem: str) -> Figure:
    """Draw mean accuracy, loss and rate by epoch in bands of a standard deviation: the finalists, the best rivals."""
    found = contender_curves(session, benchmark, problem)
    return curves_figure(found.contenders, found.accuracy)


def tuning_on(session: Session, benchmark: Benchmark, problem: str) -> Figure:
    """Draw every contender's tuning: each score by its number, the best so far; empty where nobody is tuned."""
    tuning = ResolvedBenchmark.of_json(benchmark.configuration).declaration.tuning
    part = tuning.score if tuning else "validation"
    return tuning_history_figure(contender_tunings(session, benchmark, problem), f"{part} accuracy")


def importance_on(session: Session, benchmark: Benchmark, problem: str) -> Figure:
    """Draw which constants mattered for each contender's score, or say why nobody knows."""
    return importance_figure(contender_importances(session, benchmark, problem))


def transfer(session: Session, benchmark: Benchmark) -> Figure:
    """Draw what every contender reaches on every problem; empty where there is but one."""
    problems = ResolvedBenchmark.of_json(benchmark.configuration).declaration.problems
    return transfer_figure(problems, transfer_rows(session, benchmark))
