"""What a benchmark will cost at most: trainings by stage, and time on the workers that are there."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean, median
from typing import Literal

from sqlalchemy.orm import Session

from backend.experiments.benchmark_configuration import BenchmarkConfiguration, ResolvedBenchmark
from backend.experiments.benchmark_presets import BenchmarkPreset
from backend.experiments.benchmark_trials import first_round, trials_of_round
from backend.experiments.benchmark_tuning import trainings_for_tuning
from backend.experiments.estimate import Estimate, workers_in_words
from backend.problems.catalogue import get_problem
from backend.store import workers
from backend.store.timings import recent_timings

StageName = Literal["tuning", "trials", "confirmation"]


@dataclass(frozen=True)
class Stage:
    """A phase of a benchmark and how many trainings it has at most."""

    name: StageName
    trainings: int


def stages_of(resolved: ResolvedBenchmark) -> tuple[Stage, ...]:
    """Return the phases that a benchmark may have. Contenders that do the same share trainings: there may be fewer."""
    first = len(first_round(resolved))
    compared = frozenset(place for pair in resolved.comparisons for place in pair)
    again = len(trials_of_round(resolved, 1, compared))
    found = (Stage("tuning", trainings_for_tuning(resolved)), Stage("trials", first), Stage("confirmation", again))
    return tuple(stage for stage in found if stage.trainings)


def trainings_of(declared: BenchmarkConfiguration) -> int:
    """Return how many trainings tuning and first round of a declaration have, before its contenders are looked at."""
    usual = declared.tuning.trainings if declared.tuning else 0
    own = [each.trainings if declared.tuning else None for each in declared.contenders]
    tuned = [usual if trainings is None else trainings for trainings in own]
    members = [len(each.members) for each in declared.contenders]
    a_problem = sum(count * (most + declared.trials) for count, most in zip(members, tuned, strict=True))
    return a_problem * len(declared.problems)


def estimate_of(session: Session, resolved: ResolvedBenchmark, preset: BenchmarkPreset | None) -> Estimate:
    """Return how long all phases take at most on the workers present, or on one if there is none."""
    present = workers.count_alive(session)
    try:
        a_training, basis = fmean(_measured(session, resolved)), "from the last trainings of these problems here"
    except _NotMeasured as missing:
        if preset is None or set(preset.configuration.problems) != set(resolved.declaration.problems):
            return Estimate(None, str(missing))
        a_training, basis = _of_preset(preset, resolved), f"from the preset's measurement ({preset.measured.note})"
    total = sum(_equivalents(resolved, stage) for stage in stages_of(resolved)) * a_training
    words = f"{a_training:.3g} s a training, {basis}; {workers_in_words(present)}"
    return Estimate(total / max(present, 1), words)


class _NotMeasured(LookupError):
    """No training of a problem has been measured here."""


def _measured(session: Session, resolved: ResolvedBenchmark) -> Iterator[float]:
    """Yield the seconds of a trial of each contender on each problem."""
    declared = resolved.declaration
    for problem in declared.problems:
        known: dict[str, float] = {}
        for contender in resolved.contenders:
            if contender.optimizer not in known:
                known[contender.optimizer] = _a_sample(session, problem, contender.optimizer)
            yield known[contender.optimizer] * _samples(declared, problem)


def _a_sample(session: Session, problem: str, optimizer: str) -> float:
    timings = recent_timings(session, problem, optimizer)
    if not timings:
        raise _NotMeasured(f"no training of {problem} with such an optimizer has been measured here yet")
    return median(timing.seconds / (timing.epochs * timing.samples) for timing in timings)


def _samples(declared: BenchmarkConfiguration, problem: str) -> int:
    """Return how many samples a trial goes through."""
    return declared.protocol.epochs * (declared.protocol.train or get_problem(problem).parts.train)


def _equivalents(resolved: ResolvedBenchmark, stage: Stage) -> float:
    """Return how many trials would take as long as a phase: a training for tuning may have epochs of its own."""
    tuning, epochs = resolved.declaration.tuning, resolved.declaration.protocol.epochs
    if stage.name != "tuning" or tuning is None or tuning.epochs is None:
        return stage.trainings
    return stage.trainings * tuning.epochs / epochs


def _of_preset(preset: BenchmarkPreset, resolved: ResolvedBenchmark) -> float:
    """Return the seconds of a trial by what the preset took, whose own trainings may be longer or shorter."""
    theirs = preset.configuration
    scale = _mean_samples(resolved.declaration) / _mean_samples(theirs)
    return preset.measured.core_minutes * 60 / trainings_of(theirs) * scale


def _mean_samples(declared: BenchmarkConfiguration) -> float:
    return fmean(_samples(declared, problem) for problem in declared.problems)
