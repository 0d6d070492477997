"""Keras's own optimizers and their arguments by name (Keras 3), so that a slip is found before anything is trained.

Switches are written as numbers, 0 or 1. Arguments that must be whole numbers or words are left out.
"""

from collections.abc import Mapping
from types import MappingProxyType

_OF_ALL = frozenset(
    {"learning_rate", "weight_decay", "clipnorm", "clipvalue", "global_clipnorm", "use_ema", "ema_momentum"}
)
_MOMENTS = frozenset({"beta_1", "beta_2", "epsilon"})

_OWN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "adadelta": frozenset({"rho", "epsilon"}),
        "adafactor": frozenset({"beta_2_decay", "epsilon_1", "epsilon_2", "clip_threshold", "relative_step"}),
        "adagrad": frozenset({"initial_accumulator_value", "epsilon"}),
        "adam": _MOMENTS | {"amsgrad"},
        "adamax": _MOMENTS,
        "adamw": _MOMENTS | {"amsgrad"},
        "ftrl": frozenset(
            {
                "learning_rate_power",
                "initial_accumulator_value",
                "l1_regularization_strength",
                "l2_regularization_strength",
                "l2_shrinkage_regularization_strength",
                "beta",
            }
        ),
        "lamb": _MOMENTS,
        "lion": frozenset({"beta_1", "beta_2"}),
        "muon": frozenset(
            {
                "adam_beta_1",
                "adam_beta_2",
                "adam_weight_decay",
                "adam_lr_ratio",
                "epsilon",
                "momentum",
                "muon_a",
                "muon_b",
                "muon_c",
                "nesterov",
                "rms_rate",
            }
        ),
        "nadam": _MOMENTS,
        "rmsprop": frozenset({"rho", "momentum", "epsilon", "centered"}),
        "schedule_free_adamw": _MOMENTS | {"warmup_steps"},
        "sgd": frozenset({"momentum", "nesterov"}),
    }
)

# By the optimizer's name in lower case.
BUILT_IN_ARGUMENTS: Mapping[str, frozenset[str]] = MappingProxyType({name: _OF_ALL | own for name, own in _OWN.items()})
