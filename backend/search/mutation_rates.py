"""Mutation rates as they are given: one for all non-terminals, or one for each ("facilitated mutation")."""

from collections.abc import Mapping

from backend.grammar.grammar import Grammar
from backend.search.adaptive_rates import Rates
from backend.search.checks import check_rate


def mutation_rates(grammar: Grammar, rate: float | Mapping[str, float]) -> Rates:
    """Return the mutation rate of each non-terminal, in their order; `ValueError` names what cannot be one."""
    if not isinstance(rate, Mapping):
        check_rate("mutation_rate", rate)
        return (float(rate),) * len(grammar.nonterminals)
    if rate.keys() != set(grammar.nonterminals):
        known, given = ", ".join(grammar.nonterminals), ", ".join(rate)
        raise ValueError(f"mutation_rate must name each non-terminal ({known}), but it names {given or 'none'}.")
    for name, value in rate.items():
        check_rate(f"mutation_rate of {name}", value)
    return tuple(float(rate[name]) for name in grammar.nonterminals)
