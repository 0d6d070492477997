"""The derivation of a text, or of the nearest text that a grammar has.

The text is read token by token against the productions, depth first, every place and non-terminal once. Where a
number stands that no production has, the nearest one is taken; where an operand cannot be derived at all, one of its
own arguments takes its place, or else the shortest text of the non-terminal. What was changed is said. Left-recursive
rules are not followed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from backend.grammar.derivation_tree import Change, Tree, codons, least, shortest_tree, text_of
from backend.grammar.grammar import Grammar
from backend.grammar.pattern import Pattern, Pieces, cut, pattern_of


@dataclass(frozen=True)
class Derivation:
    """How a grammar derives a text.

    `codons` are the indices of the productions that each non-terminal takes, in the order in which a derivation depth
    first and from left to right takes them. `moved` are the numbers that became the nearest the grammar has,
    `replaced` the operands that were replaced: without any, `text` is the text that was asked for.
    """

    text: str
    codons: Mapping[str, tuple[int, ...]]
    moved: tuple[Change, ...] = ()
    replaced: tuple[Change, ...] = ()


def derive(grammar: Grammar, text: str) -> Derivation:
    """Return the derivation of the text or, if it has none, of the nearest text found."""
    tree = _Reader(grammar, text).tree()
    changed = [part for part in tree.walk() if part.change is not None]
    return Derivation(
        text_of(tree, grammar),
        codons(tree, grammar),
        moved=tuple(part.change for part in changed if part.change and not part.cost.tokens),
        replaced=tuple(part.change for part in changed if part.change and part.cost.tokens),
    )


class _Reader:
    """Finds, for each place and non-terminal, the tree of least cost for each place where it can end."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self._grammar = grammar
        self._pieces: Pieces = cut(text)
        self._patterns = {rule.name: tuple(map(pattern_of, rule.productions)) for rule in grammar.rules}
        self._found: dict[tuple[str, int], dict[int, Tree]] = {}

    def tree(self) -> Tree:
        """Return the tree of the whole text, or the nearest."""
        start, end = self._grammar.start, len(self._pieces)
        return self._trees(start, 0).get(end) or self._shortest(start, 0, end)

    def _trees(self, name: str, start: int) -> dict[int, Tree]:
        key = (name, start)
        if key not in self._found:
            # A rule that comes back to itself without having read anything finds nothing.
            self._found[key] = {}
            self._found[key] = self._read(name, start)
        return self._found[key]

    def _read(self, name: str, start: int) -> dict[int, Tree]:
        found: dict[int, Tree] = {}
        for index, pattern in enumerate(self._patterns[name]):
            for end, tree in self._number(name, index, pattern, start) or self._matches(name, index, pattern, start):
                found[end] = least(tree, found.get(end))
        end = self._pieces.operand_end(start)
        if end > start and (end not in found or found[end].cost.tokens):
            for tree in self._replacements(name, start, end):
                found[end] = least(tree, found.get(end))
        return found

    def _number(self, name: str, index: int, pattern: Pattern, start: int) -> list[tuple[int, Tree]]:
        """Match a production that is a number with any number."""
        there = self._pieces.number(start)
        if pattern.number is None or there is None:
            return []
        tree = Tree.of(name, index, (), moved=abs(there - pattern.number))
        if there != pattern.number:
            tree = replace(tree, change=Change(self._pieces.text(start, start + 1), str(pattern)))
        return [(start + 1, tree)]

    def _matches(self, name: str, index: int, pattern: Pattern, start: int) -> list[tuple[int, Tree]]:
        """Match a production symbol by symbol, following all ways in which its non-terminals can end."""
        ways: list[tuple[int, tuple[Tree, ...]]] = [(start, ())]
        for symbol in pattern.symbols:
            if isinstance(symbol, str):
                ways = [
                    (end, (*children, tree)) for at, children in ways for end, tree in self._trees(symbol, at).items()
                ]
            else:
                ways = [(at + len(symbol), children) for at, children in ways if self._pieces.match(symbol, at)]
        return [(end, Tree.of(name, index, children)) for end, children in ways]

    def _replacements(self, name: str, start: int, end: int) -> Iterator[Tree]:
        """Yield what can stand in place of an operand: one of its arguments, or the shortest text."""
        for argument, argument_end in self._pieces.arguments(start, end):
            tree = self._trees(name, argument).get(argument_end)
            if tree is not None:
                yield self._replacing(tree, start, end, (end - start) - (argument_end - argument))
        yield self._shortest(name, start, end)

    def _shortest(self, name: str, start: int, end: int) -> Tree:
        """Return a tree of least height of a non-terminal, in place of some tokens."""
        tree = shortest_tree(name, self._grammar)
        return self._replacing(tree, start, end, end - start + len(cut(text_of(tree, self._grammar))))

    def _replacing(self, tree: Tree, start: int, end: int, tokens: int) -> Tree:
        change = Change(self._pieces.text(start, end), text_of(tree, self._grammar))
        return replace(tree, cost=replace(tree.cost, tokens=tree.cost.tokens + tokens), change=change)
