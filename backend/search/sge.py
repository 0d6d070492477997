"""Structured Grammatical Evolution (Lourenço, Pereira, Costa 2016), with the depth control of SGE3.

A genotype has one list of codons for each non-terminal; a codon is the index of a production. A derivation goes depth
first and from left to right, the start being at depth 0; each non-terminal reads its own list from the front, and a
list may be longer than what is read. Two things differ from the published program: lists that are too short are
completed when a genotype is made, never while it is expressed; and a codon beyond the depth limit, inherited or drawn,
always leads along a shortest derivation, so that depth is bounded for every grammar, mutual recursion included.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from numpy.random import Generator

from backend.grammar.grammar import Grammar
from backend.grammar.rules import Production
from backend.search.adaptive_rates import Rates, parted, read_rates, stepped
from backend.search.checks import check_count, check_one_of
from backend.search.derivation import codons_of, derivation
from backend.search.derived_text import DerivedText
from backend.search.linked_lists import every_list_alone, lists_by_part
from backend.search.mutation_rates import mutation_rates
from backend.search.near_constants import near_constants
from backend.search.representation import GenotypeError, Json
from backend.search.subtree_mutation import SubtreeMutation
from backend.search.uniforms import uniforms_of

# A derivation with more inner nodes than this takes the shortest ways to its end, whatever its depth: some grammars
# would else fill the memory before they reach the depth limit. Published ones stay far below.
LARGEST_DERIVATION = 10_000

ConstantMutation = Literal["any", "near"]
RecombinationOf = Literal["lists", "parts"]
MutationOf = Literal["codons", "subtrees"]


@dataclass(frozen=True, slots=True)
class SGEGenotype:
    """Complete lists of codons, in the order of the grammar's non-terminals.

    `used` says how many of each list its derivation reads, `depth` how deep that is (the start is at depth 0); both
    follow from the codons. `rates` are its own mutation rates, in the same order, if they adapt; else there are none.
    """

    codons: tuple[tuple[int, ...], ...]
    used: tuple[int, ...]
    depth: int
    rates: Rates = ()


class SGE:
    """The representation for a grammar.

    Beyond `initial_depth` the derivation of a new genotype takes shortest ways, beyond `depth_limit` every one does;
    `mutation_rate` is the probability of change for each codon in use, one for all or one for each non-terminal
    ("facilitated mutation"). With `adaptive_rates` these are only the first ones: each genotype carries its own, which
    take a random step before each mutation (`backend.search.adaptive_rates`). With `constant_mutation` "near" a mutated
    constant becomes one of the next larger or smaller ones, else any other (`backend.search.near_constants`). With
    `recombination_of` "parts" lists that write the same part of the phenotype stay together
    (`backend.search.linked_lists`). With `mutation_of` "subtrees" what stands beside a mutated place stays as it is
    (`backend.search.subtree_mutation`). Raises `ValueError` for depths and rates that cannot be.
    """

    def __init__(
        self,
        grammar: Grammar,
        initial_depth: int = 6,
        depth_limit: int = 17,
        mutation_rate: float | Mapping[str, float] = 0.15,
        adaptive_rates: bool = False,
        constant_mutation: ConstantMutation = "any",
        recombination_of: RecombinationOf = "lists",
        mutation_of: MutationOf = "codons",
    ) -> None:
        check_count("initial_depth", initial_depth, 0)
        check_count("depth_limit", depth_limit, 0)
        check_one_of("constant_mutation", constant_mutation, ConstantMutation)
        check_one_of("recombination_of", recombination_of, RecombinationOf)
        check_one_of("mutation_of", mutation_of, MutationOf)
        if initial_depth > depth_limit:
            raise ValueError(f"initial_depth is {initial_depth}, above depth_limit, which is {depth_limit}.")
        self.grammar = grammar
        self.initial_depth = initial_depth
        self.depth_limit = depth_limit
        self._rates = mutation_rates(grammar, mutation_rate)
        self._first_rates: Rates = self._rates if adaptive_rates else ()
        self._numbers = {name: number for number, name in enumerate(grammar.nonterminals)}
        self._counts = tuple(len(rule.productions) for rule in grammar.rules)
        self._flat = tuple(not any(p.nonterminals for p in rule.productions) for rule in grammar.rules)
        self._flat_counts = tuple((at, count) for at, count in enumerate(self._counts) if self._flat[at])
        self._near = tuple(near_constants(rule) if constant_mutation == "near" else () for rule in grammar.rules)
        self._linked = lists_by_part(grammar) if recombination_of == "parts" else every_list_alone(grammar)
        self._shortest = tuple(grammar.shortest[name] for name in grammar.nonterminals)
        self._children = tuple(tuple(map(self._numbered, rule.productions)) for rule in grammar.rules)
        self._steps = tuple(tuple(map(self._step, productions)) for productions in self._children)
        self._text = DerivedText(grammar)
        self._subtrees = self._subtree_mutation() if mutation_of == "subtrees" else None

    @property
    def greatest_depth(self) -> int:
        """The depth that no derivation exceeds: past the limit the shortest way to the end takes a few more levels."""
        return self.depth_limit + 1 + max(self.grammar.heights.values())

    def create(self, rng: Generator) -> SGEGenotype:
        """Return a random genotype: uniform over productions down to the initial depth, shortest ways beyond it."""
        empty: list[list[int]] = [[] for _ in self._counts]
        return self._complete(empty, self.initial_depth, uniforms_of(rng).__next__, self._first_rates)

    def mutate(self, genotype: SGEGenotype, rng: Generator) -> SGEGenotype:
        """Return the genotype with some of its used codons changed to another production, uniformly.

        Constants change to near ones alone, if so configured. If the derivation reaches the depth limit, the others are
        drawn from the shortest ways instead, where the same one may come again. Rates that adapt take their step first.
        """
        own = stepped(genotype.rates, rng) if genotype.rates else ()
        if self._subtrees:
            return self._with_mutated_subtrees(self._subtrees, genotype, own, rng)
        codons = [list(part) for part in genotype.codons]
        too_deep = genotype.depth >= self.depth_limit
        uniforms = iter(rng.random(sum(genotype.used)).tolist())
        for number, (part, used, rate) in enumerate(zip(codons, genotype.used, own or self._rates, strict=True)):
            for position, uniform in enumerate(islice(uniforms, used)):
                if uniform < rate:
                    # Given that it is below the rate, uniform / rate is itself uniform in [0, 1).
                    part[position] = self._other(number, part[position], too_deep, uniform / rate)
        return self._complete(codons, self.depth_limit, uniforms_of(rng).__next__, own)

    def _with_mutated_subtrees(
        self, subtrees: SubtreeMutation, genotype: SGEGenotype, own: Rates, rng: Generator
    ) -> SGEGenotype:
        uniform = uniforms_of(rng).__next__
        root = derivation(genotype.codons, subtrees.children)
        subtrees.mutate(root, own or self._rates, uniform)
        return self._complete(codons_of(root, len(self._counts)), self.depth_limit, uniform, own)

    def recombine(self, first: SGEGenotype, second: SGEGenotype, rng: Generator) -> SGEGenotype:
        """Return a child that has, for each non-terminal, the whole list of one parent or the other's."""
        return self._mixed(self._mask(rng), first, second, rng)

    def recombine_both(
        self, first: SGEGenotype, second: SGEGenotype, rng: Generator
    ) -> tuple[SGEGenotype, SGEGenotype]:
        """Return the child of `recombine`, and the one that has every list from the other parent."""
        mask = self._mask(rng)
        return self._mixed(mask, first, second, rng), self._mixed(mask, second, first, rng)

    def _mask(self, rng: Generator) -> list[bool]:
        """Return for each list whether it is the first parent's; linked ones share the choice of the first of them."""
        choices = [choice < 0.5 for choice in rng.random(len(self._counts)).tolist()]
        return [choices[place] for place in self._linked]

    def _mixed(self, mask: Sequence[bool], first: SGEGenotype, second: SGEGenotype, rng: Generator) -> SGEGenotype:
        """Return the child with the lists, and rates, of the first parent where the mask is true."""
        codons = [
            list(mine if taken else theirs)
            for taken, mine, theirs in zip(mask, first.codons, second.codons, strict=True)
        ]
        # Without rates that adapt there are none to pair the mask with.
        pairs = zip(mask, first.rates, second.rates, strict=False)
        rates = tuple(mine if taken else theirs for taken, mine, theirs in pairs)
        return self._complete(codons, self.depth_limit, uniforms_of(rng).__next__, rates)

    def express(self, genotype: SGEGenotype) -> str:
        """Return the text that the codons derive."""
        return self._text(genotype.codons)

    def to_json(self, genotype: SGEGenotype) -> Json:
        """Return the codons by non-terminal: `{"expr": [1], "lr_const": [42]}`.

        Where rates adapt, they stand beside: `{"codons": {"expr": [1], ...}, "rates": {"expr": 0.15, ...}}`.
        """
        names = self.grammar.nonterminals
        codons = dict(zip(names, map(list, genotype.codons), strict=True))
        return {"codons": codons, "rates": dict(zip(names, genotype.rates, strict=True))} if genotype.rates else codons

    def from_json(self, data: object) -> SGEGenotype:
        """Return the genotype; `GenotypeError` if the data are no complete genotype of this grammar and depth limit.

        Where rates adapt, data without any are given the first ones.
        """
        rates = self._first_rates
        if rates:
            data, own = parted(data)
            rates = rates if own is None else read_rates(self.grammar.nonterminals, own)
        if not isinstance(data, Mapping) or data.keys() != self._numbers.keys():
            raise GenotypeError(f"A genotype has one list for each of {', '.join(self.grammar.nonterminals)}.")
        codons = [self._read_codons(name, data[name]) for name in self.grammar.nonterminals]
        return self._complete(codons, self.depth_limit, _refuse_to_draw, rates)

    def _read_codons(self, name: str, codons: object) -> list[int]:
        count = self._counts[self._numbers[name]]
        if not isinstance(codons, Sequence) or isinstance(codons, str):
            raise GenotypeError(f"The codons of {name} must be a list, not {codons!r}.")
        for codon in codons:
            if isinstance(codon, bool) or not isinstance(codon, int) or not 0 <= codon < count:
                raise GenotypeError(f"A codon of {name} must be a whole number from 0 to {count - 1}, not {codon!r}.")
        return list(codons)

    def _complete(
        self, codons: list[list[int]], depth_limit: int, uniform: Callable[[], float], rates: Rates
    ) -> SGEGenotype:
        """Return the genotype after following its derivation: missing codons drawn, those that lead too deep redrawn.

        The innermost loop of every search. It keeps, instead of a depth for each node, the path of its ancestors, each
        with the children that are still to follow; and it does not follow the flat non-terminals, whose productions
        are all terminal, but only counts them: any production of theirs is a shortest one.
        """
        steps, shortest = self._steps, self._shortest
        used = [0] * len(codons)
        depth, deepest, room, closing = 0, 0, LARGEST_DERIVATION, False
        path: list[Iterator[int]] = []
        children = iter((0,))
        while True:
            for number in children:
                position, part = used[number], codons[number]
                used[number] = position + 1
                if position == len(part) or (closing and part[position] not in shortest[number]):
                    # Puts the codon in the place of the one that leads too deep, or at the end.
                    part[position : position + 1] = [self._draw(number, closing, uniform())]
                below, flat, levels_below = steps[number][part[position]]
                for other in flat:
                    used[other] += 1
                if depth + levels_below > deepest:
                    deepest = depth + levels_below
                if below:
                    path.append(children)
                    children = iter(below)
                    depth, room = depth + 1, room - 1
                    break
            else:
                if not path:
                    break
                children = path.pop()
                depth -= 1
            closing = depth > depth_limit or room < 0
        self._draw_flat(codons, used, uniform)
        return SGEGenotype(tuple(map(tuple, codons)), tuple(used), deepest, rates)

    def _draw_flat(self, codons: list[list[int]], used: Sequence[int], uniform: Callable[[], float]) -> None:
        """Draw the codons of flat non-terminals that the derivation uses and that are missing."""
        for number, count in self._flat_counts:
            part = codons[number]
            if (missing := used[number] - len(part)) > 0:
                part.extend([int(uniform() * count) for _ in range(missing)])

    def _draw(self, number: int, closing: bool, uniform: float) -> int:
        """Return any production of a non-terminal or, when closing, one of a shortest derivation."""
        if closing:
            shortest = self._shortest[number]
            return shortest[int(uniform * len(shortest))]
        return int(uniform * self._counts[number])

    def _other(self, number: int, codon: int, closing: bool, uniform: float) -> int:
        """Return another production than the codon's, if there is one; when closing, any of a shortest derivation."""
        if self._near[number]:
            near = self._near[number][codon]
            return near[int(uniform * len(near))] if near else codon
        if closing:
            return self._draw(number, closing, uniform)
        if self._counts[number] == 1:
            return codon
        other = int(uniform * (self._counts[number] - 1))
        return other if other < codon else other + 1

    def _subtree_mutation(self) -> SubtreeMutation:
        return SubtreeMutation(
            self._children, self._draw, lambda number, codon, uniform: self._other(number, codon, False, uniform)
        )

    def _numbered(self, production: Production) -> tuple[int, ...]:
        """Return the numbers of a production's non-terminals."""
        return tuple(self._numbers[name] for name in production.nonterminals)

    def _step(self, children: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        """Return which of a production's non-terminals are to be followed and which are flat; and 1 if it has any."""
        follow = tuple(number for number in children if not self._flat[number])
        return follow, tuple(number for number in children if self._flat[number]), int(bool(children))


def _refuse_to_draw() -> float:
    raise GenotypeError("The genotype is incomplete, or deeper than the limit: its derivation needs codons it has not.")
