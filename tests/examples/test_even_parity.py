import pytest

from examples.even_parity import TASK, fitness
from examples.success import solve


def test_the_equality_of_all_bits_and_false_is_their_parity() -> None:
    odd = "multiply(b0, multiply(b1, multiply(b2, multiply(b3, b4))))"
    assert {fitness(odd), fitness(f"negative({odd})")} == {0, 32}


def test_a_constant_is_right_in_half_of_the_cases() -> None:
    assert fitness("max(b0, negative(b0))") == fitness("min(b0, negative(b0))") == 16


@pytest.mark.parametrize("name", TASK.contenders)
def test_evolution_improves_on_random_terms(name: str) -> None:
    course = solve(TASK, TASK.contenders[name].smaller(60, 15), seed=1)
    assert course.best_of_generations[-1] > course.best_of_generations[0]
    assert fitness(course.phenotype) == course.best_of_generations[-1]
