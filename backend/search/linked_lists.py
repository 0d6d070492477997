"""Which lists of codons write the same part of a phenotype, so that recombination can pass a part on whole.

A grammar of rules writes each function (x, y, z, weight) with non-terminals of its own: four lists that mean nothing
without one another. A child that draws each list by itself has a whole function of either parent once in eight times;
good parts of two parents hardly ever meet.
"""

from backend.grammar.grammar import Grammar

# For each list, the number of the one whose choice it shares: the first of its part.
Linked = tuple[int, ...]


def every_list_alone(grammar: Grammar) -> Linked:
    """Return the published way: each list is chosen by itself."""
    return tuple(range(len(grammar.nonterminals)))


def lists_by_part(grammar: Grammar) -> Linked:
    """Return the lists linked where one's non-terminal refers to the other's, however far; the start links nothing.

    Where everything hangs together (one part but for the start) no child could differ from both parents: then each list
    is chosen by itself.
    """
    numbers = {name: number for number, name in enumerate(grammar.nonterminals)}
    linked = list(range(len(numbers)))
    for rule in grammar.rules:
        if rule.name == grammar.start:
            continue
        for production in rule.productions:
            for name in production.nonterminals:
                _join(linked, numbers[rule.name], numbers[name])
    parts = {linked[number] for name, number in numbers.items() if name != grammar.start}
    return tuple(linked) if len(parts) > 1 else every_list_alone(grammar)


def _join(linked: list[int], one: int, other: int) -> None:
    """Give all that is linked with either the smaller of their two numbers."""
    kept, given_up = sorted((linked[one], linked[other]))
    linked[:] = [kept if number == given_up else number for number in linked]
