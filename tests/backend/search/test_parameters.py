from typing import Any

import pytest

from backend.search.parameters import SearchParameters


def test_a_population_of_one_is_allowed() -> None:
    assert SearchParameters(population_size=1, generations=1, tournament_size=1).elitism == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"population_size": 0}, "population_size must be a whole number of at least 1, not 0"),
        ({"population_size": 4.0}, "population_size must be a whole number"),
        ({"generations": 0}, "generations must be a whole number of at least 1, not 0"),
        ({"tournament_size": 0}, "tournament_size must be a whole number of at least 1, not 0"),
        ({"tournament_size": 11}, r"tournament_size is 11, but the population has only 10 individual\(s\)"),
        ({"elitism": -1}, "elitism must be a whole number of at least 0, not -1"),
        ({"elitism": 11}, r"elitism is 11, but the population has only 10 individual\(s\)"),
        ({"elitism": 6, "protected": 5}, "elitism is 6 and protected is 5: together they are more than"),
        ({"protected": -1}, "protected must be a whole number of at least 0, not -1"),
        ({"child_mutation_rate": 1.1}, "child_mutation_rate must be a number from 0 to 1, not 1.1"),
        ({"breeding": "steady"}, "breeding must be one of generational, mating_pool, not 'steady'"),
        ({"elitism_of": ["behaviours"]}, "elitism_of must be one of individuals, behaviours, not \\['behaviours'\\]"),
        (
            {"population_size": 1, "tournament_size": 1, "breeding": "mating_pool"},
            "breeding is 'mating_pool', which needs a population_size of at least 2, not 1",
        ),
        ({"crossover_rate": -0.01}, "crossover_rate must be a number from 0 to 1, not -0.01"),
        ({"crossover_rate": float("nan")}, "crossover_rate must be a number from 0 to 1, not nan"),
    ],
)
def test_parameters_that_cannot_be_are_refused_by_name(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        SearchParameters(**{"population_size": 10, "generations": 5, **changes})
