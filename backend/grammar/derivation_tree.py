"""The tree of a derivation, and what it cost to bring a text into it."""

from collections.abc import Iterator
from dataclasses import dataclass

from backend.grammar.grammar import Grammar
from backend.grammar.rules import NonTerminal


@dataclass(frozen=True)
class Change:
    """A part of a text that a grammar does not have, and what stands there instead."""

    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.before} becomes {self.after}"


@dataclass(frozen=True, order=True)
class Cost:
    """How many tokens were replaced; then how far numbers were moved in all; then the depth. The least is nearest."""

    tokens: int
    moved: float
    depth: int


@dataclass(frozen=True)
class Tree:
    """A non-terminal's production, what the non-terminals in it became, and what had to be changed here."""

    name: str
    production: int
    children: tuple["Tree", ...]
    cost: Cost
    change: Change | None = None

    @classmethod
    def of(cls, name: str, production: int, children: tuple["Tree", ...], moved: float = 0.0) -> "Tree":
        """Return the tree that costs what its children do, and how far its own number was moved."""
        cost = Cost(
            sum(child.cost.tokens for child in children),
            sum(child.cost.moved for child in children) + moved,
            1 + max((child.cost.depth for child in children), default=0),
        )
        return cls(name, production, children, cost)

    def walk(self) -> Iterator["Tree"]:
        """Yield the tree and all below it, depth first and from left to right."""
        pending = [self]
        while pending:
            tree = pending.pop()
            yield tree
            pending.extend(reversed(tree.children))


def least(tree: Tree, other: Tree | None) -> Tree:
    """Return the tree that cost less; the other if both cost the same."""
    return tree if other is None or tree.cost < other.cost else other


def shortest_tree(name: str, grammar: Grammar) -> Tree:
    """Return the tree of the first shortest derivation of a non-terminal."""
    production = grammar.shortest[name][0]
    rule = next(rule for rule in grammar.rules if rule.name == name)
    children = tuple(shortest_tree(child, grammar) for child in rule.productions[production].nonterminals)
    return Tree.of(name, production, children)


def codons(tree: Tree, grammar: Grammar) -> dict[str, tuple[int, ...]]:
    """Return the productions of each non-terminal, in the order in which the derivation takes them."""
    taken: dict[str, list[int]] = {name: [] for name in grammar.nonterminals}
    for part in tree.walk():
        taken[part.name].append(part.production)
    return {name: tuple(indices) for name, indices in taken.items()}


def text_of(tree: Tree, grammar: Grammar) -> str:
    """Return the text that the tree derives."""
    productions = {rule.name: rule.productions for rule in grammar.rules}
    # Backwards every tree comes after its children, of which the leftmost was done last.
    done: list[str] = []
    for part in reversed(list(tree.walk())):
        production = productions[part.name][part.production]
        pieces = [done.pop() if isinstance(each, NonTerminal) else each.text for each in production.symbols]
        done.append("".join(pieces))
    return done[0]
