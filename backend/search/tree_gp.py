"""Tree genetic programming (Koza 1992): genotypes are expressions, crossover exchanges subtrees.

The defaults are those of [GP], "Genetic Programming for Learning Rate Schedules", whose trees have no limit and bloat.
"""

import math
from collections.abc import Sequence, Set
from typing import Literal

from numpy.random import Generator

from backend.expressions.languages import Language
from backend.expressions.nodes import Node
from backend.expressions.operators import OPERATORS, Kind
from backend.search.checks import check_count, check_one_of, check_rate
from backend.search.representation import GenotypeError, Json
from backend.search.tree import Symbol, Tree, arity, depths, end_of, replaced, shapes
from backend.search.tree_growth import Growth, Method, Spacing

# A larger tree is never made, with or without a limit: bloat would else fill the memory.
LARGEST_TREE = 10_000

Reach = Literal["root", "node"]


class TreeGP:
    """The representation for the expressions of a language.

    `functions` (all operators of the language if None) and `variables` (all), and constants between `constants`
    (none if None), uniform in themselves or in their logarithms (`spacing`), are what trees are made of. New trees
    grow by the method `initialisation` to `initial_depth`; the root is at depth 0. A mutation puts a new tree,
    grown to `mutation_depth`, in the place of any node; that depth is counted from the `root`, as published, so
    that below it only terminals are new, or from the `node`. `mutation_rate` is the probability that `mutate`
    changes anything. `depth_limit` and `size_limit` hold for all genotypes; without them LARGEST_TREE nodes and the
    language's own deepest nesting do. Raises `ValueError` for what cannot be.
    """

    def __init__(
        self,
        language: Language,
        functions: Sequence[str] | None = None,
        variables: Sequence[str] | None = None,
        constants: tuple[float, float] | None = (-1.0, 1.0),
        spacing: Spacing = "linear",
        initialisation: Method = "grow",
        initial_depth: int = 4,
        terminal_rate: float = 0.3,
        mutation_depth: int = 3,
        mutation_reach: Reach = "root",
        mutation_rate: float = 1.0,
        depth_limit: int | None = None,
        size_limit: int | None = None,
    ) -> None:
        check_one_of("initialisation", initialisation, Method)
        check_one_of("mutation_reach", mutation_reach, Reach)
        check_one_of("spacing", spacing, Spacing)
        check_count("initial_depth", initial_depth, 0)
        check_count("mutation_depth", mutation_depth, 0)
        check_rate("terminal_rate", terminal_rate)
        check_rate("mutation_rate", mutation_rate)
        self.language = language
        self.depth_limit = _limit("depth_limit", depth_limit, 0, language.deepest - 1)
        self.size_limit = _limit("size_limit", size_limit, 1, LARGEST_TREE)
        if initial_depth > self.depth_limit:
            raise ValueError(f"initial_depth is {initial_depth}, above depth_limit, which is {self.depth_limit}.")
        self._initialisation: Method = initialisation
        self._initial_depth = initial_depth
        self._mutation_depth = mutation_depth
        self._mutation_reach = mutation_reach
        self._mutation_rate = mutation_rate
        self._growth = Growth(
            _functions(language, functions),
            _variables(language, variables, constants),
            _interval(constants, spacing),
            terminal_rate,
            self.size_limit,
            spacing,
        )
        self._known = frozenset((*self._growth.functions, *self._growth.variables))

    def create(self, rng: Generator) -> Tree:
        """Return a random tree."""
        return Tree(tuple(self._growth.tree(self._initialisation, self._initial_depth, rng)))

    def mutate(self, genotype: Tree, rng: Generator) -> Tree:
        """Return the tree with a new subtree in the place of any node, grown to what depth and size allow."""
        if rng.random() >= self._mutation_rate:
            return genotype
        start = int(rng.random() * genotype.size)
        depth = depths(genotype.symbols)[start]
        reach = self._mutation_depth - depth if self._mutation_reach == "root" else self._mutation_depth
        levels = max(0, min(reach, self.depth_limit - depth))
        room = self._room_for_size(genotype, start)
        return replaced(genotype.symbols, start, self._growth.tree("grow", levels, rng, room))

    def recombine(self, first: Tree, second: Tree, rng: Generator) -> Tree:
        """Return the first of the children of `recombine_both`."""
        return self.recombine_both(first, second, rng)[0]

    def recombine_both(self, first: Tree, second: Tree, rng: Generator) -> tuple[Tree, Tree]:
        """Return the parents with a subtree of each, from any node on, exchanged.

        Within limits, the subtree of the second is drawn from those that fit into the first; where that of the first
        does not fit into the second, the second child is the second parent.
        """
        one, other = rng.random(2).tolist()
        start = int(one * first.size)
        places = self._fitting(first, start, second)
        at = places[int(other * len(places))]
        child = replaced(first.symbols, start, second.symbols[at : end_of(second.symbols, at)])
        sibling = replaced(second.symbols, at, first.symbols[start : end_of(first.symbols, start)])
        return child, sibling if self._is_within_limits(sibling) else second

    def express(self, genotype: Tree) -> str:
        """Return the canonical text of the expression."""
        return genotype.text

    def to_json(self, genotype: Tree) -> Json:
        """Return the symbols in Polish notation: `["multiply", "epoch", 0.5]`."""
        return list(genotype.symbols)

    def from_json(self, data: object) -> Tree:
        """Return the tree; `GenotypeError` if the data are none of these functions and terminals within the limits."""
        if not isinstance(data, Sequence) or isinstance(data, str):
            raise GenotypeError("A tree is a list of names and numbers in Polish notation.")
        symbols = tuple(map(self._read, data))
        _check_complete(symbols)
        return self._checked(Tree(symbols))

    def planted(self, expression: Node) -> Tree:
        """Return the genotype of an expression, such as a formula that people wrote.

        Its constants may be any. `GenotypeError` for functions and variables that trees are not made of here, and for
        what is beyond the limits.
        """
        tree = Tree.of(expression)
        for symbol in tree.symbols:
            self._read(symbol)
        return self._checked(tree)

    def _fitting(self, first: Tree, start: int, second: Tree) -> Sequence[int]:
        """Return the places of the second whose subtrees fit where the first is cut; a terminal always does."""
        if first.size + second.size <= min(self.size_limit, self.depth_limit):
            return range(second.size)
        size = self._room_for_size(first, start)
        height = self.depth_limit - depths(first.symbols)[start]
        fits = (each.size <= size and each.height <= height for each in shapes(second.symbols))
        return [place for place, fit in enumerate(fits) if fit]

    def _room_for_size(self, tree: Tree, start: int) -> int:
        """Return how many nodes may stand in the place of a subtree."""
        return self.size_limit - tree.size + end_of(tree.symbols, start) - start

    def _is_within_limits(self, tree: Tree) -> bool:
        return tree.size <= self.size_limit and (tree.size <= self.depth_limit or tree.depth <= self.depth_limit)

    def _checked(self, tree: Tree) -> Tree:
        if self._is_within_limits(tree):
            return tree
        raise GenotypeError(
            f"The tree has {tree.size} nodes and depth {tree.depth}; "
            f"at most {self.size_limit} nodes and depth {self.depth_limit} are allowed."
        )

    def _read(self, symbol: object) -> Symbol:
        if isinstance(symbol, str):
            if symbol not in self._known:
                raise GenotypeError(f"Trees have no {symbol!r} here; known are {', '.join(sorted(self._known))}.")
            return symbol
        if self._growth.constants is None or isinstance(symbol, bool) or not isinstance(symbol, int | float):
            raise GenotypeError(f"A tree is made of names{_NUMBERS[self._growth.constants is None]}, not {symbol!r}.")
        return _constant(symbol)


