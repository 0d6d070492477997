from backend.grammar.catalogue import load_grammar
from backend.grammar.reader import read_grammar
from backend.search.linked_lists import every_list_alone, lists_by_part


def test_lists_of_one_function_are_linked_and_those_of_two_are_not() -> None:
    grammar = load_grammar("joint")
    linked = dict(zip(grammar.nonterminals, lists_by_part(grammar), strict=True))
    parts = {name: number for name, number in linked.items() if name.endswith("_expr")}
    assert len(set(parts.values())) == 4
    for name, number in linked.items():
        if name != "start":
            assert number == parts[f"{name.split('_')[0]}_expr"]


def test_parts_that_share_a_non_terminal_are_one() -> None:
    grammar = read_grammar("<s> ::= <a> <b> <c>\n<a> ::= <n> | a\n<b> ::= b\n<c> ::= <n>\n<n> ::= 1 | 2")
    linked = dict(zip(grammar.nonterminals, lists_by_part(grammar), strict=True))
    assert linked["a"] == linked["c"] == linked["n"] != linked["b"]


def test_a_grammar_of_one_part_keeps_every_list_by_itself() -> None:
    grammar = load_grammar("dlr-2020")
    assert lists_by_part(grammar) == every_list_alone(grammar) == tuple(range(len(grammar.nonterminals)))
