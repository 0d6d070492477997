import pytest

from examples.santa_fe_ant import PELLETS, STEPS, TASK, Ant, fitness
from examples.success import solve

# Known to solve the trail (the literature has many like it).
SOLUTION = "max(move, add(left, add(max(move, add(right, add(right, max(move, left)))), move)))"


def test_the_trail_has_89_pellets() -> None:
    assert len(PELLETS) == 89


def test_a_known_program_eats_them_all() -> None:
    assert fitness(SOLUTION) == 89


def test_an_ant_that_only_goes_straight_eats_what_lies_in_the_first_row() -> None:
    assert fitness("move") == 3


def test_four_turns_to_one_side_undo_each_other_and_steps_run_out() -> None:
    ant = Ant(STEPS)
    ahead = ant.ahead
    assert ahead == (0, 1)
    ant.turn(1)
    assert ant.ahead == (1, 0)
    ant.turn(-1)
    assert ant.ahead == ahead
    assert ant.steps == STEPS - 2
    ant = Ant(0)
    ant.move()
    ant.turn(1)
    assert ant.ahead == ahead


@pytest.mark.parametrize("name", TASK.contenders)
def test_evolution_improves_on_random_programs(name: str) -> None:
    course = solve(TASK, TASK.contenders[name].smaller(100, 15), seed=1)
    assert course.best_of_generations[-1] > course.best_of_generations[0]
    assert fitness(course.phenotype) == course.best_of_generations[-1]
