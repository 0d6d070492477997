"""The learning rates of an evaluation, read from its behaviour."""

import math

import numpy as np
from numpy.typing import NDArray

from backend.problems.specification import EvaluationSpecification

# The kinds whose content gives a rate for every epoch; of a built-in optimizer it may.
WITH_RATES = ("rate_vector", "built_in")


def learning_rates(specification: EvaluationSpecification) -> NDArray[np.float32]:
    """One rate an epoch, as the float32 value that the update multiplies with.

    Raises ValueError where the behaviour has no rates, too few, or one that is not finite or negative: such a
    behaviour should never have become an evaluation.
    """
    if specification.behaviour_kind not in WITH_RATES:
        raise ValueError(f"A behaviour of the kind {specification.behaviour_kind!r} has no rates of epochs.")
    rates = [float(rate) for rate in specification.behaviour_content["rates"]]
    if len(rates) < specification.epochs:
        raise ValueError(f"There are {len(rates)} rates for {specification.epochs} epochs.")
    for epoch, rate in enumerate(rates):
        if not math.isfinite(rate) or rate < 0:
            raise ValueError(f"The rate of epoch {epoch} is {rate}; a finite number of at least 0 is allowed.")
    return np.array(rates[: specification.epochs], dtype=np.float32)
