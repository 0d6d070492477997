import json
import math
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from backend.expressions.evaluate import evaluate
from backend.expressions.languages import PROGRAM, SCHEDULE
from backend.expressions.nodes import Node
from backend.expressions.parse import parse
from backend.search.engine import SearchEngine
from backend.search.parameters import SearchParameters
from backend.search.representation import GenotypeError
from backend.search.tree import Tree
from backend.search.tree_gp import LARGEST_TREE, TreeGP
from tests.backend.programs import PROGRAMS, tower

_VARIABLES = ("epoch", "loss", "val_loss")
PUBLISHED = TreeGP(PROGRAM, variables=_VARIABLES)


def _tree(text: str) -> Tree:
    return Tree.of(parse(text, PROGRAM))


def descendants(representation: TreeGP, seed: int, length: int = 12) -> list[Tree]:
    """Return genotypes of all origins, each from the ones before."""
    rng = default_rng(seed)
    found = [representation.create(rng), representation.create(rng)]
    for _ in range(length):
        found += representation.recombine_both(found[-1], found[-2], rng)
        found.append(representation.mutate(found[-1], rng))
    return found


@pytest.mark.parametrize("initialisation", ["grow", "full", "ramped"])
@pytest.mark.parametrize("reach", ["root", "node"])
@given(seed=st.integers(0, 2**32), depth=st.integers(3, 8), size=st.integers(1, 40))
def test_every_operation_gives_a_tree_within_the_limits(
    initialisation: Any, reach: Any, seed: int, depth: int, size: int
) -> None:
    limited = TreeGP(
        PROGRAM,
        initialisation=initialisation,
        initial_depth=3,
        mutation_reach=reach,
        depth_limit=depth,
        size_limit=size,
    )
    for tree in descendants(limited, seed):
        assert tree.depth <= depth
        assert tree.size <= size
        assert limited.from_json(limited.to_json(tree)) == tree


@given(seed=st.integers(0, 2**32))
def test_every_tree_is_read_back_from_its_text_and_its_json(seed: int) -> None:
    for tree in descendants(PUBLISHED, seed):
        assert PUBLISHED.planted(parse(PUBLISHED.express(tree), PROGRAM)) == tree
        assert PUBLISHED.from_json(json.loads(json.dumps(PUBLISHED.to_json(tree)))) == tree


def test_published_trees_are_of_the_published_terminals_and_bloat() -> None:
    trees = [tree for seed in range(30) for tree in descendants(PUBLISHED, seed, length=30)]
    assert {each for tree in trees for each in tree.symbols if isinstance(each, str)} == {
        *PROGRAM.operators,
        *_VARIABLES,
    }
    assert max(PUBLISHED.create(default_rng(seed)).depth for seed in range(300)) == 4
    assert max(tree.depth for tree in trees) > 6


def test_crossover_exchanges_one_subtree_of_each_from_any_node_on() -> None:
    first, second = _tree("add(epoch, sin(0.5))"), _tree("multiply(loss, 0.25)")
    rng = default_rng(0)
    pairs = Counter(tuple(map(PUBLISHED.express, PUBLISHED.recombine_both(first, second, rng))) for _ in range(3000))
    assert len(pairs) == first.size * second.size
    assert ("add(epoch, sin(loss))", "multiply(0.5, 0.25)") in pairs
    assert ("multiply(loss, 0.25)", "add(epoch, sin(0.5))") in pairs
    assert all(abs(count - 250) < 5 * math.sqrt(250) for count in pairs.values())


@given(seed=st.integers(0, 2**32))
def test_the_one_child_is_the_first_of_the_two(seed: int) -> None:
    for first, second in pairwise(descendants(PUBLISHED, seed, length=3)):
        both = PUBLISHED.recombine_both(first, second, default_rng(seed))
        assert PUBLISHED.recombine(first, second, default_rng(seed)) == both[0]
        assert sum(each.size for each in both) == first.size + second.size


def test_what_does_not_fit_is_not_drawn_and_a_second_child_that_would_be_too_large_is_the_parent() -> None:
    limited = TreeGP(PROGRAM, initial_depth=1, depth_limit=2, size_limit=4)
    first, second = _tree("sin(sin(epoch))"), _tree("add(sin(loss), 0.5)")
    seen = [limited.recombine_both(first, second, default_rng(seed)) for seed in range(300)]
    assert {child.text for child, _ in seen} >= {"add(sin(loss), 0.5)", "sin(sin(loss))", "sin(sin(0.5))"}
    assert any(sibling == second for _, sibling in seen)
    assert all(max(child.depth, sibling.depth) <= 2 for child, sibling in seen)


