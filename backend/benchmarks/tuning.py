"""Better constants for a contender: the usual ones first, then some by chance, then guided by what those reached.

Everything is a pure function of its arguments. A study lives no longer than a call: it is made anew from the finished
trainings, told in their order, so that neither the number of workers nor a crash changes what is asked next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from backend.benchmarks.scores import Score
from backend.phenotypes.tunable import Tunable

Space: TypeAlias = Mapping[str, Tunable]
Constants: TypeAlias = Mapping[str, float]

# What a failed training is told as: no accuracy is lower.
_WORST = 0.0


@dataclass(frozen=True)
class Told:
    """A training that has ended: its number, its constants, and the best validation accuracy; None if it failed."""

    number: int
    constants: Constants
    score: Score


@dataclass(frozen=True)
class Plan:
    """How many trainings a tuning has, how many of them have constants by chance, how many guided ones go at once.

    Training 0 is the probe: the usual constants ([ALR] section 5).
    """

    trainings: int
    by_chance: int
    batch: int

    @property
    def batches(self) -> tuple[range, ...]:
        """The numbers of the trainings that are asked for together; those by chance need no result, so they are one."""
        first = min(1 + self.by_chance, self.trainings)
        starts = range(first, self.trainings, self.batch)
        return (range(first), *(range(start, min(start + self.batch, self.trainings)) for start in starts))


def asked(plan: Plan, space: Space, batch: int, told: Sequence[Told], seed: int) -> list[dict[str, float]]:
    """Return the constants of each training of a batch, given what all earlier batches came to; `seed` is its own."""
    numbers = plan.batches[batch]
    if batch > 0:
        return _guided(space, told, len(numbers), seed)
    return [{name: each.default for name, each in space.items()}, *_by_chance(space, len(numbers) - 1, seed)]


def best(told: Sequence[Told]) -> Told | None:
    """Return the training of the highest accuracy, of equal ones the first; None where none has any."""
    scored = [each for each in told if each.score is not None]
    return max(scored, key=lambda each: (each.score, -each.number), default=None)


def _by_chance(space: Space, count: int, seed: int) -> list[dict[str, float]]:
    places = np.random.default_rng(seed).random((count, len(space)))
    return [_values(space, dict(zip(space, row, strict=True))) for row in places.tolist()]


def _guided(space: Space, told: Sequence[Told], count: int, seed: int) -> list[dict[str, float]]:
    """Ask a tree-structured Parzen estimator (Bergstra et al. 2011), as Optuna has it.

    Optuna sees places in the ranges, from 0 to 1: the scales are ours. Those asked together are told apart by its
    constant liar.
    """
    # Only here: it takes 0.4 s to import, and only a process that advances a tuning needs it.
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.TPESampler(seed=seed, n_startup_trials=1, multivariate=True, constant_liar=True)
    study = optuna.create_study(direction="maximize", sampler=sampler)
    places: dict[str, optuna.distributions.BaseDistribution] = {
        name: optuna.distributions.FloatDistribution(0.0, 1.0) for name in space
    }
    for each in sorted(told, key=lambda each: each.number):
        tried = {name: tunable.place_of(each.constants[name]) for name, tunable in space.items()}
        value = _WORST if each.score is None else each.score
        study.add_trial(optuna.trial.create_trial(params=tried, distributions=places, value=value))
    return [_values(space, study.ask(places).params) for _ in range(count)]


def _values(space: Space, places: Mapping[str, float]) -> dict[str, float]:
    return {name: tunable.value_at(places[name]) for name, tunable in space.items()}
