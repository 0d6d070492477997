from dataclasses import astuple

import pytest

from backend.problems.catalogue import UnknownProblem, get_problem, problem_names
from backend.problems.layers import Dense
from backend.problems.problem import most_to_share, parameter_count, trainable_parameter_count


@pytest.mark.parametrize(
    ("name", "parameters", "trainable"),
    [
        ("mnist-1d", 14_154, 14_154),
        ("mnist-1d-2025", 14_154, 14_154),
        ("fashion-mnist", 1_199_882, 1_199_882),
        ("fashion-mnist-denser", 9_086_518, 9_086_372),
        ("cifar-10", 1_250_858, 1_250_858),
    ],
)
def test_a_network_has_as_many_parameters_as_published(name: str, parameters: int, trainable: int) -> None:
    problem = get_problem(name)
    assert (parameter_count(problem), trainable_parameter_count(problem)) == (parameters, trainable)


@pytest.mark.parametrize("name", problem_names())
def test_every_network_ends_with_a_softmax_over_the_classes(name: str) -> None:
    problem = get_problem(name)
    last = problem.layers[-1]
    assert isinstance(last, Dense)
    assert (last.units, last.activation) == (problem.classes, "softmax")


@pytest.mark.parametrize(
    ("name", "pool"),
    [
        ("mnist-1d", 4000),
        ("mnist-1d-2025", 4000),
        ("digits", 1797),
        ("fashion-mnist", 60_000),
        ("fashion-mnist-denser", 60_000),
        ("cifar-10", 50_000),
    ],
)
def test_the_parts_and_what_no_part_has_make_the_pool(name: str, pool: int) -> None:
    problem = get_problem(name)
    assert most_to_share(problem) + (problem.parts.test if problem.test_checksum is None else 0) == pool


def test_what_is_called_test_by_its_publishers_is_named_fitness_where_individuals_are_scored_on_it() -> None:
    problem = get_problem("mnist-1d-2025")
    assert astuple(problem.parts) == (3200, 0, 800, 0)
    assert "nothing is left to test on" in problem.description


def test_names_are_unique_and_found() -> None:
    assert [get_problem(name).name for name in problem_names()] == list(problem_names())


def test_an_unknown_problem_is_refused_with_the_names_of_the_known_ones() -> None:
    with pytest.raises(UnknownProblem, match=r"no problem 'mnist'; the problems are mnist-1d, digits"):
        get_problem("mnist")
