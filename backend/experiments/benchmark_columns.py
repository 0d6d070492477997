"""Every trial of a benchmark as tables for other programs: one row a trial, or one column a contender."""

import csv
import io
from collections.abc import Iterable, Sequence

from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.search.seeds import trial_seed
from backend.store.tables import Benchmark
from backend.store.trials import TrialRow

_TRIALS = (
    "problem",
    "round",
    "trial",
    "seed",
    "contender",
    "score",
    "reason",
    "epochs",
    "best_val_accuracy",
    "smallest_val_loss",
    "seconds",
    "evaluation_id",
)

# Spreadsheets take what begins with these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def trials_csv(benchmark: Benchmark, resolved: ResolvedBenchmark, rows: Sequence[TrialRow]) -> str:
    """Return a row a finished trial with what it scored and how it went; the rows must have their results."""
    return _csv(_TRIALS, (_trial(benchmark, resolved, row) for row in rows if row.state == "finished"))


def scores_csv(benchmark: Benchmark, resolved: ResolvedBenchmark, rows: Sequence[TrialRow]) -> str:
    """Return a row a trial of a problem with a column of scores a contender: any two columns can be compared by hand.

    A trial that failed has an empty cell.
    """
    scores: dict[tuple[str, int, int], dict[int, float | None]] = {}
    for row in rows:
        if row.state == "finished":
            scores.setdefault((row.problem, row.round, row.number), {})[row.contender] = row.score
    labels = [_defused(each.label) for each in resolved.contenders]
    return _csv(
        ("problem", "round", "trial", "seed", *labels),
        (
            (*place, trial_seed(benchmark.seed, *place[1:]), *(_cell(found.get(each)) for each in range(len(labels))))
            for place, found in scores.items()
        ),
    )


def _trial(benchmark: Benchmark, resolved: ResolvedBenchmark, row: TrialRow) -> tuple[object, ...]:
    epochs = row.result["epochs"] if row.result else []
    accuracies = [epoch["val_accuracy"] for epoch in epochs if epoch["val_accuracy"] is not None]
    losses = [epoch["val_loss"] for epoch in epochs if epoch["val_loss"] is not None]
    return (
        row.problem,
        row.round,
        row.number,
        trial_seed(benchmark.seed, row.round, row.number),
        _defused(resolved.contenders[row.contender].label),
        _cell(row.score),
        _cell(row.reason),
        len(epochs),
        _cell(max(accuracies, default=None)),
        _cell(min(losses, default=None)),
        _cell(row.seconds),
        row.evaluation_id,
    )


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue()


def _cell(value: object) -> object:
    return "" if value is None else value


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
