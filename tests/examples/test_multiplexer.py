import pytest

from examples.multiplexer import TASK, fitness
from examples.success import solve


def chosen(address: str, one: str, zero: str) -> str:
    return f"max(min({address}, {one}), min(negative({address}), {zero}))"


def test_a_tree_of_choices_solves_it_with_and_without_if() -> None:
    pairs = [f"if(a0, d{place + 1}, d{place})" for place in (0, 2, 4, 6)]
    assert fitness(f"if(a2, if(a1, {pairs[3]}, {pairs[2]}), if(a1, {pairs[1]}, {pairs[0]}))") == 2048
    pairs = [chosen("a0", f"d{place + 1}", f"d{place}") for place in (0, 2, 4, 6)]
    assert fitness(chosen("a2", chosen("a1", pairs[3], pairs[2]), chosen("a1", pairs[1], pairs[0]))) == 2048


def test_a_data_bit_is_right_where_it_is_chosen_and_half_of_the_time_elsewhere() -> None:
    assert fitness("d5") == 2048 / 8 + 2048 * 7 / 8 / 2


@pytest.mark.parametrize("name", TASK.contenders)
def test_evolution_improves_on_random_terms(name: str) -> None:
    course = solve(TASK, TASK.contenders[name].smaller(60, 10), seed=1)
    assert course.best_of_generations[-1] > course.best_of_generations[0]
    assert fitness(course.phenotype) == course.best_of_generations[-1]
