"""From a configuration to its grammar and to the representation that is bred."""

from collections.abc import Mapping
from typing import Any

from backend.experiments.configuration import Configuration, Search
from backend.experiments.errors import FieldError, InvalidOrder
from backend.experiments.evolved import Evolved
from backend.experiments.seeding import with_constants_of_seeds
from backend.expressions.errors import ExpressionError
from backend.expressions.languages import PROGRAM
from backend.grammar.catalogue import UnknownGrammar, grammar_text
from backend.grammar.grammar import Grammar
from backend.grammar.reader import GrammarError, read_grammar
from backend.phenotypes.schedule_program import EPOCH_SHARE
from backend.search.representation import Representation
from backend.search.sge import SGE
from backend.search.tree_gp import TreeGP

# Of the constants of trees where they are spaced by size: from the least rate worth trying to the clamp.
SIZES_OF_RATES = (1e-5, 1.0)


def text_of_grammar(configuration: Configuration) -> str:
    """Return the BNF text of the configuration's grammar, named or given, with the constants of its seeds.

    It is empty for trees, which have none.
    """
    if configuration.grammar is None:
        return ""
    return with_constants_of_seeds(configuration, _grammar(_read_text(configuration.grammar)))


def fitting_grammar(configuration: Configuration, text: str, kind: Evolved) -> Grammar | None:
    """Return the grammar, after reading a phenotype for each of its productions as what is to be evolved."""
    if configuration.grammar is None:
        return None
    grammar = _grammar(text)
    if configuration.search.mutation_rate is None and not grammar.notes.mutation_rates:
        raise fault("/search/mutation_rate", "is empty, but the grammar gives no rates for its non-terminals")
    for phenotype in grammar.covering_phenotypes():
        try:
            kind.read(phenotype)
        except ExpressionError as error:
            raise fault(
                "/grammar", f"it derives {_beginning(phenotype)!r}, which cannot be evolved here: {error}"
            ) from None
    return grammar


def representation(search: Search, grammar: Grammar | None) -> Representation[Any]:
    """Return what is bred: derivations of the grammar, or trees where there is none."""
    if grammar is None:
        return _trees(search)
    assert search.depth_limit is not None  # the configuration has checked it
    rate = _mutation_rate(search, grammar)
    return SGE(
        grammar,
        search.initial_depth,
        search.depth_limit,
        rate,
        adaptive_rates=search.adaptive_mutation,
        constant_mutation=search.constant_mutation,
        recombination_of=search.recombination_of,
        mutation_of=search.mutation_of,
    )


def _trees(search: Search) -> TreeGP:
    variables = [name for name in sorted(PROGRAM.variables) if name != EPOCH_SHARE or search.epoch_share]
    return TreeGP(
        PROGRAM,
        variables=variables,
        constants=(-1.0, 1.0) if search.constants == "linear" else SIZES_OF_RATES,
        spacing=search.constants,
        initialisation=search.initialisation,
        initial_depth=search.initial_depth,
        mutation_reach=search.mutation_reach,
        depth_limit=search.depth_limit,
        size_limit=search.size_limit,
    )


def fault(pointer: str, detail: str) -> InvalidOrder:
    """Return the error of one field of a configuration."""
    return InvalidOrder((FieldError(f"/overrides{pointer}", detail),))


def _read_text(grammar: str) -> str:
    if "::=" in grammar:
        return grammar
    try:
        return grammar_text(grammar)
    except UnknownGrammar as error:
        raise fault("/grammar", str(error)) from None


def _grammar(text: str) -> Grammar:
    try:
        return read_grammar(text)
    except GrammarError as error:
        raise fault("/grammar", str(error)) from None


def _mutation_rate(search: Search, grammar: Grammar) -> float | Mapping[str, float]:
    return grammar.notes.mutation_rates if search.mutation_rate is None else search.mutation_rate


def _beginning(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
