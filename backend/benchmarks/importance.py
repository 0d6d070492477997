"""Which of a contender's constants mattered for its score: a pure function of the finished trainings.

PED-ANOVA (Watanabe et al. 2023, algorithm 1), as Optuna has it: a constant matters as much as its values among the best
trainings are spread otherwise than among all. It draws nothing, so it needs no seed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from backend.benchmarks.tuning import Space, Told

# With fewer trainings that have a score the shares are chance: tried on functions of one constant of three.
FEWEST = 15

# What a failed training counts as: no accuracy is lower.
_WORST = 0.0

# The best that are held against all: a tenth, as published, but so many that their spread can be told.
_BEST_SHARE = 0.1
_FEWEST_BEST = 5


@dataclass(frozen=True)
class Importance:
    """Each constant's share, the largest first; together 1. Where nothing can be said there is none, but `why` not."""

    shares: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    why: str | None = None


def importance(space: Space, told: Sequence[Told]) -> Importance:
    """Return what the trainings of a tuning say of its constants; failed ones count as worse than all others."""
    scored = sum(each.score is not None for each in told)
    if len(space) < 2:
        return Importance(why="the only constant that was tuned")
    if scored < FEWEST:
        ended = f"{scored or 'no'} training{'' if scored == 1 else 's'}"
        return Importance(why=f"{ended} with a score; {FEWEST} are needed to tell")
    values = [_WORST if each.score is None else each.score for each in told]
    if len(set(values)) == 1:
        return Importance(why="every training gave the same score")
    best = max(_BEST_SHARE, _FEWEST_BEST / len(told))
    if sum(value > min(values) for value in values) < best * len(told):
        return Importance(why="hardly any training gave another score than the worst")
    return Importance(_shares(space, told, values, best))


def _shares(space: Space, told: Sequence[Told], values: Sequence[float], best: float) -> dict[str, float]:
    # Only here, as in tuning.py: it takes more than a second to import, and only this figure needs it.
    import optuna
    from optuna.importance import PedAnovaImportanceEvaluator, get_param_importances

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="maximize")
    places: dict[str, optuna.distributions.BaseDistribution] = {
        name: optuna.distributions.FloatDistribution(0.0, 1.0) for name in space
    }
    for each, value in zip(told, values, strict=True):
        tried = {name: tunable.place_of(each.constants[name]) for name, tunable in space.items()}
        study.add_trial(optuna.trial.create_trial(params=tried, distributions=places, value=value))
    return get_param_importances(study, evaluator=PedAnovaImportanceEvaluator(target_quantile=best))
