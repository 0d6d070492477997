from backend.grammar.derivation_tree import Cost, Tree, codons, least, shortest_tree, text_of
from backend.grammar.reader import read_grammar

_GRAMMAR = read_grammar("<s> ::= f(<e>, <e>)\n<e> ::= g(<e>) | <t>\n<t> ::= x | 1")


def _tree() -> Tree:
    x = Tree.of("e", 1, (Tree.of("t", 0, ()),))
    one = Tree.of("e", 1, (Tree.of("t", 1, (), moved=0.5),))
    return Tree.of("s", 0, (Tree.of("e", 0, (x,)), one))


def test_a_tree_has_a_text_and_codons() -> None:
    assert text_of(_tree(), _GRAMMAR) == "f(g(x), 1)"
    assert codons(_tree(), _GRAMMAR) == {"s": (0,), "e": (0, 1, 1), "t": (0, 1)}


def test_it_costs_what_its_parts_do() -> None:
    assert _tree().cost == Cost(tokens=0, moved=0.5, depth=4)


def test_the_shortest_is_found_for_each_non_terminal() -> None:
    assert text_of(shortest_tree("s", _GRAMMAR), _GRAMMAR) == "f(x, x)"


def test_of_two_trees_the_first_found_stays_if_both_cost_the_same() -> None:
    first, second = Tree.of("t", 0, ()), Tree.of("t", 1, ())
    assert least(second, first) is first
    assert least(Tree.of("t", 1, (), moved=0.1), first) is first
    assert least(second, None) is second
