"""What the figures of a benchmark are drawn from, read from the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from sqlalchemy.orm import Session

from backend.benchmarks.curves import Curve, band
from backend.benchmarks.table import rows
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_report import FIRST, curves_of, declaration_of, round_of
from backend.figures.contenders import MOST_CURVES
from backend.figures.values import BandLine, ContenderCurves, ContenderTrials, TransferCell, TransferRow
from backend.problems.catalogue import get_problem
from backend.store import trials
from backend.store.tables import Benchmark


@dataclass(frozen=True)
class CurvesOfProblem:
    """Learning curves, and the part that their accuracy is measured on."""

    accuracy: str
    contenders: list[ContenderCurves]


def contender_trials(session: Session, benchmark: Benchmark, problem: str) -> list[ContenderTrials]:
    """Return the scores of the first round, finalists first, in the order of the declaration."""
    resolved = ResolvedBenchmark.of_json(benchmark.configuration)
    scores = round_of(trials.of_benchmark(session, benchmark.id), FIRST)
    return [
        ContenderTrials(
            resolved.contenders[place].label,
            place in resolved.finalists,
            tuple(score for score in scores.get((problem, place), ()) if score is not None),
        )
        for place in _order(resolved)
    ]


def contender_curves(session: Session, benchmark: Benchmark, problem: str) -> CurvesOfProblem:
    """Return the mean curves of the first round: the finalists', then those of the rivals that scored best."""
    resolved = ResolvedBenchmark.of_json(benchmark.configuration)
    rows = trials.of_benchmark(session, benchmark.id, with_results=True)
    scores = round_of(rows, FIRST)
    measured = "validation" if get_problem(problem).parts.validation else "training"
    quantities = {
        "accuracy": "val_accuracy" if measured == "validation" else "accuracy",
        "loss": "loss",
        "rate": "rate",
    }
    curves = {name: curves_of(rows, quantity) for name, quantity in quantities.items()}

    def mean(place: int) -> float:
        return fmean([score for score in scores.get((problem, place), ()) if score is not None] or [-1.0])

    best_first = sorted(_order(resolved), key=lambda place: (place not in resolved.finalists, -mean(place)))
    drawn = [
        ContenderCurves(
            resolved.contenders[place].label,
            **{name: _line(found.get((problem, place), ())) for name, found in curves.items()},
        )
        for place in best_first[:MOST_CURVES]
    ]
    return CurvesOfProblem(measured, [each for each in drawn if each.accuracy.mean])


def transfer_rows(session: Session, benchmark: Benchmark) -> list[TransferRow]:
    """Return what every contender reaches on every problem in the first round, finalists first."""
    resolved = ResolvedBenchmark.of_json(benchmark.configuration)
    scores = round_of(trials.of_benchmark(session, benchmark.id), FIRST)
    found = {
        (row.problem, row.contender): row.summary for row in rows(declaration_of(resolved, benchmark.seed), scores)
    }
    return [
        TransferRow(
            resolved.contenders[place].label,
            tuple(
                TransferCell(
                    mean=found[problem, place].mean,
                    deviation=found[problem, place].deviation,
                    n=found[problem, place].n,
                    failed=found[problem, place].failed,
                    found_here=resolved.contenders[place].found_on == problem,
                )
                for problem in resolved.declaration.problems
            ),
        )
        for place in _order(resolved)
    ]


def _order(resolved: ResolvedBenchmark) -> list[int]:
    return sorted(range(len(resolved.contenders)), key=lambda place: place not in resolved.finalists)


def _line(curves: Sequence[Curve]) -> BandLine:
    found = band(curves)
    return BandLine(found.mean, found.low, found.high)
