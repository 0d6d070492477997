"""The genotype of a text: how a rule that people wrote, or another run found, becomes part of a population."""

from dataclasses import dataclass

from backend.grammar.derive import derive
from backend.search.representation import GenotypeError
from backend.search.sge import SGE, SGEGenotype


class NotExpressible(ValueError):
    """A grammar, or its depth limit, does not allow a text; the message says what, and the nearest that it allows."""

    def __init__(self, message: str, nearest: str) -> None:
        super().__init__(message)
        self.nearest = nearest


@dataclass(frozen=True)
class FoundGenotype:
    """A genotype, the text that it expresses, and the numbers that were moved to the grammar's nearest, in words."""

    genotype: SGEGenotype
    text: str
    changes: tuple[str, ...]


def genotype_of(representation: SGE, text: str) -> FoundGenotype:
    """Return the genotype that expresses a text in canonical form.

    Constants become the nearest that the grammar has, which is said. Raises NotExpressible for anything else that the
    grammar does not have, and for a derivation beyond the depth limit.
    """
    grammar = representation.grammar
    derivation = derive(grammar, text)
    if derivation.replaced:
        changes = "; ".join(map(str, derivation.replaced))
        raise NotExpressible(
            f"The grammar cannot express this: {changes}. The nearest that it can is {derivation.text}",
            derivation.text,
        )
    try:
        genotype = representation.from_json({name: list(codons) for name, codons in derivation.codons.items()})
    except GenotypeError:
        # Its derivation needs no more codons than it has, so it can only be too deep.
        raise _too_deep(representation, derivation.text) from None
    return FoundGenotype(genotype, representation.express(genotype), tuple(map(str, derivation.moved)))


def _too_deep(representation: SGE, text: str) -> NotExpressible:
    message = f"Its derivation is deeper than the depth limit, {representation.depth_limit}: {text}"
    return NotExpressible(message, text)
