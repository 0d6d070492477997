"""The constants of Keras's own optimizers that are worth tuning, with Keras's usual values (Keras 3)."""

from collections.abc import Mapping
from types import MappingProxyType

from backend.phenotypes.tunable import Scale, Tunable


def _rate(default: float) -> Tunable:
    return Tunable(default, 1e-5, 1.0, Scale.LOG)


def _kept(default: float) -> Tunable:
    """Return what share of a mean is kept from step to step."""
    return Tunable(default, 1e-4, 0.9999, Scale.ONE_MINUS)


_WEIGHT_DECAY = Tunable(0.004, 1e-5, 0.5, Scale.LOG)
_MOMENTS = {"beta_1": _kept(0.9), "beta_2": _kept(0.999)}
_ADAM = {"learning_rate": _rate(0.001), **_MOMENTS}

# By the optimizer's name and the constant's. One that is not here has its learning rate alone.
_TUNABLES: Mapping[str, Mapping[str, Tunable]] = MappingProxyType(
    {
        "adam": _ADAM,
        "adamax": _ADAM,
        "nadam": _ADAM,
        "lamb": _ADAM,
        "adamw": {**_ADAM, "weight_decay": _WEIGHT_DECAY},
        "schedule_free_adamw": {**_ADAM, "weight_decay": _WEIGHT_DECAY},
        "lion": {"learning_rate": _rate(0.001), "beta_1": _kept(0.9), "beta_2": _kept(0.99)},
        "rmsprop": {"learning_rate": _rate(0.001), "rho": _kept(0.9)},
        "adadelta": {"learning_rate": _rate(0.001), "rho": _kept(0.95)},
        "sgd": {"learning_rate": _rate(0.01), "momentum": Tunable(0.0, 0.0, 0.9999)},
    }
)


def built_in_tunables(name: str) -> Mapping[str, Tunable]:
    """Return the tunable constants of one of Keras's optimizers, named as in `BUILT_IN_ARGUMENTS`."""
    return _TUNABLES.get(name, {"learning_rate": _rate(0.001)})
