import math
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from backend.search.tree import Tree, arity, depths
from backend.search.tree_growth import Growth, Method

_SEEDS = st.integers(0, 2**32)


def _growth(**changes: Any) -> Growth:
    settings: dict[str, Any] = {
        "functions": ("add", "multiply", "sin"),
        "variables": ("epoch", "loss", "val_loss"),
        "constants": (-1.0, 1.0),
        "terminal_rate": 0.3,
        "largest": 10_000,
    }
    return Growth(**{**settings, **changes})


@pytest.mark.parametrize("method", ["grow", "full", "ramped"])
@given(seed=_SEEDS, depth=st.integers(0, 6), room=st.integers(1, 40))
def test_every_tree_is_whole_and_within_depth_and_room(method: Method, seed: int, depth: int, room: int) -> None:
    tree = Tree(tuple(_growth().tree(method, depth, default_rng(seed), room)))
    assert tree.depth <= depth
    assert tree.size <= room
    assert Tree.of(tree.expression) == tree


@given(seed=_SEEDS, depth=st.integers(0, 6))
def test_a_full_tree_has_all_its_terminals_at_the_greatest_depth(seed: int, depth: int) -> None:
    symbols = _growth().tree("full", depth, default_rng(seed))
    places = zip(symbols, depths(symbols), strict=True)
    assert {at for symbol, at in places if not arity(symbol)} == {depth}


def test_grow_takes_terminals_with_its_probability_above_the_greatest_depth() -> None:
    rng = default_rng(0)
    roots = Counter(arity(_growth().tree("grow", 4, rng)[0]) > 0 for _ in range(4000))
    assert abs(roots[False] - 1200) < 5 * math.sqrt(4000 * 0.3 * 0.7)


def test_ramped_half_and_half_draws_each_depth_from_two_on_and_both_methods() -> None:
    rng = default_rng(1)
    trees = [Tree(tuple(_growth(functions=("add",)).tree("ramped", 4, rng))) for _ in range(3000)]
    full = Counter(tree.depth for tree in trees if tree.size == 2 ** (tree.depth + 1) - 1 and tree.depth > 1)
    assert set(full) == {2, 3, 4}
    assert min(full[depth] for depth in (3, 4)) > 400
    assert sum(tree.depth < 2 for tree in trees) > 3000 * 0.5 * 0.3 * 0.8
    assert {Tree(tuple(_growth().tree("ramped", 1, rng))).depth for _ in range(50)} == {0, 1}


def test_terminals_and_functions_are_drawn_uniformly() -> None:
    rng = default_rng(2)
    symbols = [_growth().tree("grow", 0, rng)[0] for _ in range(4000)]
    counts = Counter(each if isinstance(each, str) else "constant" for each in symbols)
    assert all(abs(counts[each] - 1000) < 5 * math.sqrt(750) for each in ("epoch", "loss", "val_loss", "constant"))
    constants = [each for each in symbols if isinstance(each, float)]
    assert -1 <= min(constants) < -0.9
    assert 0.9 < max(constants) < 1
    functions = Counter(_growth().tree("full", 1, rng)[0] for _ in range(3000))
    assert all(abs(functions[each] - 1000) < 5 * math.sqrt(667) for each in ("add", "multiply", "sin"))


def test_with_a_logarithmic_spacing_all_sizes_of_constants_are_equally_likely() -> None:
    growth = _growth(variables=(), constants=(1e-4, 1.0), spacing="logarithmic")
    rng = default_rng(1)
    drawn = [float(growth.tree("grow", 0, rng)[0]) for _ in range(4000)]
    assert 1e-4 <= min(drawn) <= max(drawn) <= 1
    for power in range(-4, 0):
        share = sum(10.0**power <= each < 10.0 ** (power + 1) for each in drawn) / len(drawn)
        assert share == pytest.approx(0.25, abs=0.03)


def test_without_constants_or_variables_terminals_are_of_the_other_kind() -> None:
    rng = default_rng(3)
    assert {_growth(constants=None).tree("grow", 0, rng)[0] for _ in range(100)} == {"epoch", "loss", "val_loss"}
    assert all(isinstance(_growth(variables=()).tree("grow", 0, rng)[0], float) for _ in range(100))


def test_no_constant_is_minus_zero() -> None:
    growth = _growth(variables=(), constants=(-0.0, -0.0))
    assert str(growth.tree("grow", 0, default_rng(0))[0]) == "0.0"
