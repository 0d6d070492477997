"""The grammars of update rules: the files in grammars/ are written from these descriptions.

Sources: [ALR] section 3, and the authors' published repository. `python -m backend.phenotypes.rule_grammars` writes
the files again.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from backend.expressions.print_text import number_text
from backend.phenotypes.rule_grammar import CONSTANT, START, RuleGrammar
from backend.phenotypes.update_rule import FUNCTIONS, STATES, WEIGHT
from backend.settings.resources import GRAMMARS

_COUNT = 100

# As often as they are drawn; add twice, which is a bias of the published grammar towards it.
PUBLISHED_OPERATORS = (
    "negative",
    "subtract",
    "add",
    "multiply",
    "pow",
    "square",
    "divide_no_nan",
    "add",
    "sqrt",
)


def sigmoid_constants(zero_to_one: bool) -> tuple[float, ...]:
    """Return the 100 constants sigmoid(-10 + 20 i / 99); with the two ends 0 and 1, as the code has since 2022."""
    values = [1 / (1 + math.exp(10 - 20 * index / (_COUNT - 1))) for index in range(_COUNT)]
    return (0.0, *values[1:-1], 1.0) if zero_to_one else tuple(values)


def _facilitated_rates() -> dict[str, float]:
    """Return the rate of each non-terminal: the structure rarely changes, constants often."""
    state = {"expr": 0.01, "func": 0.01, "terminal": 0.01, "var_const": 0.05, CONSTANT: 0.15}
    weight = {"expr": 0.01, "func": 0.01, "terminal": 0.05, CONSTANT: 0.15}
    parts = {**dict.fromkeys(STATES, state), WEIGHT: weight}
    return {START: 0.0} | {f"{name}_{part}": rate for name, rates in parts.items() for part, rate in rates.items()}


def _joint_rates() -> dict[str, float]:
    """Return the same for the joint space, whose rules are long: less than one change of structure in each."""
    structure, constants = ("expr", "func", "terminal", "size"), ("offset", "slope", CONSTANT)
    rates = {**dict.fromkeys(structure, 0.015), **dict.fromkeys(constants, 0.06)}
    return {START: 0.0} | {f"{name}_{part}": rate for name in FUNCTIONS for part, rate in rates.items()}


_GRADIENTS = {"x": 2, "y": 3, "z": 4}
_WITHOUT = {**_GRADIENTS, WEIGHT: 0}
_WITH = {**_GRADIENTS, WEIGHT: 4}
_PUBLISHED, _ZERO_TO_ONE = sigmoid_constants(zero_to_one=False), sigmoid_constants(zero_to_one=True)
# Evenly spaced in their logarithm, .2 to 1 and .5 to 5: as weights are some tenths, an update that is multiplied by
# them mostly keeps its size, and the rate that goes with it.
_OFFSETS = tuple(float(f"{0.2 * 5 ** (index / 12):.3g}") for index in range(13))
_SLOPES = tuple(float(f"{0.5 * 10 ** (index / 12):.3g}") for index in range(13))
_ENDS = "The 100 constants are sigmoid(-10 + 20 i / 99)"
_PAPER = "Adaptive AutoLR, EuroGP 2022"
_CODE = "the authors' published repository"

_ALR = RuleGrammar(
    "alr-2022",
    "Adaptive optimizers, as published",
    _PAPER,
    f"The weight reads the states alone, not the gradient. {_ENDS}, from 0.0000454 to 0.99995.",
    _PUBLISHED,
    _WITHOUT,
    PUBLISHED_OPERATORS,
)
_ALR_GRADIENT = replace(
    _ALR,
    name="alr-2022-gradient",
    title="Adaptive optimizers, the weight reading the gradient",
    source=_CODE,
    description=f"The weight reads the gradient as well. {_ENDS}, from 0.0000454 to 0.99995.",
    gradients=_WITH,
)
_ALR_CODE = replace(
    _ALR_GRADIENT,
    name="alr-2022-code",
    title="Adaptive optimizers, as in the authors' code since 2022",
    description=f"The weight reads the gradient as well. {_ENDS}, but for the two ends, which are 0 and 1.",
    constants=_ZERO_TO_ONE,
)

_JOINT = replace(
    _ALR_CODE,
    name="joint",
    title="The joint space: rule, schedule and weight decay together",
    source="AutoLR",
    description="Each function also reads t, the share of the training that is done, and w, the weight itself, "
    f"and has min, max, cos and pi: schedules, warm-up and weight decay evolve with the rule. {_ENDS}, but for "
    "the two ends, which are 0 and 1; a run adds the constants of its seeds.",
    operators=(*PUBLISHED_OPERATORS, "min", "max", "cos"),
    others=("t", "w", number_text(math.pi)),
)

_DESCRIPTIONS = (
    _ALR,
    replace(
        _ALR,
        name="alr-2022-zero-one",
        title="Adaptive optimizers, as published, with constants from 0 to 1",
        description=f"The weight reads the states alone. {_ENDS}, but for the two ends, which are 0 and 1.",
        constants=_ZERO_TO_ONE,
    ),
    _ALR_GRADIENT,
    _ALR_CODE,
    replace(
        _ALR_CODE,
        name="alr-facilitated",
        title="Adaptive optimizers with facilitated mutation",
        description="A state or constant is drawn apart from the gradient, and each non-terminal has its own mutation "
        f"rate: the structure rarely changes, constants often. The weight reads the states alone. {_ENDS}, but for "
        "the two ends, which are 0 and 1.",
        gradients=_WITHOUT,
        apart=True,
        mutation_rates=_facilitated_rates(),
    ),
    replace(
        _ALR_CODE,
        name="alr-depth",
        title="Adaptive optimizers that know the depth",
        description="Each function also reads layer_num, the number of the layer among those with weights, from 1, "
        f"and layer_count, how many there are. {_ENDS}, but for the two ends, which are 0 and 1.",
        others=("layer_count", "layer_num"),
    ),
    _JOINT,
    replace(
        _JOINT,
        name="joint-scaled",
        title="The joint space, with sizes",
        description=f"{_JOINT.description} One more function, twice as likely as the others, multiplies by an offset "
        "plus a slope times the size of the weight, as trust ratios and multiplicative updates do, or times the share "
        "of the training. Each non-terminal has its own mutation rate: the structure rarely changes, constants often.",
        sizes=("t", "sqrt(square(w))"),
        offsets=_OFFSETS,
        slopes=_SLOPES,
        mutation_rates=_joint_rates(),
    ),
)

RULE_GRAMMARS: Mapping[str, RuleGrammar] = MappingProxyType({each.name: each for each in _DESCRIPTIONS})


def write_rule_grammars(folder: Path = GRAMMARS) -> None:
    """Write the file of each grammar, `name.bnf`."""
    for each in RULE_GRAMMARS.values():
        (folder / f"{each.name}.bnf").write_text(each.text, encoding="utf-8")


if __name__ == "__main__":
    write_rule_grammars()
