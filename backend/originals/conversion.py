"""Dumped individuals as ours: codons of our grammar, phenotypes of our languages, parents by index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from backend.expressions.errors import ExpressionError
from backend.originals.errors import UnreadableOriginal
from backend.originals.grammars import OriginalGrammar, read_phenotype
from backend.originals.individuals import Codons, DumpedIndividual
from backend.originals.translation import Untranslatable, translated
from backend.search.genotype_of import NotExpressible, genotype_of
from backend.search.individual import Individual, Operator
from backend.search.representation import GenotypeError
from backend.search.sge import SGE, SGEGenotype

# The original's limit does not see mutual recursion: some of its derivations are more than a hundred levels deep.
DEEPEST = 1000
_REMEMBERED = 65_536

_OPERATORS: Mapping[str, Operator] = {
    "crossover": Operator.CROSSOVER,
    "recombin": Operator.CROSSOVER,
    "mutat": Operator.MUTATION,
    "elit": Operator.ELITE,
    "copy": Operator.COPY,
    "init": Operator.CREATE,
    "creat": Operator.CREATE,
}
_BY_PARENTS = (Operator.CREATE, Operator.MUTATION, Operator.CROSSOVER)


@dataclass(frozen=True, slots=True)
class TakenIndividual:
    """An individual of ours, its fitness or a reason, and what of it could not be taken over, in words."""

    bred: Individual[SGEGenotype]
    fitness: float | None
    reason: str | None
    note: str | None


class Conversion:
    """Converts one generation after another of a grammar's individuals; raises UnreadableOriginal where one is not."""

    def __init__(self, grammar: OriginalGrammar) -> None:
        self._original = grammar
        self._representation = SGE(grammar.grammar, depth_limit=DEEPEST)
        self._positions = {name: position for position, name in enumerate(grammar.names)}
        # Most phenotypes come again and again while a population converges.
        self._translated = lru_cache(_REMEMBERED)(translated)

    def generation(
        self, population: Sequence[DumpedIndividual], before: Sequence[DumpedIndividual]
    ) -> tuple[TakenIndividual, ...]:
        """Return the individuals; `before` is the population that they were bred from, empty for the first."""
        indices: dict[str, int] = {}
        for index, parent in enumerate(before):
            if parent.id is not None:
                indices.setdefault(parent.id, index)
        return tuple(self._taken(dumped, indices, is_first=not before) for dumped in population)

    def _taken(self, dumped: DumpedIndividual, indices: Mapping[str, int], is_first: bool) -> TakenIndividual:
        genotype, note = self._genotype(dumped)
        operator, parents = _lineage(dumped, indices, is_first)
        bred = Individual(genotype, self._representation.express(genotype), operator, parents)
        return TakenIndividual(bred, dumped.fitness, dumped.reason, note)

    def _genotype(self, dumped: DumpedIndividual) -> tuple[SGEGenotype, str | None]:
        """Return the genotype that expresses the phenotype: the dumped one, or else one found from the text."""
        text = self._phenotype(dumped)
        if dumped.codons is not None:
            self._check_codons(dumped.codons, dumped.place)
            genotype = self._complete(dumped.codons)
            if genotype is not None and _same(self._representation.express(genotype), text):
                return genotype, None
        why = "none was dumped" if dumped.codons is None else "the dumped one does not express it"
        return self._found(text, dumped), f"the genotype was found from the phenotype: {why}"

    def _phenotype(self, dumped: DumpedIndividual) -> str:
        try:
            return self._translated(dumped.phenotype)
        except Untranslatable as error:
            raise UnreadableOriginal(dumped.place, f"its phenotype cannot be translated: {error}.") from None

    def _check_codons(self, codons: Codons, place: str) -> None:
        names = self._original.names
        if len(codons) != len(names):
            why = f"its genotype has {len(codons)} lists, but the grammar {self._original.file} has {len(names)} rules"
            raise UnreadableOriginal(place, f"{why}: it is of another grammar.")
        for name, part in zip(names, codons, strict=True):
            count = len(self._original.productions.get(name, ()))
            for codon in part:
                if count and not 0 <= codon < count:
                    why = f"codon {codon} of <{name}> is none of the grammar's, which are 0 to {count - 1}"
                    raise UnreadableOriginal(place, f"{why}: it is of another grammar.")

    def _complete(self, codons: Codons) -> SGEGenotype | None:
        """Return the genotype, None if its lists are too short."""
        kept = self._original.grammar.nonterminals
        try:
            return self._representation.from_json({name: list(codons[self._positions[name]]) for name in kept})
        except GenotypeError:
            return None

    def _found(self, text: str, dumped: DumpedIndividual) -> SGEGenotype:
        foreign = f"the grammar {self._original.file} does not derive its phenotype: it is of another grammar"
        try:
            parsed = read_phenotype(text, self._original.evolves)
            found = genotype_of(self._representation, parsed.text)
        except (ExpressionError, NotExpressible) as error:
            raise UnreadableOriginal(dumped.place, f"{foreign}. {error}") from None
        except RecursionError:
            raise UnreadableOriginal(dumped.place, "its phenotype is too deep to find its genotype.") from None
        if found.changes:
            raise UnreadableOriginal(dumped.place, f"{foreign} ({found.changes[0]}).")
        return found.genotype


def _same(expressed: str, phenotype: str) -> bool:
    """Whether both are the same but for white space."""
    return expressed == phenotype or "".join(expressed.split()) == "".join(phenotype.split())


def _lineage(dumped: DumpedIndividual, indices: Mapping[str, int], is_first: bool) -> tuple[Operator, tuple[int, ...]]:
    """Return how it came to be, and the indices of those parents that are in the generation before."""
    if is_first:
        return Operator.CREATE, ()
    if dumped.id is not None and dumped.id in indices:
        return Operator.ELITE, (indices[dumped.id],)
    parents = tuple(indices[parent] for parent in dumped.parents if parent in indices)
    lower = dumped.operation.lower()
    named = next((operator for word, operator in _OPERATORS.items() if word in lower), None)
    return named or _BY_PARENTS[min(len(parents), 2)], parents
