"""What an experiment will cost at most: trainings, and time on the workers that are there."""

from dataclasses import dataclass
from statistics import median

from sqlalchemy.orm import Session

from backend.experiments.configuration import Configuration
from backend.experiments.design import Design, design, fitness_rule
from backend.experiments.presets import Preset
from backend.problems.specification import optimizer_of
from backend.store import workers
from backend.store.timings import recent_timings


@dataclass(frozen=True)
class Estimate:
    """Seconds, None where there is nothing to go by; and what they are taken from, in words."""

    seconds: float | None
    basis: str


def trainings_most(configuration: Configuration, runs: int = 1) -> int:
    """Return how many trainings there are if no behaviour comes twice and no fold is left out."""
    search = configuration.search
    # The elite, protected seeds among it, was trained already, unless every individual has seeds of its own.
    kept = search.elitism + (len(configuration.seeds) if configuration.protect_seeds else 0)
    elite = 0 if configuration.fitness.seeds == "per_individual" else kept
    bred = (search.generations - 1) * (search.population_size - elite)
    return runs * fitness_rule(configuration).evaluations * (search.population_size + bred)


def estimate(session: Session, made: Design, preset: Preset | None, runs: int) -> Estimate:
    """Return how long the runs take at most on the workers present, or on one if there is none."""
    measured = _measured_here(session, made) or _measured_for_preset(made, preset)
    if measured is None:
        return Estimate(None, f"no training of {made.problem.name} has been measured here yet")
    present = workers.count_alive(session)
    total = measured.seconds * _trainings(made, runs) / max(present, 1)
    basis = f"{measured.basis}; {workers_in_words(present)}"
    limit = made.configuration.search.time_limit_minutes
    if limit is not None and total > limit * 60:
        return Estimate(limit * 60, f"the time limit, after which a run ends with its generation; {basis}")
    return Estimate(total, basis)


@dataclass(frozen=True)
class _OneTraining:
    seconds: float
    basis: str


def _measured_here(session: Session, made: Design) -> _OneTraining | None:
    timings = recent_timings(session, made.problem.name, _optimizer(made))
    if not timings:
        return None
    a_sample = median(timing.seconds / (timing.epochs * timing.samples) for timing in timings)
    seconds = a_sample * _samples(made)
    return _OneTraining(
        seconds, f"{seconds:.3g} s a training, from the last {len(timings)} of {made.problem.name} here"
    )


def _optimizer(made: Design) -> str:
    """Return what trains the individuals: a step of a rule takes another time than one of plain SGD."""
    kind = next(iter(made.evolved.baselines.values())).kind
    return optimizer_of(kind, made.configuration.training.optimizer)


def _measured_for_preset(made: Design, preset: Preset | None) -> _OneTraining | None:
    if preset is None or preset.configuration.problem != made.problem.name:
        return None
    theirs = design(preset.configuration)
    minutes = preset.measured.search_core_minutes or preset.measured.core_minutes
    a_training = minutes * 60 / _trainings(theirs, runs=1)
    seconds = a_training * _samples(made) / _samples(theirs)
    return _OneTraining(seconds, f"{seconds:.3g} s a training, from the preset's measurement ({preset.measured.note})")


def _trainings(made: Design, runs: int) -> int:
    """Return how many trainings the workers have to do at most, the baselines' included."""
    return trainings_most(made.configuration, runs) + runs * made.fitness_rule.evaluations * len(made.evolved.baselines)


def _samples(made: Design) -> int:
    """Return how many samples a whole training goes through: epochs x the fold's training samples."""
    return made.configuration.training.epochs * (made.parts.train // made.fitness_rule.folds)


def workers_in_words(workers_present: int) -> str:
    """Return for how many workers a time is estimated."""
    if workers_present == 0:
        return "no worker is present, so for one"
    return f"{workers_present} worker{'s' if workers_present > 1 else ''} present"
