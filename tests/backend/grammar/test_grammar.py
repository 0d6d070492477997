from backend.grammar.reader import read_grammar

TEXT = "<a> ::= f(<b>, <a>) | <b>\n<b> ::= 1"


def test_productions_have_the_height_of_their_highest_non_terminal() -> None:
    grammar = read_grammar(TEXT)
    assert [grammar.height(p) for p in grammar.rules[0].productions] == [2, 1]
    assert grammar.heights == {"b": 0, "a": 1}
    assert grammar.shortest == {"a": (1,), "b": (0,)}


def test_grammars_are_equal_when_their_rules_are_however_they_are_written() -> None:
    assert read_grammar(TEXT) == read_grammar("# title: other\n" + TEXT.replace(" | ", "\n  | "))
    assert read_grammar(TEXT) != read_grammar(TEXT.replace("1", "2"))


def test_a_grammar_can_be_a_key() -> None:
    assert len({read_grammar(TEXT), read_grammar(TEXT)}) == 1
