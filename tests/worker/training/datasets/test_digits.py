import numpy as np
import pytest

from backend.problems.catalogue import get_problem
from worker.training.datasets.arrays import DatasetUnavailable
from worker.training.datasets.digits import read_digits


def test_the_digits_are_the_known_ones() -> None:
    digits = read_digits(get_problem("digits").checksum)
    assert digits.samples.shape == (1797, 8, 8, 1)
    assert digits.samples.dtype == np.uint8
    assert digits.samples.max() == 16


def test_other_digits_are_refused() -> None:
    with pytest.raises(DatasetUnavailable, match="not those that AutoLR knows"):
        read_digits("another checksum")