_NUMBERS = {True: " alone", False: " and finite numbers"}


def _constant(number: float) -> float:
    try:
        value = float(number)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise GenotypeError("A constant must be a finite number.")
    # As everywhere in expressions, minus zero is zero.
    return value + 0.0


def _check_complete(symbols: Sequence[Symbol]) -> None:
    """Raise `GenotypeError` unless the symbols are one whole tree and nothing more."""
    wanted = 1
    for at, symbol in enumerate(symbols):
        wanted += arity(symbol) - 1
        if wanted == 0 and at < len(symbols) - 1:
            raise GenotypeError(f"The tree ends after {at + 1} of {len(symbols)} symbols.")
    if wanted:
        raise GenotypeError(f"The tree is incomplete: {wanted} more symbols are needed at its end.")


def _limit(name: str, limit: int | None, least: int, greatest: int) -> int:
    if limit is None:
        return greatest
    check_count(name, limit, least)
    if limit > greatest:
        raise ValueError(f"{name} must be {greatest} at most, not {limit}.")
    return limit


def _functions(language: Language, names: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of the functions, all of numbers; in the order given, else in that of the alphabet."""
    numeric = {name for name in language.operators if {OPERATORS[name].gives, *OPERATORS[name].takes} == {Kind.NUMBER}}
    found = _known("functions", sorted(numeric) if names is None else names, numeric)
    if not found:
        raise ValueError("Trees need at least one function.")
    return found


def _variables(
    language: Language, names: Sequence[str] | None, constants: tuple[float, float] | None
) -> tuple[str, ...]:
    found = _known("variables", sorted(language.variables) if names is None else names, language.variables.keys())
    if not found and constants is None:
        raise ValueError("Trees need terminals: name variables, or give the range of constants.")
    return found


def _known(what: str, names: Sequence[str], known: Set[str]) -> tuple[str, ...]:
    for name in names:
        if name not in known:
            raise ValueError(f"{what} must be of {', '.join(sorted(known))}, not {name!r}.")
    if len(set(names)) < len(names):
        raise ValueError(f"{what} must be different ones, not {', '.join(names)}.")
    return tuple(names)


def _interval(constants: tuple[float, float] | None, spacing: Spacing) -> tuple[float, float] | None:
    if constants is not None:
        low, high = constants
        if not -math.inf < low <= high < math.inf or math.isinf(high - low):
            raise ValueError(f"constants must lie between two finite numbers, the lower first, not {constants}.")
        if spacing == "logarithmic" and low <= 0:
            raise ValueError(f"constants must be above 0 for a logarithmic spacing, not {constants}.")
    return constants
