"""What people made, by the field of a contender that names it: rules, schedules, Keras's optimizers; and constants."""

from collections.abc import Mapping
from typing import Any

from backend.phenotypes.built_in_arguments import BUILT_IN_ARGUMENTS
from backend.phenotypes.built_in_tunables import built_in_tunables
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.human_made_schedules import HUMAN_MADE_SCHEDULES
from backend.phenotypes.tunable import Tunable


def made_by_people() -> dict[str, dict[str, Any]]:
    """Return title and constants of each: their usual values, None where only Keras knows it."""
    return {
        "human_made": {name: _known(made.title, made.tunables) for name, made in HUMAN_MADE_RULES.items()},
        "schedule": {name: _known(made.title, made.tunables) for name, made in HUMAN_MADE_SCHEDULES.items()},
        "built_in": {name: _built_in(name) for name in BUILT_IN_ARGUMENTS},
    }


def _known(title: str, tunables: Mapping[str, Tunable]) -> dict[str, Any]:
    return {"title": title, "constants": {name: each.default for name, each in tunables.items()}}


def _built_in(name: str) -> dict[str, Any]:
    usual = {constant: each.default for constant, each in built_in_tunables(name).items()}
    others = sorted(BUILT_IN_ARGUMENTS[name] - set(usual))
    return {"title": name, "constants": {**usual, **dict.fromkeys(others)}}
