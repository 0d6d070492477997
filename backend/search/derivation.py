"""The tree that a genotype's codons derive, for operators that change one place and leave the others alone.

It is changed in place and made for every mutation; the tree that a text is read into
(`backend.grammar.derivation_tree`) is never changed and knows what each part cost.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

# For each non-terminal and production, the non-terminals of that production, by number and in order.
Children = Sequence[Sequence[Sequence[int]]]


@dataclass(slots=True, eq=False)
class Part:
    """One non-terminal of a derivation, by number, the production it takes, and what that leads to."""

    number: int
    codon: int
    children: list["Part"] = field(default_factory=list)

    def walk(self) -> Iterator["Part"]:
        """Yield this part and all below, depth first and from left to right."""
        pending = [self]
        while pending:
            part = pending.pop()
            yield part
            pending += reversed(part.children)

    def become(self, other: "Part") -> None:
        """Take the other's place in the grammar: its production and what is below."""
        self.codon, self.children = other.codon, other.children


def derivation(codons: Sequence[Sequence[int]], children: Children, start: int = 0) -> Part:
    """Return the tree that complete lists of codons derive."""
    readers = [iter(part).__next__ for part in codons]
    return grown(start, children, lambda number, _: readers[number]())


def grown(number: int, children: Children, choose: Callable[[int, int], int]) -> Part:
    """Return a derivation of a non-terminal; `choose(number, depth)` says which production each one takes."""
    root = Part(number, -1)
    pending = [(root, 0)]
    while pending:
        part, depth = pending.pop()
        part.codon = choose(part.number, depth)
        part.children = [Part(child, -1) for child in children[part.number][part.codon]]
        pending += [(child, depth + 1) for child in reversed(part.children)]
    return root


def codons_of(root: Part, count: int) -> list[list[int]]:
    """Return the lists of codons, one for each of the `count` non-terminals, that derive the tree."""
    codons: list[list[int]] = [[] for _ in range(count)]
    for part in root.walk():
        codons[part.number].append(part.codon)
    return codons
