"""The constants that a grammar offers, and how to offer more."""

from collections.abc import Sequence

from backend.grammar.grammar import Grammar
from backend.grammar.lines import split_lines
from backend.grammar.rules import Rule
from backend.grammar.writer import write_grammar


def with_constants(grammar: Grammar, constants: Sequence[str]) -> str:
    """Return the grammar's text with further productions in each rule that has numbers alone.

    Constants that a rule has already are left out, whatever they are written like. The header stays, and the order of
    the productions before, so that genotypes of the grammar mean the same in the longer one. Raises ValueError for a
    constant that is no number.
    """
    header = [
        line.text.lstrip().removeprefix("#").removeprefix(" ")
        for line in split_lines(grammar.text)
        if line.text.lstrip().startswith("#")
    ]
    return write_grammar(header, {rule.name: _productions(rule, constants) for rule in grammar.rules})


def _productions(rule: Rule, constants: Sequence[str]) -> list[str]:
    known = [str(production).replace("|", '"|"') for production in rule.productions]
    numbers = {number_in(each) for each in known}
    if None in numbers:
        return known
    for constant in constants:
        if float(constant) not in numbers:
            numbers.add(float(constant))
            known.append(constant)
    return known


def number_in(text: str) -> float | None:
    """Return the number that a production's text is, None where it is something else."""
    try:
        return float(text)
    except ValueError:
        return None
