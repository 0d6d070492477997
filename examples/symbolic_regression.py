"""Find x + x^2 + x^3 + x^4 from 21 of its values (Koza's quartic polynomial).

python -m examples.symbolic_regression

The error is the root relative squared error (RRSE) over 21 evenly spaced points of [-1, 1]: that of always answering
the mean value is 1. A run has succeeded when the error is below 1e-6: the polynomial itself, rounding apart. The
functions are the four of arithmetic, where division by zero gives 1, and the only leaf is x.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from examples.success import Task, by_sge, by_tree_gp, print_success
from examples.terms import Terms

Array = NDArray[np.float64]

X: Array = np.linspace(-1.0, 1.0, 21)
TARGET: Array = X + X**2 + X**3 + X**4
SPREAD = float(np.square(TARGET - TARGET.mean()).sum())

GRAMMAR = """
<expr> ::= <op>(<expr>, <expr>) | x
<op> ::= add | subtract | multiply | divide_or_one
"""


def divide(dividend: Array, divisor: Array) -> Array:
    """Divide; by zero the answer is 1."""
    return np.divide(dividend, divisor, out=np.ones_like(X), where=divisor != 0)


FUNCTIONS: dict[str, tuple[int, Callable[..., Array]]] = {
    "add": (2, np.add),
    "subtract": (2, np.subtract),
    "multiply": (2, np.multiply),
    "divide_or_one": (2, divide),
}
LANGUAGE: Terms[Array] = Terms({"x": X}, FUNCTIONS)


def fitness(phenotype: str) -> float | None:
    """Return minus the RRSE of the term; None if it is not finite."""
    with np.errstate(all="ignore"):
        error = float(np.sqrt(np.square(LANGUAGE.value(phenotype) - TARGET).sum() / SPREAD))
    return -error if np.isfinite(error) else None


TASK = Task(
    "symbolic regression",
    fitness,
    goal=-1e-6,
    contenders={
        "SGE": by_sge(GRAMMAR, population_size=500, generations=50),
        "tree GP": by_tree_gp(tuple(FUNCTIONS), ("x",), population_size=500, generations=50),
    },
)


def main() -> None:
    """Print the success rate over ten seeds."""
    print_success(TASK)


if __name__ == "__main__":
    main()
