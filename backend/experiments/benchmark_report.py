"""From a benchmark's trials in the database to what is judged."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from backend.benchmarks.curves import Curve
from backend.benchmarks.report import Curves, Report, report
from backend.benchmarks.rounds import Declaration, Entrant, Round
from backend.benchmarks.scores import Score
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_tuning_so_far import tuned_of
from backend.store import trials
from backend.store.tables import Benchmark
from backend.store.trials import TrialRow

FIRST, CONFIRMING = 0, 1


def declaration_of(resolved: ResolvedBenchmark, seed: int) -> Declaration:
    """Return what is declared of a benchmark with that seed."""
    return Declaration(
        problems=resolved.declaration.problems,
        entrants=[
            Entrant(each.label, each.family, each.tried, each.searched + (each.trainings or 0))
            for each in resolved.contenders
        ],
        comparisons=resolved.comparisons,
        seed=seed,
    )


def round_of(rows: Sequence[TrialRow], number: int) -> Round:
    """Return the scores of a round, in the order of the trials; those that are not finished yet are left out."""
    scores: defaultdict[tuple[str, int], list[Score]] = defaultdict(list)
    for row in rows:
        if row.round == number and row.state == "finished":
            scores[row.problem, row.contender].append(row.score)
    return dict(scores)


def curves_of(rows: Sequence[TrialRow], quantity: str) -> Curves:
    """Return a quantity's learning curves in the first round; the rows must have their results."""
    curves: defaultdict[tuple[str, int], list[Curve]] = defaultdict(list)
    for row in rows:
        if row.round == FIRST and row.result is not None:
            curves[row.problem, row.contender].append([epoch[quantity] for epoch in row.result["epochs"]])
    return dict(curves)


def report_of(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark) -> Report:
    """Return the report on a benchmark whose trials are all finished."""
    rows = trials.of_benchmark(session, benchmark.id, with_results=True)
    confirmation = round_of(rows, CONFIRMING)
    return report(
        declaration_of(resolved, benchmark.seed),
        round_of(rows, FIRST),
        confirmation or None,
        curves_of(rows, "val_accuracy"),
        tuned_of(session, benchmark, resolved),
    )
