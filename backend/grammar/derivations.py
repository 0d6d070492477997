"""The shortest derivations of a set of rules: how deep, how large, and what text they give."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from backend.grammar.rules import NonTerminal, Production, Rule


def rule_heights(rules: Sequence[Rule]) -> dict[str, int]:
    """Return how many levels of derivation each rule needs below itself at least.

    0: a production of terminals alone. A rule that never ends in terminals is absent. In ascending order of height,
    so that a rule comes after everything that its shortest derivations are made of. Takes time linear in the rules.
    """
    productions = [(rule.name, set(production.nonterminals)) for rule in rules for production in rule.productions]
    users: defaultdict[str, list[int]] = defaultdict(list)
    for index, (_, names) in enumerate(productions):
        for name in names:
            users[name].append(index)
    missing = [len(names) for _, names in productions]
    ended = deque((name, 0) for name, names in productions if not names)
    heights: dict[str, int] = {}
    # First in, first out: heights leave the queue in ascending order, so the first one of a rule is its least.
    while ended:
        name, height = ended.popleft()
        if name in heights:
            continue
        heights[name] = height
        for user in users[name]:
            missing[user] -= 1
            if missing[user] == 0:
                ended.append((productions[user][0], height + 1))
    return heights


def production_height(production: Production, heights: Mapping[str, int]) -> int:
    """Return how many levels of derivation the production needs below its rule at least; 0: terminals alone."""
    return max((1 + heights[name] for name in production.nonterminals), default=0)


def shortest_productions(rules: Sequence[Rule], heights: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Return, for each rule, the indices of the productions with a derivation of its least height."""
    return {
        rule.name: tuple(
            index
            for index, production in enumerate(rule.productions)
            if production_height(production, heights) == heights[rule.name]
        )
        for rule in rules
    }


def shortest_sizes(rules: Sequence[Rule], heights: Mapping[str, int]) -> dict[str, int]:
    """Return how many codons a shortest derivation of each rule can take at most; itself counts as one."""
    by_name = {rule.name: rule for rule in rules}
    shortest = shortest_productions(rules, heights)
    sizes: dict[str, int] = {}
    for name in heights:
        productions = by_name[name].productions
        sizes[name] = 1 + max(sum(sizes[child] for child in productions[i].nonterminals) for i in shortest[name])
    return sizes


def shortest_texts(rules: Sequence[Rule], heights: Mapping[str, int]) -> dict[str, str]:
    """Return one text of least height for each rule: that of the first production that gives one."""
    by_name = {rule.name: rule for rule in rules}
    shortest = shortest_productions(rules, heights)
    texts: dict[str, str] = {}
    for name in heights:
        texts[name] = production_text(by_name[name].productions[shortest[name][0]], texts)
    return texts


def production_text(production: Production, texts: Mapping[str, str]) -> str:
    """Return the production's text with the given text in place of each non-terminal."""
    return "".join(
        texts[symbol.name] if isinstance(symbol, NonTerminal) else symbol.text for symbol in production.symbols
    )