def test_a_mutation_puts_a_new_subtree_in_the_place_of_any_node() -> None:
    tree, rng = _tree("add(add(add(add(epoch, 0.5), 0.25), 0.125), 2)"), default_rng(1)
    mutants = [PUBLISHED.mutate(tree, rng) for _ in range(3000)]
    assert any(mutant.depth <= 3 and "epoch" not in mutant.text for mutant in mutants)
    # From depth 3 on, the published mutation has only terminals left.
    deep = [mutant for mutant in mutants if mutant.text.startswith("add(add(add(add(")]
    assert max(mutant.depth for mutant in deep) == 4


def test_a_mutation_can_count_its_depth_from_its_own_node() -> None:
    ours = TreeGP(PROGRAM, mutation_reach="node", mutation_depth=3)
    deep, rng = Tree.of(tower(20)), default_rng(2)
    depths_reached = {ours.mutate(deep, rng).depth for _ in range(500)}
    assert max(depths_reached) == 23
    assert {PUBLISHED.mutate(deep, rng).depth for _ in range(500)} <= set(range(21))


def test_mutation_happens_with_its_probability() -> None:
    rarely, rng = TreeGP(PROGRAM, mutation_rate=0.2), default_rng(3)
    tree = _tree("sin(sin(sin(sin(0.123))))")
    changed = sum(rarely.mutate(tree, rng) != tree for _ in range(2000))
    assert abs(changed - 400) < 5 * math.sqrt(320)
    assert TreeGP(PROGRAM, mutation_rate=0).mutate(tree, rng) is tree


@given(node=PROGRAMS)
def test_every_formula_of_the_language_can_be_planted(node: Node) -> None:
    everything = TreeGP(PROGRAM)
    assert everything.planted(node).expression == node


def test_a_tree_of_ten_thousand_nodes_is_bred_like_any_other() -> None:
    rng = default_rng(4)
    for large in (Tree.of(tower(LARGEST_TREE - 1)), Tree(tuple(["add"] * 4_999 + ["loss"] * 5_000))):
        for _ in range(5):
            mutant = PUBLISHED.mutate(large, rng)
            child, sibling = PUBLISHED.recombine_both(large, mutant, rng)
            for tree in (mutant, child, sibling):
                assert tree.size <= LARGEST_TREE
                assert PUBLISHED.planted(parse(PUBLISHED.express(tree), PROGRAM)) == tree
                assert PUBLISHED.from_json(json.loads(json.dumps(PUBLISHED.to_json(tree)))) == tree


def test_bloat_ends_at_the_largest_tree() -> None:
    rng = default_rng(5)
    tree = Tree(tuple(["add"] * 4_000 + ["loss"] * 4_001))
    for _ in range(20):
        tree, other = PUBLISHED.recombine_both(tree, tree, rng)
        assert max(tree.size, other.size) <= LARGEST_TREE


def test_constants_are_stored_to_the_last_bit_and_minus_zero_as_zero() -> None:
    data = ["add", "multiply", 1.7976931348623157e308, 5e-324, -0.0]
    tree = PUBLISHED.from_json(json.loads(json.dumps(data)))
    assert str(PUBLISHED.to_json(tree)) == str([*data[:-1], 0.0])
    assert PUBLISHED.planted(tree.expression) == tree
    assert PUBLISHED.from_json([3]).symbols == (3.0,)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("epoch", "list of names and numbers"),
        ({"add": []}, "list of names and numbers"),
        ([], "incomplete: 1 more"),
        (["add", 1], "incomplete: 1 more"),
        (["sin"], "incomplete: 1 more"),
        (["epoch", "loss"], "ends after 1 of 2"),
        (["sin", 1, 2], "ends after 2 of 3"),
        (["learning_rate"], "no 'learning_rate' here; known are add, "),
        (["epoch_share"], "no 'epoch_share' here"),
        (["less", 1, 2], "no 'less' here"),
        ([True], "finite numbers, not True"),
        ([None], "finite numbers, not None"),
        ([["epoch"]], "not \\['epoch'\\]"),
        ([math.nan], "must be a finite number"),
        ([math.inf], "must be a finite number"),
        ([10**400], "must be a finite number"),
        (["sin"] * LARGEST_TREE + ["epoch"], "at most 10000 nodes and depth 9999"),
    ],
)
def test_data_that_are_no_tree_are_refused(data: object, words: str) -> None:
    with pytest.raises(GenotypeError, match=words):
        PUBLISHED.from_json(data)


