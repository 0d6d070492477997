import pytest

from backend.grammar.reader import read_grammar
from backend.search.engine import SearchParameters
from backend.search.sge import SGE
from examples.success import Contender, Task, by_sge, by_tree_gp, print_success, solve

GRAMMAR = "<a> ::= add(<a>, <a>) | x | y"
CONTENDERS = {"SGE": by_sge(GRAMMAR, 100, 30), "tree GP": by_tree_gp(("add",), ("x", "y"), 100, 30)}


def ys(phenotype: str) -> float | None:
    return min(phenotype.count("y"), 12)


TASK = Task("many y", ys, 12, CONTENDERS)


@pytest.mark.parametrize("name", CONTENDERS)
def test_a_run_ends_as_soon_as_it_has_solved_the_task(name: str) -> None:
    course = solve(TASK, CONTENDERS[name], seed=1)
    assert course.solved
    assert ys(course.phenotype) == course.best_of_generations[-1] == 12
    assert all(best < 12 for best in course.best_of_generations[:-1])


def test_a_run_that_does_not_solve_it_has_all_its_generations() -> None:
    course = solve(Task("more y", ys, 13, CONTENDERS), CONTENDERS["SGE"], seed=1)
    assert not course.solved
    assert len(course.best_of_generations) == 30


def test_a_task_in_which_nothing_has_a_fitness_is_refused() -> None:
    with pytest.raises(ValueError, match="No individual of any generation has a fitness in nothing"):
        solve(Task("nothing", lambda _: None, 1, CONTENDERS), CONTENDERS["SGE"], seed=1)


def test_a_smaller_contender_differs_in_its_sizes_alone() -> None:
    contender = Contender(SGE(read_grammar(GRAMMAR)), SearchParameters(population_size=50, generations=9, elitism=3))
    smaller = contender.smaller(10, 4)
    assert smaller.representation is contender.representation
    assert smaller.parameters == SearchParameters(population_size=10, generations=4, elitism=3)


def test_it_says_how_many_runs_solve_the_task(capsys: pytest.CaptureFixture[str]) -> None:
    print_success(TASK, range(3))
    printed = capsys.readouterr().out
    assert "many y by SGE, population 100, 30 generations: 3 of 3 solved" in printed
    assert "many y by tree GP, population 100, 30 generations: 3 of 3 solved" in printed
