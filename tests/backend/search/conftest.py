"""The implementations of Representation that every conformance test is held with."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.expressions.languages import SCHEDULE
from backend.grammar.catalogue import load_grammar
from backend.grammar.reader import read_grammar
from backend.search.representation import Representation
from backend.search.sge import SGE
from backend.search.tree_gp import TreeGP

# Mutual recursion: looking at a production's own non-terminal alone, nothing here recurses.
MUTUAL = """
<expr> ::= <func> | <terminal>
<func> ::= add(<expr>, <expr>) | multiply(<expr>, <expr>) | <terminal>
<terminal> ::= <const> | epoch | learning_rate
<const> ::= 0.25 | 0.5 | 1.0
"""

# Each has genotypes of its own type, which the tests pass on and never look into.
REPRESENTATIONS: dict[str, Callable[[], Representation[Any]]] = {
    "sge-dlr": lambda: SGE(load_grammar("dlr-2020")),
    "sge-mutual-recursion": lambda: SGE(read_grammar(MUTUAL), initial_depth=2, depth_limit=4, mutation_rate=0.5),
    "sge-facilitated": lambda: SGE(
        read_grammar(MUTUAL), mutation_rate={"expr": 0.3, "func": 0.3, "terminal": 0.0, "const": 1.0}
    ),
    "sge-adaptive": lambda: SGE(
        read_grammar(MUTUAL),
        mutation_rate={"expr": 0.3, "func": 0.3, "terminal": 0.0, "const": 1.0},
        adaptive_rates=True,
    ),
    "sge-in-place": lambda: SGE(
        read_grammar(MUTUAL),
        initial_depth=2,
        depth_limit=5,
        mutation_rate=0.5,
        constant_mutation="near",
        recombination_of="parts",
        mutation_of="subtrees",
    ),
    "tree": lambda: TreeGP(SCHEDULE),
    "tree-limited": lambda: TreeGP(
        SCHEDULE,
        functions=("multiply", "subtract", "sin"),
        initialisation="ramped",
        mutation_reach="node",
        depth_limit=5,
        size_limit=12,
    ),
}


@pytest.fixture(params=REPRESENTATIONS)
def representation(request: pytest.FixtureRequest) -> Representation[Any]:
    """Each kind of genotype that the program has."""
    return REPRESENTATIONS[request.param]()
