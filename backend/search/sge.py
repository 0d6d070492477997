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

from numpy.random import Generator

from backend.grammar.grammar import Grammar
from backend.grammar.rules import NonTerminal, Production
from backend.search.adaptive_rates import Rates, parted, read_rates, stepped
from backend.search.checks import check_count, check_rate
from backend.search.representation import GenotypeError, Json
from backend.search.uniforms import uniforms_of

# A derivation with more inner nodes than this takes the shortest ways to its end, whatever its depth: some grammars
# would else fill the memory before they reach the depth limit. Published ones stay far below.
LARGEST_DERIVATION = 10_000


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
    take a random step before each mutation (`backend.search.adaptive_rates`). Raises `ValueError` for depths and rates
    that cannot be.
    """

    def __init__(
        self,
        grammar: Grammar,
        initial_depth: int = 6,
        depth_limit: int = 17,
        mutation_rate: float | Mapping[str, float] = 0.15,
        adaptive_rates: bool = False,
    ) -> None:
        check_count("initial_depth", initial_depth, 0)
        check_count("depth_limit", depth_limit, 0)
        if initial_depth > depth_limit:
            raise ValueError(f"initial_depth is {initial_depth}, above depth_limit, which is {depth_limit}.")
        self.grammar = grammar
        self.initial_depth = initial_depth
        self.depth_limit = depth_limit
        self._rates = _rates(grammar, mutation_rate)
        self._first_rates: Rates = self._rates if adaptive_rates else ()
        self._numbers = {name: number for number, name in enumerate(grammar.nonterminals)}
        self._counts = tuple(len(rule.productions) for rule in grammar.rules)
        self._flat = tuple(not any(p.nonterminals for p in rule.productions) for rule in grammar.rules)
        self._flat_counts = tuple((at, count) for at, count in enumerate(self._counts) if self._flat[at])
        self._shortest = tuple(grammar.shortest[name] for name in grammar.nonterminals)
        self._steps = tuple(tuple(map(self._step, rule.productions)) for rule in grammar.rules)
        self._templates = tuple(tuple(map(self._template, rule.productions)) for rule in grammar.rules)
        self._texts = tuple(
            tuple(map(_text, rule.productions)) if flat else ()
            for rule, flat in zip(grammar.rules, self._flat, strict=True)
        )

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

        If its derivation reaches the depth limit, they are drawn from the shortest ways instead, where the same one
        may come again. Rates that adapt take their step first.
        """
        own = stepped(genotype.rates, rng) if genotype.rates else ()
        codons = [list(part) for part in genotype.codons]
        too_deep = genotype.depth >= self.depth_limit
        uniforms = iter(rng.random(sum(genotype.used)).tolist())
        for number, (part, used, rate) in enumerate(zip(codons, genotype.used, own or self._rates, strict=True)):
            for position, uniform in enumerate(islice(uniforms, used)):
                if uniform < rate:
                    # Given that it is below the rate, uniform / rate is itself uniform in [0, 1).
                    part[position] = self._other(number, part[position], too_deep, uniform / rate)
        return self._complete(codons, self.depth_limit, uniforms_of(rng).__next__, own)

    def recombine(self, first: SGEGenotype, second: SGEGenotype, rng: Generator) -> SGEGenotype:
        """Return a child that has, for each non-terminal, the whole list of one parent or the other's."""
        mask = [choice < 0.5 for choice in rng.random(len(self._counts)).tolist()]
        return self._mixed(mask, first, second, rng)

    def recombine_both(
        self, first: SGEGenotype, second: SGEGenotype, rng: Generator
    ) -> tuple[SGEGenotype, SGEGenotype]:
        """Return the child of `recombine`, and the one that has every list from the other parent."""
        mask = [choice < 0.5 for choice in rng.random(len(self._counts)).tolist()]
        return self._mixed(mask, first, second, rng), self._mixed(mask, second, first, rng)

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
        templates, texts = self._templates, self._texts
        readers = [iter(part).__next__ for part in genotype.codons]
        text: list[str] = []
        pending: list[str | int] = [0]
        while pending:
            piece = pending.pop()
            if isinstance(piece, str):
                text.append(piece)
            elif texts[piece]:
                text.append(texts[piece][readers[piece]()])
            else:
                pending += templates[piece][readers[piece]()]
        return "".join(text)

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
        if closing:
            return self._draw(number, closing, uniform)
        if self._counts[number] == 1:
            return codon
        other = int(uniform * (self._counts[number] - 1))
        return other if other < codon else other + 1

    def _step(self, production: Production) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        """Return the numbers of a production's non-terminals, those to follow and flat ones; and 1 if it has any."""
        numbers = [self._numbers[name] for name in production.nonterminals]
        follow = tuple(number for number in numbers if not self._flat[number])
        return follow, tuple(number for number in numbers if self._flat[number]), int(bool(numbers))

    def _template(self, production: Production) -> tuple[str | int, ...]:
        """Return a production's text and the numbers of its non-terminals, the last one first."""
        return tuple(
            self._numbers[symbol.name] if isinstance(symbol, NonTerminal) else symbol.text
            for symbol in reversed(production.symbols)
        )


def _text(production: Production) -> str:
    """Return the text of a production that is all terminal."""
    return "".join(symbol.text for symbol in production.symbols if not isinstance(symbol, NonTerminal))


def _refuse_to_draw() -> float:
    raise GenotypeError("The genotype is incomplete, or deeper than the limit: its derivation needs codons it has not.")


def _rates(grammar: Grammar, rate: float | Mapping[str, float]) -> tuple[float, ...]:
    """Return the mutation rate of each non-terminal, in their order."""
    if not isinstance(rate, Mapping):
        check_rate("mutation_rate", rate)
        return (float(rate),) * len(grammar.nonterminals)
    if rate.keys() != set(grammar.nonterminals):
        known, given = ", ".join(grammar.nonterminals), ", ".join(rate)
        raise ValueError(f"mutation_rate must name each non-terminal ({known}), but it names {given or 'none'}.")
    for name, value in rate.items():
        check_rate(f"mutation_rate of {name}", value)
    return tuple(float(rate[name]) for name in grammar.nonterminals)
