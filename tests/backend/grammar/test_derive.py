import time

import pytest

from backend.grammar.catalogue import load_grammar
from backend.grammar.derive import derive
from backend.grammar.grammar import Grammar
from backend.grammar.reader import read_grammar

_SMALL = read_grammar("""
<start> ::= x = <e>; y = <e>
<e> ::= <f> | <t>
<f> ::= add(<e>, <e>) | negative(<e>) | <c>
<t> ::= <c> | x | g | g
<c> ::= 0.1 | 0.5 | 1
""")


def _changes(grammar: Grammar, text: str) -> tuple[str, list[str], list[str]]:
    found = derive(grammar, text)
    return found.text, [*map(str, found.moved)], [*map(str, found.replaced)]


@pytest.mark.parametrize("name", ["alr-2022", "alr-facilitated", "joint", "dlr-2020", "dlr-2020-code"])
def test_whatever_a_grammar_derives_is_derived_again(name: str) -> None:
    grammar = load_grammar(name)
    for text in grammar.covering_phenotypes()[::7]:
        assert _changes(grammar, text) == (text, [], [])


def test_codons_are_in_the_order_of_a_derivation_and_of_equal_productions_the_first() -> None:
    found = derive(_SMALL, "x = add(g, negative(1)); y = x")
    assert found.codons == {
        "start": (0,),
        "e": (0, 1, 0, 0, 1),
        "f": (0, 1, 2),
        "t": (2, 1),
        "c": (2,),
    }


def test_white_space_makes_no_difference() -> None:
    assert derive(_SMALL, "x=add( g,1 );  y = x").text == "x = add(g, 1); y = x"


def test_a_number_becomes_the_nearest_which_is_said() -> None:
    assert _changes(_SMALL, "x = add(0.29, 0.5); y = -7") == (
        "x = add(0.1, 0.5); y = 0.1",
        ["0.29 becomes 0.1", "-7 becomes 0.1"],
        [],
    )


def test_what_cannot_be_said_gives_way_to_its_own_argument_or_to_something_short() -> None:
    assert _changes(_SMALL, "x = add(cos(negative(g)), 1); y = x") == (
        "x = add(negative(g), 1); y = x",
        [],
        ["cos(negative(g)) becomes negative(g)"],
    )
    text, moved, replaced = _changes(_SMALL, "x = h; y = x")
    assert text in {f"x = {short}; y = x" for short in ("0.1", "x", "g")}
    assert moved == []
    assert replaced == [f"h becomes {text[4:].partition(';')[0]}"]


def test_the_nearest_loses_least() -> None:
    assert derive(_SMALL, "x = power(add(g, add(g, x)), g); y = x").text == "x = add(g, add(g, x)); y = x"


@pytest.mark.parametrize(
    "text", ["", "hello", "x = ", "x = (; y = )", "((((", "x = 1; y = 1; z = 1", "\x00", "x = add(g"]
)
def test_any_text_has_a_nearest_which_the_grammar_derives(text: str) -> None:
    found = derive(_SMALL, text)
    assert found.replaced
    assert _changes(_SMALL, found.text) == (found.text, [], [])


def test_a_schedule_is_derived_as_well() -> None:
    grammar = load_grammar("dlr-2020")
    assert _changes(grammar, "if_func(epoch < 130, 0.1, if_func(loss < 3, 0.1, 0.0001))") == (
        "if_func(epoch < 100, 0.1, 0.1)",
        ["130 becomes 100"],
        ["if_func(loss < 3, 0.1, 0.0001) becomes 0.1"],
    )


def test_rules_that_come_back_to_themselves_end() -> None:
    endless = read_grammar("<a> ::= <a> | <b>\n<b> ::= <a> + 1 | 1")
    assert derive(endless, "1").text == "1"


@pytest.mark.parametrize("operator", ["negative", "cos"])
def test_a_deep_text_takes_no_long_time(operator: str) -> None:
    text = f"x = {f'{operator}(' * 99}g{')' * 99}; y = x"
    started = time.process_time()
    assert derive(_SMALL, text).text == (text if operator == "negative" else "x = g; y = x")
    assert time.process_time() - started < 5
