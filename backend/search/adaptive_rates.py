"""Mutation rates that a genotype carries and that evolve with it: one for each non-terminal.

Source: Adaptive Facilitated Mutation (Carvalho, Mégane, Lourenço, Machado: Context Matters, EuroGP 2023), there for
probabilistic SGE. What differs here: codons stay indices of productions; the first rates are the ones that the
representation is given, which may differ between non-terminals from the start; and as recombination takes whole lists
of codons, a list's rate always comes with it.
"""

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from numpy.random import Generator

from backend.search.representation import GenotypeError

STEP_PROBABILITY = 0.3
STEP_DEVIATION = 0.01

Rates = tuple[float, ...]


def stepped(rates: Rates, rng: Generator) -> Rates:
    """Return the rates after each took, with probability 0.3, a normal step of deviation 0.01, clipped to [0, 1]."""
    chances = rng.random(len(rates)).tolist()
    steps = rng.normal(0.0, STEP_DEVIATION, len(rates)).tolist()
    return tuple(
        min(1.0, max(0.0, rate + step)) if chance < STEP_PROBABILITY else rate
        for rate, chance, step in zip(rates, chances, steps, strict=True)
    )


def parted(data: object) -> tuple[object, object]:
    """Return the codons and the rates of a genotype's JSON; None for the rates if it carries none.

    Lists of codons alone never have a mapping for a value, whatever the names of the non-terminals.
    """
    if isinstance(data, Mapping) and data.keys() == {"codons", "rates"} and isinstance(data["codons"], Mapping):
        return data["codons"], data["rates"]
    return data, None


def read_rates(names: Sequence[str], data: object) -> Rates:
    """Return the rates from a JSON object with one for each name; `GenotypeError` if they are none."""
    if not isinstance(data, Mapping) or data.keys() != set(names):
        raise GenotypeError(f"A genotype that adapts its rates has one for each of {', '.join(names)}.")
    return tuple(_rate(name, data[name]) for name in names)


def _rate(name: str, value: object) -> float:
    if not _is_number(value) or not 0 <= value <= 1:
        raise GenotypeError(f"The mutation rate of {name} must be a number from 0 to 1, not {value!r}.")
    return float(value)


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
