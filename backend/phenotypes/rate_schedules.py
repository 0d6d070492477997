"""Schedules in terms of t: what a learning rate is multiplied by as the training goes on, as part of a rule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from backend.phenotypes.human_made_rule import HumanMadeRule
from backend.phenotypes.tunable import Scale, Tunable


@dataclass(frozen=True)
class RateSchedule:
    """A factor, written in t and named constants; 1 where the rate is at its highest."""

    name: str
    title: str
    factor: str
    tunables: Mapping[str, Tunable]


_SCHEDULES = (
    RateSchedule("cosine", "cosine decay", "multiply(0.5, add(1, cos(multiply(pi, t))))", {}),
    RateSchedule("linear", "linear decay", "subtract(1, t)", {}),
    # Straight up and straight down again: "one cycle" in its first form, the rate alone.
    RateSchedule(
        "one-cycle",
        "one cycle",
        "min(add(start, multiply((1 - start) / peak, t)), multiply(1 / (1 - peak), subtract(1, t)))",
        {"peak": Tunable(0.3, 0.05, 0.95), "start": Tunable(0.04, 0.001, 0.5, Scale.LOG)},
    ),
    RateSchedule(
        "warm-up-stable-decay",
        "warm-up, stable, decay",
        "min(1, min(multiply(1 / warm_up, t), multiply(1 / decay, subtract(1, t))))",
        {"warm_up": Tunable(0.05, 0.005, 0.5, Scale.LOG), "decay": Tunable(0.3, 0.05, 0.9)},
    ),
)

RATE_SCHEDULES: Mapping[str, RateSchedule] = MappingProxyType({each.name: each for each in _SCHEDULES})


def scheduled(rule: HumanMadeRule, schedule: RateSchedule) -> HumanMadeRule:
    """Return the rule whose weight change, decay included, is multiplied by the schedule's factor."""
    return replace(
        rule,
        name=f"{rule.name}-{schedule.name}",
        title=f"{rule.title}, {schedule.title}",
        tunables={**rule.tunables, **schedule.tunables},
        rate=schedule.factor if rule.rate is None else f"multiply({rule.rate}, {schedule.factor})",
    )
