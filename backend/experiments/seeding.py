"""Seeds of a population: human-made rules by name, or formulas, as the first individuals of generation 0."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from backend.experiments.configuration import Configuration
from backend.experiments.errors import FieldError, InvalidOrder
from backend.expressions.errors import ExpressionError
from backend.expressions.languages import PROGRAM, SCHEDULE
from backend.expressions.parse import parse
from backend.expressions.print_text import number_text, to_text
from backend.grammar.constants import with_constants
from backend.grammar.grammar import Grammar
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.seed_form import NoFreeState, constants_of, seed_form, without_gradient_in_weight
from backend.phenotypes.update_rule import UpdateRule
from backend.search.genotype_of import NotExpressible, genotype_of
from backend.search.representation import GenotypeError, Representation
from backend.search.sge import SGE, SGEGenotype
from backend.search.tree import Tree
from backend.search.tree_gp import TreeGP

# What people mean as the name of a rule; all else they mean as a formula.
_NAME = re.compile(r"\s*[A-Za-z][\w-]*\s*")


def with_constants_of_seeds(configuration: Configuration, grammar: Grammar) -> str:
    """Return the grammar's text; one of update rules also offers the constants of the rules that it begins with."""
    if configuration.evolves != "update_rule" or not configuration.seeds:
        return grammar.text
    rules = [_rule(index, seed) for index, seed in enumerate(configuration.seeds)]
    constants = dict.fromkeys(constant for rule in rules for constant in constants_of(rule))
    return with_constants(grammar, [number_text(constant) for constant in constants])


def planted(configuration: Configuration, representation: Representation[Any]) -> tuple[Any, ...]:
    """Return the genotypes of the seeds; `InvalidOrder` names the first that cannot be expressed, and why."""
    seeds = enumerate(configuration.seeds)
    if isinstance(representation, TreeGP):
        return tuple(_planted_tree(index, seed, representation) for index, seed in seeds)
    assert isinstance(representation, SGE)
    if configuration.evolves == "update_rule":
        return tuple(_planted_rule(index, _rule(index, seed), representation) for index, seed in seeds)
    return tuple(_planted_schedule(index, seed, representation) for index, seed in seeds)


def moved_numbers(configuration: Configuration, representation: Representation[Any]) -> Iterator[str]:
    """Yield a sentence for each seed whose numbers the grammar does not have: the nearest are planted.

    A grammar of rules is given the numbers of its seeds, and trees can have any.
    """
    if configuration.evolves != "schedule" or not isinstance(representation, SGE):
        return
    for index, seed in enumerate(configuration.seeds):
        changes = genotype_of(representation, to_text(parse(seed, SCHEDULE))).changes
        if changes:
            yield f"Seed {index + 1} is planted with the grammar's nearest numbers: {'; '.join(changes)}."


def _rule(index: int, seed: str) -> UpdateRule:
    """Return the rule of that name or formula, in the words that grammars have."""
    try:
        known = HUMAN_MADE_RULES.get(seed.strip())
        return seed_form(known.rule() if known else UpdateRule.from_text(seed))
    except ExpressionError as error:
        raise _fault(index, _unknown_rule(seed) if _NAME.fullmatch(seed) else str(error)) from None
    except NoFreeState as error:
        raise _fault(index, str(error)) from None


def _unknown_rule(name: str) -> str:
    near = get_close_matches(name, HUMAN_MADE_RULES, n=1)
    nearest = f"; the nearest name is {near[0]}" if near else ""
    return f"there is no human-made rule {name!r}{nearest}; there are {', '.join(HUMAN_MADE_RULES)}"


def _planted_rule(index: int, rule: UpdateRule, representation: SGE) -> SGEGenotype:
    try:
        return genotype_of(representation, rule.text).genotype
    except NotExpressible as error:
        first = error
    try:
        # The published grammar does not let the weight read the gradient; a free state can hand it on.
        return genotype_of(representation, without_gradient_in_weight(rule).text).genotype
    except (NotExpressible, NoFreeState):
        raise _fault(index, str(first)) from None


def _planted_schedule(index: int, seed: str, representation: SGE) -> SGEGenotype:
    try:
        return genotype_of(representation, to_text(parse(seed, SCHEDULE))).genotype
    except (ExpressionError, NotExpressible) as error:
        raise _fault(index, str(error)) from None


def _planted_tree(index: int, seed: str, representation: TreeGP) -> Tree:
    try:
        return representation.planted(parse(seed, PROGRAM))
    except (ExpressionError, GenotypeError) as error:
        raise _fault(index, str(error)) from None


def _fault(index: int, detail: str) -> InvalidOrder:
    return InvalidOrder((FieldError(f"/overrides/seeds/{index}", detail),))
