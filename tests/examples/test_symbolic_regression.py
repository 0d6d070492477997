import math

import pytest

from examples.success import solve
from examples.symbolic_regression import TASK, fitness


def test_the_polynomial_itself_has_no_error() -> None:
    square = "multiply(x, x)"
    assert fitness(f"add(add(x, {square}), add(multiply(x, {square}), multiply({square}, {square})))") == pytest.approx(
        0
    )


def test_the_error_is_relative_to_that_of_the_mean() -> None:
    # x / x is 1 everywhere, so that its error is the target's distance from 1 by its distance from its mean.
    xs = [-1 + place / 10 for place in range(21)]
    target = [x + x**2 + x**3 + x**4 for x in xs]
    mean = sum(target) / 21
    expected = math.sqrt(sum((y - 1) ** 2 for y in target) / sum((y - mean) ** 2 for y in target))
    assert fitness("divide_or_one(x, x)") == pytest.approx(-expected)


def test_what_is_not_finite_fails() -> None:
    tiny = "x"
    for _ in range(9):
        tiny = f"multiply({tiny}, {tiny})"
    assert fitness(f"divide_or_one(x, multiply({tiny}, {tiny}))") is None


@pytest.mark.parametrize("name", TASK.contenders)
def test_evolution_improves_on_random_terms(name: str) -> None:
    course = solve(TASK, TASK.contenders[name].smaller(100, 15), seed=1)
    assert course.best_of_generations[-1] > course.best_of_generations[0]
    assert fitness(course.phenotype) == course.best_of_generations[-1]
