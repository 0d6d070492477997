"""A context-free grammar whose texts are phenotypes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from backend.grammar.covering import covering_texts
from backend.grammar.derivations import production_height, rule_heights, shortest_productions
from backend.grammar.notes import Notes
from backend.grammar.rules import Production, Rule


@dataclass(frozen=True)
class Grammar:
    """Rules of which the first is the start; made by `read_grammar`, which refuses rules that do not fit together.

    `notes` are what its header says of it, `text` is what it was read from; neither counts when two are compared.
    """

    name: str
    rules: tuple[Rule, ...]
    notes: Notes = field(default_factory=Notes, compare=False)
    text: str = field(default="", compare=False, repr=False)

    @property
    def start(self) -> str:
        """The name of the non-terminal that every derivation begins with."""
        return self.rules[0].name

    @property
    def nonterminals(self) -> tuple[str, ...]:
        """All names, in order of first appearance on a left-hand side."""
        return tuple(rule.name for rule in self.rules)

    @cached_property
    def heights(self) -> Mapping[str, int]:
        """How many levels a derivation of each non-terminal needs below itself at least; 0: terminals alone."""
        return rule_heights(self.rules)

    @cached_property
    def shortest(self) -> Mapping[str, tuple[int, ...]]:
        """For each non-terminal, the indices of its productions that lead to a derivation of that least height."""
        return shortest_productions(self.rules, self.heights)

    def height(self, production: Production) -> int:
        """Return how many levels the production needs below its non-terminal at least; 0: terminals alone."""
        return production_height(production, self.heights)

    def covering_phenotypes(self) -> tuple[str, ...]:
        """Return texts that use every production at least once: to check that the grammar speaks a language."""
        return covering_texts(self.rules)
