import numpy as np
import pytest

from tests.worker.training.specifications import specification
from worker.training.rates import learning_rates


def test_rates_are_the_float32_values_that_the_behaviour_holds() -> None:
    held = np.float32(0.0011)
    rates = learning_rates(specification(float(held), 0.0))
    assert rates.dtype == np.float32
    assert rates.tolist() == [float(held), 0.0]


def test_a_longer_vector_is_cut_to_the_epochs() -> None:
    assert len(learning_rates(specification(0.1, 0.1, 0.1, epochs=2))) == 2


def test_a_shorter_vector_is_refused() -> None:
    with pytest.raises(ValueError, match="1 rates for 2 epochs"):
        learning_rates(specification(0.1, epochs=2))


@pytest.mark.parametrize("rate", [-0.1, float("nan"), float("inf")])
def test_a_rate_that_cannot_be_used_is_refused_by_epoch(rate: float) -> None:
    with pytest.raises(ValueError, match="rate of epoch 1 is"):
        learning_rates(specification(0.1, rate))


def test_another_kind_of_behaviour_is_refused() -> None:
    with pytest.raises(ValueError, match="of the kind 'update_rule' has no rates"):
        learning_rates(specification(0.1, behaviour_kind="update_rule", optimizer="rule"))
