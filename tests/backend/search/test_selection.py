import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from backend.search.selection import ranking, tournament


def test_a_ranking_goes_from_the_highest_fitness_down() -> None:
    assert ranking([0.1, 0.9, 0.5]) == (1, 2, 0)


def test_a_failed_individual_ranks_below_every_number() -> None:
    assert ranking([None, -1e308, 0.0]) == (2, 1, 0)


def test_ties_are_in_order_of_index() -> None:
    assert ranking([0.5, None, 0.5, None, 0.0, -0.0]) == (0, 2, 4, 5, 1, 3)


@given(st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False)))
def test_a_ranking_has_every_index_once(fitness: list[float | None]) -> None:
    assert sorted(ranking(fitness)) == list(range(len(fitness)))


def test_a_tournament_of_all_is_won_by_the_best() -> None:
    ranked = [3, 1, 0, 2]
    assert {tournament(ranked, 4, default_rng(seed)) for seed in range(20)} == {3}


def test_a_tournament_of_one_takes_anyone_alike() -> None:
    rng = default_rng(0)
    counts = Counter(tournament(range(4), 1, rng) for _ in range(4000))
    assert all(abs(counts[index] - 1000) < 5 * math.sqrt(1000) for index in range(4))


@pytest.mark.parametrize(("people", "size"), [(5, 2), (6, 5), (3, 2)])
def test_competitors_are_drawn_without_replacement(people: int, size: int) -> None:
    """Rank r wins if it is drawn and the others are all worse: C(people - 1 - r, size - 1) of C(people, size)."""
    rng, games = default_rng(1), 6000
    counts = Counter(tournament(range(people), size, rng) for _ in range(games))
    for rank in range(people):
        expected = games * math.comb(people - 1 - rank, size - 1) / math.comb(people, size)
        assert abs(counts[rank] - expected) <= 5 * math.sqrt(expected)
