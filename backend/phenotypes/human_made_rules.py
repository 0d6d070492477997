"""Update rules that people made or published, in the language that evolution writes in.

What they subtract from the weight is a rate times a direction, so that a schedule can multiply the rate. The states
are those of the grammars: Adam's first moment is x, its second y. The formulas are Keras's, to float32 accuracy;
sources of the others are named with them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from backend.phenotypes.human_made_rule import HumanMadeRule
from backend.phenotypes.rate_schedules import RATE_SCHEDULES, scheduled
from backend.phenotypes.tunable import Scale, Tunable

_EPSILON = Tunable(1e-7, 1e-9, 1e-2, Scale.LOG)
_WEIGHT_DECAY = Tunable(0.004, 1e-5, 0.5, Scale.LOG)


def _rate(default: float) -> Tunable:
    return Tunable(default, 1e-5, 1.0, Scale.LOG)


def _share(default: float) -> Tunable:
    """Return a constant between 0 and 1, neither of which makes sense; what a mean keeps is told by what it lacks."""
    return Tunable(default, 1e-4, 0.9999, Scale.ONE_MINUS if default > 0.5 else Scale.LINEAR)


def _sign(direction: str) -> str:
    """Write the sign of an expression with the operators of the grammars: a division by zero gives zero."""
    return f"divide_no_nan({direction}, sqrt(square({direction})))"


_VELOCITY = "subtract(multiply(1 - momentum, x), g)"
_NESTEROV = "add(multiply(momentum, x), g)"
_FIRST_MOMENT = "multiply(1 - beta_1, subtract(x, g))"
_SECOND_MOMENT = "multiply(1 - beta_2, subtract(y, square(g)))"
_CORRECTION = "divide_no_nan(sqrt(1 - pow(beta_2, step)), 1 - pow(beta_1, step))"
_ADAM = f"multiply({_CORRECTION}, divide_no_nan(x, add(sqrt(y), epsilon)))"
_LION = "add(multiply(beta_1, x), multiply(beta_2 - beta_1, g))"

# A first-order step of mirror descent: the inverse of the potential's second derivative, 1 / sqrt(w^2 + beta^2), times
# the gradient. It stands in x, so that evolution can put another rule's momentum in its place.
_GRADIENT = "subtract(x, g)"
_HYPENTROPY = "multiply(x, sqrt(add(square(w), square(beta))))"
_HYPENTROPY_SOURCE = "Ghai, Hazan, Singer: Exponentiated gradient meets gradient descent, 2020 (first-order step)"
_HYPENTROPY_CONSTANTS = {
    "learning_rate": Tunable(0.1, 1e-4, 30.0, Scale.LOG),
    # Far above the weights' size it is gradient descent.
    "beta": Tunable(0.1, 1e-3, 1.0, Scale.LOG),
}

_ADAM_CONSTANTS = {
    "learning_rate": _rate(0.001),
    "beta_1": _share(0.9),
    "beta_2": _share(0.999),
    "epsilon": _EPSILON,
}

_PLAIN = (
    HumanMadeRule(
        "sgd",
        "Stochastic gradient descent",
        {"weight": "g"},
        {"learning_rate": _rate(0.01)},
    ),
    HumanMadeRule(
        "momentum",
        "Momentum",
        {"x": _VELOCITY, "weight": "x"},
        {"learning_rate": _rate(0.01), "momentum": _share(0.9)},
    ),
    HumanMadeRule(
        "nesterov",
        "Nesterov momentum",
        {"x": _VELOCITY, "weight": _NESTEROV},
        {"learning_rate": _rate(0.01), "momentum": _share(0.9)},
    ),
    HumanMadeRule(
        "rmsprop",
        "RMSprop",
        {
            "x": "multiply(1 - rho, subtract(x, square(g)))",
            "weight": "divide_no_nan(g, sqrt(add(x, epsilon)))",
        },
        {"learning_rate": _rate(0.001), "rho": _share(0.9), "epsilon": _EPSILON},
    ),
    HumanMadeRule(
        "adam",
        "Adam",
        {"x": _FIRST_MOMENT, "y": _SECOND_MOMENT, "weight": _ADAM},
        _ADAM_CONSTANTS,
    ),
    HumanMadeRule(
        "adagrad",
        "Adagrad",
        {
            "x": "negative(square(g))",
            "weight": "divide_no_nan(g, sqrt(add(x, accumulator + epsilon)))",
        },
        {"learning_rate": _rate(0.001), "accumulator": Tunable(0.1, 1e-4, 1.0, Scale.LOG), "epsilon": _EPSILON},
    ),
    HumanMadeRule(
        "adamw",
        "AdamW",
        {
            "x": _FIRST_MOMENT,
            "y": _SECOND_MOMENT,
            "weight": f"add({_ADAM}, multiply(weight_decay, w))",
        },
        {**_ADAM_CONSTANTS, "weight_decay": _WEIGHT_DECAY},
    ),
    HumanMadeRule(
        "nesterov-decay",
        "Nesterov momentum with decoupled weight decay",
        {
            "x": _VELOCITY,
            "weight": f"add({_NESTEROV}, multiply(weight_decay, w))",
        },
        {"learning_rate": _rate(0.01), "momentum": _share(0.9), "weight_decay": _WEIGHT_DECAY},
    ),
    # The moment that Lion interpolates is the one before the step, which the new one and g give back.
    HumanMadeRule(
        "lion",
        "Lion",
        {"x": "multiply(1 - beta_2, subtract(x, g))", "weight": _sign(_LION)},
        {"learning_rate": _rate(0.001), "beta_1": _share(0.9), "beta_2": _share(0.99)},
        source="Symbolic discovery of optimization algorithms, 2023",
    ),
    HumanMadeRule(
        "hypentropy",
        "Hypentropy mirror descent",
        {"x": _GRADIENT, "weight": _HYPENTROPY},
        _HYPENTROPY_CONSTANTS,
        source=_HYPENTROPY_SOURCE,
    ),
    HumanMadeRule(
        "hypentropy-decay",
        "Hypentropy mirror descent with decoupled weight decay",
        {"x": _GRADIENT, "weight": f"add({_HYPENTROPY}, multiply(weight_decay, w))"},
        {**_HYPENTROPY_CONSTANTS, "weight_decay": _WEIGHT_DECAY},
        source=_HYPENTROPY_SOURCE,
    ),
    HumanMadeRule(
        "sign",
        "Sign",
        {"weight": _sign("g")},
        {"learning_rate": _rate(0.0009)},
        source="Adaptive AutoLR, EuroGP 2022",
    ),
    HumanMadeRule(
        "ades",
        "ADES, as evolved",
        {
            "y": "multiply(1 - beta_1, add(y, multiply(add(y, beta_2), add(y, g))))",
            "weight": "negative(y)",
        },
        {"beta_1": _share(0.08922), "beta_2": _share(0.0891)},
        rate=None,
        source="the code of the benchmark of Adaptive AutoLR, EuroGP 2022",
    ),
    HumanMadeRule(
        "ades-printed",
        "ADES, as printed",
        {
            "y": "add(multiply(beta_1, square(y)), multiply(beta_2, add(multiply(y, g), g)))",
            "weight": "negative(y)",
        },
        {"beta_1": _share(0.87621), "beta_2": _share(0.76132)},
        rate=None,
        source="Adaptive AutoLR, EuroGP 2022, equation 8: with the published constants it diverges on quadratics",
    ),
)

_BY_NAME = {each.name: each for each in _PLAIN}
_SCHEDULED_NAMES = ("nesterov-decay", "adamw", "hypentropy-decay")
_SCHEDULED = (scheduled(_BY_NAME[name], schedule) for name in _SCHEDULED_NAMES for schedule in RATE_SCHEDULES.values())

# All of them, by name; `nesterov-decay-cosine` is nesterov-decay under the schedule cosine.
HUMAN_MADE_RULES: Mapping[str, HumanMadeRule] = MappingProxyType(_BY_NAME | {each.name: each for each in _SCHEDULED})
