"""What the figures of a benchmark's tunings are drawn from, read from the database: live, while they go on."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from backend.benchmarks.importance import importance
from backend.benchmarks.tuning import Constants, best
from backend.experiments.benchmark_configuration import ResolvedBenchmark
from backend.experiments.benchmark_tuning_so_far import TuningSoFar, tunings_so_far
from backend.figures.values import ContenderImportance, ContenderTuning, TuningPoint
from backend.store.tables import Benchmark


def contender_tunings(session: Session, benchmark: Benchmark, problem: str) -> list[ContenderTuning]:
    """Return what every tuning on a problem has tried so far: the finalists', then those that reached most."""
    resolved = ResolvedBenchmark.of_json(benchmark.configuration)

    def rank(each: TuningSoFar) -> tuple[bool, float]:
        reached = max((found.score or 0.0 for found in best(each.told)), default=0.0)
        return each.contender.place not in resolved.finalists, -reached

    return [
        ContenderTuning(_label(resolved, each), tuple(_points(resolved, each)))
        for each in sorted(_on(session, benchmark, resolved, problem), key=rank)
    ]


def contender_importances(session: Session, benchmark: Benchmark, problem: str) -> list[ContenderImportance]:
    """Return what the trainings of every tuning on a problem say of its constants, finalists first."""
    resolved = ResolvedBenchmark.of_json(benchmark.configuration)
    known = _on(session, benchmark, resolved, problem)
    found = []
    for each in sorted(known, key=lambda each: each.contender.place not in resolved.finalists):
        said = importance(each.contender.space, each.told)
        found.append(ContenderImportance(_label(resolved, each), said.shares, said.why))
    return found


def _on(session: Session, benchmark: Benchmark, resolved: ResolvedBenchmark, problem: str) -> list[TuningSoFar]:
    return [each for each in tunings_so_far(session, benchmark, resolved) if each.problem == problem and each.rows]


def _label(resolved: ResolvedBenchmark, tuning: TuningSoFar) -> str:
    return resolved.contenders[tuning.contender.place].label


def _points(resolved: ResolvedBenchmark, tuning: TuningSoFar) -> Iterator[TuningPoint]:
    """Return what was tried and then, on numbers of their own, what of it was raced."""
    label = _label(resolved, tuning)
    seeds = f" (mean of {tuning.plan.seeds} seeds)" if tuning.plan.seeds > 1 else ""
    for each in tuning.told:
        said = "failed" if each.score is None else f"{each.score:.4f}{seeds}"
        yield TuningPoint(each.number, each.score, f"{label}, {each.number}: {said}\n{_words(each.constants)}")
    for place, raced in enumerate(tuning.raced):
        said = f"{raced.mean:.4f} (race, {len(raced.scores)} fresh seeds)"
        yield TuningPoint(tuning.plan.tried + place, raced.mean, f"{label}: {said}\n{_words(raced.constants)}", True)


def _words(constants: Constants) -> str:
    return "\n".join(f"{name.replace('_', ' ')} {value:g}" for name, value in constants.items())