def test_a_tree_beyond_the_limits_or_of_other_symbols_is_refused() -> None:
    limited = TreeGP(PROGRAM, functions=("add",), variables=("loss",), constants=None, initial_depth=1, depth_limit=1)
    assert limited.planted(parse("loss + loss", PROGRAM)).size == 3
    with pytest.raises(GenotypeError, match="has 5 nodes and depth 2; at most 10000 nodes and depth 1"):
        limited.planted(parse("loss + loss + loss", PROGRAM))
    with pytest.raises(GenotypeError, match=r"made of names alone, not 0\.5"):
        limited.planted(parse("0.5", PROGRAM))
    with pytest.raises(GenotypeError, match="no 'sin' here; known are add, loss"):
        limited.planted(parse("sin(loss)", PROGRAM))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"initialisation": "half"}, "initialisation must be one of grow, full, ramped, not 'half'"),
        ({"mutation_reach": "leaf"}, "mutation_reach must be one of root, node, not 'leaf'"),
        ({"initial_depth": -1}, "initial_depth must be a whole number of at least 0, not -1"),
        ({"mutation_depth": 1.5}, "mutation_depth must be a whole number"),
        ({"terminal_rate": 1.5}, "terminal_rate must be a number from 0 to 1, not 1.5"),
        ({"mutation_rate": math.nan}, "mutation_rate must be a number from 0 to 1, not nan"),
        ({"depth_limit": 3}, "initial_depth is 4, above depth_limit, which is 3"),
        ({"depth_limit": 10_000}, "depth_limit must be 9999 at most, not 10000"),
        ({"size_limit": 0}, "size_limit must be a whole number of at least 1, not 0"),
        ({"size_limit": 10_001}, "size_limit must be 10000 at most, not 10001"),
        ({"functions": ("sqrt",)}, "functions must be of add, .*, not 'sqrt'"),
        ({"functions": ()}, "at least one function"),
        ({"functions": ("add", "add")}, "functions must be different ones"),
        ({"variables": ("rate",)}, "variables must be of epoch, .*, not 'rate'"),
        ({"variables": (), "constants": None}, "need terminals"),
        ({"constants": (1.0, -1.0)}, "the lower first"),
        ({"constants": (-1.0, 1.0), "spacing": "logarithmic"}, "above 0"),
        ({"spacing": "odd"}, "spacing must be one of"),
        ({"constants": (-math.inf, 0.0)}, "two finite numbers"),
    ],
)
def test_settings_that_cannot_be_are_refused(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        TreeGP(PROGRAM, **arguments)


def test_only_functions_of_numbers_are_taken_from_a_language() -> None:
    trees = [TreeGP(SCHEDULE).create(default_rng(seed)) for seed in range(200)]
    symbols = {each for tree in trees for each in tree.symbols if isinstance(each, str)}
    assert symbols & {"if_func", "less", "greater_equal"} == set()
    assert symbols >= {"add", "min", "sqrt"}


def test_a_search_over_trees_finds_a_formula() -> None:
    representation = TreeGP(PROGRAM, functions=("add", "multiply"), variables=("epoch",), mutation_reach="node")
    points = [float(point) for point in range(-5, 6)]

    def fitness(tree: Tree) -> float:
        program = parse(tree.text, PROGRAM)
        return -sum(abs(_value(program, each) - (each * each + each)) for each in points)

    parameters = SearchParameters(population_size=60, generations=20)
    engine = SearchEngine(representation, parameters, seed=1)
    while not engine.finished:
        engine.tell([fitness(individual.genotype) for individual in engine.ask()])
    assert engine.best is not None
    assert engine.best.fitness > -30


def _value(program: Node, epoch: float) -> float:
    return evaluate(program, {"epoch": epoch}, PROGRAM)
