from backend.grammar.reader import read_grammar
from backend.phenotypes.rule_grammar import RuleGrammar


def test_a_description_is_written_as_a_grammar_of_four_functions() -> None:
    described = RuleGrammar(
        "small",
        "Small",
        "a test",
        "Two operators.",
        constants=(0.0, 0.5),
        gradients={"x": 1, "y": 1, "z": 1, "weight": 0},
        operators=("add", "negative"),
        others=("t",),
        apart=True,
        mutation_rates={"start": 0.0, "x_expr": 0.25},
    )
    grammar = read_grammar(described.text, "small")
    assert [str(rule) for rule in grammar.rules[:6]] == [
        "<start> ::= x = <x_expr>; y = <y_expr>; z = <z_expr>; weight = <weight_expr>",
        "<x_expr> ::= <x_func> | <x_terminal>",
        "<x_func> ::= add(<x_expr>, <x_expr>) | negative(<x_expr>) | <x_const>",
        "<x_terminal> ::= <x_var_const> | g",
        "<x_var_const> ::= <x_const> | x | t",
        "<x_const> ::= 0 | 0.5",
    ]
    assert [str(rule) for rule in grammar.rules[-2:]] == [
        "<weight_terminal> ::= <weight_const> | x | y | z | t",
        "<weight_const> ::= 0 | 0.5",
    ]
    assert (grammar.notes.title, grammar.notes.evolves) == ("Small", "update_rule")
    assert grammar.notes.mutation_rates == {"start": 0.0, "x_expr": 0.25}
