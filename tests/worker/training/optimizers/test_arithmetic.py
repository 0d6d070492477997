import itertools

import numpy as np
import pytest

from backend.expressions.arrays import Floats
from backend.expressions.languages import FORMULA
from backend.expressions.operators import OPERATORS
from worker.training.optimizers.arithmetic import IN_MEMORY, ON_DEVICE, Arithmetic, fitting_arithmetic

SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, 1e-30, 1e30, -1e30, np.inf, -np.inf, np.nan]


def _computed(arithmetic: Arithmetic, operator: str, arguments: list[Floats]) -> Floats:
    numbers = [arithmetic.vector(argument) for argument in arguments]
    with np.errstate(all="ignore"):
        return np.asarray(arithmetic.implementations[operator](*numbers))


@pytest.mark.parametrize("arithmetic", [IN_MEMORY, ON_DEVICE], ids=["NumPy", "Keras"])
def test_every_operator_of_rules_is_implemented(arithmetic: Arithmetic) -> None:
    assert arithmetic.implementations.keys() == FORMULA.operators


@pytest.mark.parametrize("operator", sorted(FORMULA.operators))
def test_both_compute_the_same_also_at_the_edges_of_numbers(operator: str) -> None:
    """Tolerance 1e-6 relative. The cosine of 1e30 is left out: float32 knows nothing of such an angle."""
    special = [number for number in SPECIAL if operator != "cos" or abs(number) < 1e30 or not np.isfinite(number)]
    combinations = np.array(list(itertools.product(special, repeat=OPERATORS[operator].arity)), np.float32)
    arguments = list(combinations.T)
    ours, keras = (_computed(arithmetic, operator, arguments) for arithmetic in (IN_MEMORY, ON_DEVICE))
    assert ours.dtype == keras.dtype == np.float32
    np.testing.assert_allclose(keras, ours, rtol=1e-6)


@pytest.mark.parametrize("arithmetic", [IN_MEMORY, ON_DEVICE], ids=["NumPy", "Keras"])
def test_a_constant_is_the_nearest_float32(arithmetic: Arithmetic) -> None:
    constant = np.asarray(arithmetic.constant(0.1))
    assert constant.dtype == np.float32
    assert constant.item() == np.float32(0.1)


def test_without_a_gpu_rules_are_computed_in_main_memory() -> None:
    assert fitting_arithmetic() is IN_MEMORY
