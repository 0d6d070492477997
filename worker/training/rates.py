"""The learning rates of an evaluation, read from its behaviour."""

import math

import numpy as np
from numpy.typing import NDArray

from backend.problems.specification import EvaluationSpecification

RATE_VECTOR = "rate_vector"


def learning_rates(specification: EvaluationSpecification) -> NDArray[np.float32]:
    """One rate an epoch, as the float32 value that the update multiplies with.

    Raises ValueError where the behaviour is no rate vector, too short, or has a rate that is not finite or
    negative: such a behaviour should never have become an evaluation.
    """
    if specification.behaviour_kind != RATE_VECTOR:
        raise ValueError(
            f"This worker trains behaviours of the kind {RATE_VECTOR!r}, not {specification.behaviour_kind!r}."
        )
    rates = [float(rate) for rate in specification.behaviour_content["rates"]]
    if len(rates) < specification.epochs:
        raise ValueError(f"There are {len(rates)} rates for {specification.epochs} epochs.")
    for epoch, rate in enumerate(rates):
        if not math.isfinite(rate) or rate < 0:
            raise ValueError(f"The rate of epoch {epoch} is {rate}; a finite number of at least 0 is allowed.")
    return np.array(rates[: specification.epochs], dtype=np.float32)
