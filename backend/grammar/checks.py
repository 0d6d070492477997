"""Whether rules fit together to a grammar that derives texts."""

from collections.abc import Sequence

from backend.grammar.derivations import rule_heights, shortest_sizes
from backend.grammar.errors import GrammarError
from backend.grammar.rules import Rule
from backend.grammar.source import Place, SourceRule

# Depth control ends a derivation along its shortest way; twenty rules that only double each other make that a million.
LARGEST_SHORTEST_DERIVATION = 1000


def check_rules(source: Sequence[SourceRule], rules: Sequence[Rule]) -> None:
    """Raise `GrammarError` for the first fault: no start, a rule defined twice, undefined, unreachable or endless."""
    if not rules:
        raise GrammarError("there is no rule; the first one is the start, such as <expr> ::= <lr_const>", 1, 1)
    _check_defined_once(source)
    _check_all_defined(source)
    _check_all_reached(source)
    _check_all_end(source, rules)


def _check_defined_once(source: Sequence[SourceRule]) -> None:
    places: dict[str, Place] = {}
    for rule in source:
        if (first := places.setdefault(rule.name, rule.place)) is not rule.place:
            raise _error(f"<{rule.name}> has a rule already, in line {first.line}", rule.place)


def _check_all_defined(source: Sequence[SourceRule]) -> None:
    defined = {rule.name for rule in source}
    for rule in source:
        for production in rule.productions:
            for mention in production.mentions:
                if mention.name not in defined:
                    raise _error(f"<{mention.name}> is undefined: no rule says what it becomes", mention.place)


def _check_all_reached(source: Sequence[SourceRule]) -> None:
    by_name = {rule.name: rule for rule in source}
    start = source[0].name
    reached, unexplored = {start}, [start]
    while unexplored:
        productions = by_name[unexplored.pop()].productions
        new = {mention.name for production in productions for mention in production.mentions} - reached
        reached |= new
        unexplored.extend(new)
    for rule in source:
        if rule.name not in reached:
            raise _error(f"<{rule.name}> is unreachable from the start, <{start}> (the first rule)", rule.place)


def _check_all_end(source: Sequence[SourceRule], rules: Sequence[Rule]) -> None:
    heights = rule_heights(rules)
    for rule in source:
        if rule.name not in heights:
            raise _error(
                f"<{rule.name}> cannot terminate: each of its productions leads to another non-terminal forever",
                rule.place,
            )
    sizes = shortest_sizes(rules, heights)
    for rule in source:
        if sizes[rule.name] > LARGEST_SHORTEST_DERIVATION:
            raise _error(
                f"<{rule.name}> is too large: its shortest derivations take more than "
                f"{LARGEST_SHORTEST_DERIVATION} productions",
                rule.place,
            )


def _error(message: str, place: Place) -> GrammarError:
    return GrammarError(message, place.line, place.column)
