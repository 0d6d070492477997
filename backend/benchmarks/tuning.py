"""Better constants for a contender: the usual ones first, then some by chance, then guided by what those reached.

The few best may then be raced: trained again and again on fresh seeds, so that luck with one seed decides nothing.

Everything is a pure function of its arguments. A study lives no longer than a call: it is made anew from the finished
trainings, told in their order, so that neither the number of workers nor a crash changes what is asked next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeAlias

import numpy as np

from backend.benchmarks.scores import Score
from backend.phenotypes.tunable import Tunable

Space: TypeAlias = Mapping[str, Tunable]
Constants: TypeAlias = Mapping[str, float]

# What a failed training counts as: no accuracy is lower.
_WORST = 0.0


@dataclass(frozen=True)
class Told:
    """Constants that were tried: their number, and the mean score over their seeds; None where a training failed."""

    number: int
    constants: Constants
    score: Score


@dataclass(frozen=True)
class Raced:
    """Constants of the race, and what they scored on its seeds; None where a training failed."""

    constants: Constants
    scores: tuple[Score, ...]

    @property
    def mean(self) -> float:
        """The mean score. A training that failed counts as the worst there is."""
        return fmean(_WORST if score is None else score for score in self.scores)


@dataclass(frozen=True)
class Race:
    """How many of the best constants are raced, and how often each is trained for that."""

    best: int
    trainings: int


@dataclass(frozen=True)
class Plan:
    """How many trainings a tuning has in all, and what they are spent on.

    Constants 0 are the probe: the usual ones ([ALR] section 5). `by_chance` more are drawn, then guided ones are asked
    for, `batch` at once; all are trained on `seeds` seeds. What the race takes is taken from the same `trainings`, but
    never more than half of them: with few, fewer constants are raced, or none.
    """

    trainings: int
    by_chance: int
    batch: int
    seeds: int = 1
    race: Race | None = None

    @property
    def racing(self) -> int:
        """How many of the best constants are raced."""
        if self.race is None:
            return 0
        found = min(self.race.best, self.trainings // 2 // self.race.trainings)
        return found if found > 1 else 0

    @property
    def race_trainings(self) -> int:
        """How many trainings the race has."""
        return self.racing * self.race.trainings if self.race else 0

    @property
    def tried(self) -> int:
        """How many different constants are tried before the race."""
        return max((self.trainings - self.race_trainings) // self.seeds, 1)

    @property
    def first_of_race(self) -> int:
        """The number of the race's first training: all before it are of constants that were tried."""
        return self.tried * self.seeds

    @property
    def batches(self) -> tuple[range, ...]:
        """The numbers of the constants that are asked for together; those by chance need no result, so they are one."""
        first = min(1 + self.by_chance, self.tried)
        starts = range(first, self.tried, self.batch)
        return (range(first), *(range(start, min(start + self.batch, self.tried)) for start in starts))


def asked(plan: Plan, space: Space, batch: int, told: Sequence[Told], seed: int) -> list[dict[str, float]]:
    """Return the constants of each number of a batch, given what all earlier batches came to; `seed` is its own."""
    numbers = plan.batches[batch]
    if batch > 0:
        return _guided(space, told, len(numbers), seed)
    return [{name: each.default for name, each in space.items()}, *_by_chance(space, len(numbers) - 1, seed)]


def best(told: Sequence[Told], count: int = 1) -> tuple[Told, ...]:
    """Return those of the highest scores, best first, of equal ones the first first; fewer where there are not so many.

    Constants that came up twice are there once.
    """
    scored = [each for each in told if each.score is not None]
    different: dict[frozenset[tuple[str, float]], Told] = {}
    for each in sorted(scored, key=lambda each: (-(each.score or 0.0), each.number)):
        different.setdefault(frozenset(each.constants.items()), each)
    return tuple(different.values())[:count]


def mean_or_none(scores: Sequence[Score]) -> Score:
    """Return the mean of the trainings of the same constants; None if one of them failed: they cannot be relied on."""
    known = [score for score in scores if score is not None]
    return fmean(known) if known and len(known) == len(scores) else None


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
