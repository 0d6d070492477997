from pathlib import Path

import pytest

from backend.grammar.catalogue import UnknownGrammar, grammar_names, grammar_text, load_grammar
from backend.grammar.grammar import Grammar
from backend.grammar.reader import GrammarError


def constants(grammar: Grammar, name: str) -> list[float]:
    return [float(str(p)) for rule in grammar.rules if rule.name == name for p in rule.productions]


def test_both_published_forms_of_the_dlr_grammar_are_there() -> None:
    assert {"dlr-2020", "dlr-2020-code"} <= set(grammar_names())


@pytest.mark.parametrize(("name", "first"), [("dlr-2020", 1), ("dlr-2020-code", 0)])
def test_the_dlr_grammar_is_the_published_one(name: str, first: int) -> None:
    grammar = load_grammar(name)
    texts = {rule.name: [str(p) for p in rule.productions] for rule in grammar.rules}
    assert grammar.name == name
    assert grammar.notes.first_epoch == first
    assert grammar.notes.title
    assert grammar.notes.source
    assert list(texts) == ["expr", "logic_expr", "op", "ep_const", "lr_const"]
    assert texts["expr"] == ["if_func(<logic_expr>, <expr>, <expr>)", "<lr_const>"]
    assert texts["logic_expr"] == ["learning_rate <op> <lr_const>", "epoch <op> <ep_const>"]
    assert texts["op"] == ["<", "<=", ">", ">="]
    assert constants(grammar, "ep_const") == list(range(first, first + 100))
    rates = constants(grammar, "lr_const")
    assert (rates[0], rates[-1], len(rates)) == (0.0001, 0.1, 100)
    assert rates == pytest.approx([0.0001 + index * (0.1 - 0.0001) / 99 for index in range(100)], rel=1e-12)


def test_an_unknown_grammar_is_refused_with_the_known_names() -> None:
    with pytest.raises(UnknownGrammar, match=r"There is no grammar 'dlr'; known are alr-2022, .*, dlr-2020, "):
        load_grammar("dlr")


@pytest.mark.parametrize(
    "name", ["", "..", "../grammars/dlr-2020", "/etc/passwd", "dlr-2020.bnf", "\x00", "\ud800", "a" * 5000]
)
def test_a_name_cannot_lead_to_another_file(name: str) -> None:
    with pytest.raises(UnknownGrammar):
        grammar_text(name)


def test_a_folder_of_the_users_is_looked_through_as_well_and_comes_first(tmp_path: Path) -> None:
    (tmp_path / "mine.bnf").write_text("<a> ::= 0.5", encoding="utf-8")
    (tmp_path / "dlr-2020.bnf").write_text("<b> ::= 0.25", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no grammar", encoding="utf-8")
    assert "mine" in grammar_names([tmp_path])
    assert "notes" not in grammar_names([tmp_path])
    assert load_grammar("mine", [tmp_path]).start == "a"
    assert load_grammar("dlr-2020", [tmp_path]).start == "b"


def test_a_faulty_file_is_refused_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "bad.bnf").write_text("<a> ::= <b>", encoding="utf-8")
    with pytest.raises(GrammarError, match="line 1, column 9"):
        load_grammar("bad", [tmp_path])
