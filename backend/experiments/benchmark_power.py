"""What a benchmark can show at all, known before anything is trained."""

from dataclasses import dataclass

from backend.benchmarks.report import warnings
from backend.benchmarks.significance import fewest_trials, smallest_p
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_report import declaration_of


@dataclass(frozen=True)
class Power:
    """How many comparisons are declared, the smallest p after correction, and the fewest trials that can show anything.

    Without comparisons there is no test: both are None.
    """

    comparisons: int
    smallest_p: float | None
    fewest_trials: int | None


def power_of(resolved: ResolvedBenchmark) -> Power:
    """Return what so many trials and comparisons can reach."""
    count = len(resolved.comparisons) * len(resolved.declaration.problems)
    if count == 0:
        return Power(0, None, None)
    return Power(count, smallest_p(resolved.declaration.trials, count), fewest_trials(count))


def known_beforehand(resolved: ResolvedBenchmark) -> tuple[str, ...]:
    """Return what the benchmark cannot show, in words."""
    return warnings(declaration_of(resolved, seed=0), resolved.declaration.trials)
