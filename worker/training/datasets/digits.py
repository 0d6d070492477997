"""The handwritten digits that come with scikit-learn (UCI, Alpaydin and Kaynak 1998): no download."""

import numpy as np

from worker.training.datasets.arrays import Arrays, DatasetUnavailable


def read_digits(checksum: str) -> Arrays:
    """All 1797 images, (1797, 8, 8, 1) uint8 from 0 to 16; raises DatasetUnavailable."""
    try:
        from sklearn.datasets import load_digits
    except ImportError as error:
        raise DatasetUnavailable(
            f"The digits come with scikit-learn, which is not installed ({error}); install it with "
            "pip install 'autolr[worker]'."
        ) from None
    digits = load_digits()
    arrays = Arrays(digits.images[..., np.newaxis].astype(np.uint8), digits.target.astype(np.uint8))
    if arrays.checksum != checksum:
        raise DatasetUnavailable("The digits of the installed scikit-learn are not those that AutoLR knows.")
    return arrays
