"""A few texts that together use all of a grammar."""

from collections import deque
from collections.abc import Mapping, Sequence

from backend.grammar.derivations import production_text, rule_heights, shortest_texts
from backend.grammar.rules import NonTerminal, Production, Rule


def covering_texts(rules: Sequence[Rule]) -> tuple[str, ...]:
    """Return texts that use every production at least once, each as short as its production allows.

    In the order of the rules, without repetition; the first rule is the start. Whoever can read all of them can read
    whatever the grammar derives, as long as the meaning of a part does not depend on its surroundings.
    """
    texts = shortest_texts(rules, rule_heights(rules))
    surroundings = _surroundings(rules, texts)
    found: dict[str, None] = {}
    for rule in rules:
        before, after = surroundings[rule.name]
        for production in rule.productions:
            found[before + production_text(production, texts) + after] = None
    return tuple(found)


def _surroundings(rules: Sequence[Rule], texts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the text before and after each rule's name where the start first leads to it."""
    by_name = {rule.name: rule for rule in rules}
    found = {rules[0].name: ("", "")}
    unexplored = deque([rules[0].name])
    while unexplored:
        name = unexplored.popleft()
        before, after = found[name]
        for production in by_name[name].productions:
            for place, symbol in enumerate(production.symbols):
                if isinstance(symbol, NonTerminal) and symbol.name not in found:
                    left, right = _around(production, place, texts)
                    found[symbol.name] = (before + left, right + after)
                    unexplored.append(symbol.name)
    return found


def _around(production: Production, place: int, texts: Mapping[str, str]) -> tuple[str, str]:
    left, right = production.symbols[:place], production.symbols[place + 1 :]
    return production_text(Production(left), texts), production_text(Production(right), texts)
