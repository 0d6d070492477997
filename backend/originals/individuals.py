"""The individuals of a dump `iteration_G.json`: what the original wrote of each, checked, in its own words."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.originals.errors import UnreadableOriginal
from backend.originals.json_text import single

Codons = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class DumpedIndividual:
    """An individual as dumped. `codons` is None where genotypes were not kept.

    `fitness` is the accuracy, which the original negates; None where the dump has NaN or nothing, for the `reason`.
    Ids are text, whatever they were.
    """

    place: str
    id: str | None
    codons: Codons | None
    phenotype: str
    fitness: float | None
    reason: str | None
    parents: tuple[str, ...]
    operation: str


def read_iteration(text: str, file: str) -> tuple[DumpedIndividual, ...]:
    """Return the evaluated population; raises UnreadableOriginal, which names file and individual, if it is none."""
    value = single(text, file)
    if not isinstance(value, list) or not value:
        raise UnreadableOriginal(file, "a list of individuals is expected.")
    return tuple(_individual(each, index, file) for index, each in enumerate(value))


def _individual(value: object, index: int, file: str) -> DumpedIndividual:
    place = f"{file}, individual {index}"
    if not isinstance(value, Mapping):
        raise UnreadableOriginal(place, "it is no object with genotype, phenotype and fitness.")
    if missing := {"phenotype", "fitness"} - value.keys():
        raise UnreadableOriginal(place, f"it has no {min(missing)}: this is no evaluated individual.")
    fitness, reason = _fitness(value["fitness"], place)
    return DumpedIndividual(
        place=place,
        id=_id(value.get("id")),
        codons=_codons(value.get("genotype"), place),
        phenotype=_phenotype(value["phenotype"], place),
        fitness=fitness,
        reason=reason,
        parents=tuple(_ids(value.get("parent"))),
        operation=str(value.get("operation") or ""),
    )


def _fitness(value: object, place: str) -> tuple[float | None, str | None]:
    if value is None:
        return None, "error"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnreadableOriginal(place, f"its fitness must be a number, not {value!r}.")
    try:
        negated = float(value)
    except OverflowError:
        negated = math.inf
    # Plus zero: a negated 0 is no other accuracy.
    return (-negated + 0.0, None) if math.isfinite(negated) else (None, "nan")


def _phenotype(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise UnreadableOriginal(place, "its phenotype is no text.")
    return value


def _codons(value: object, place: str) -> Codons | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(part, list) for part in value):
        raise UnreadableOriginal(place, "its genotype must be a list of codons for each non-terminal.")
    for part in value:
        for codon in part:
            if isinstance(codon, bool) or not isinstance(codon, int):
                raise UnreadableOriginal(place, f"a codon must be a whole number, not {codon!r}.")
    return tuple(map(tuple, value))


def _id(value: object) -> str | None:
    return None if value is None else str(value)


def _ids(value: object) -> Iterator[str]:
    """Yield the ids in what may be nothing, one id, or a list of them."""
    if isinstance(value, list):
        for each in value:
            yield from _ids(each)
    elif value is not None:
        yield str(value)
