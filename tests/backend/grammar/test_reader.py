import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.grammar.reader import GrammarError, read_grammar
from backend.grammar.rules import NonTerminal, Production, Rule, Terminal

TWO_RULES = "<expr> ::= f(<const>, <expr>) | <const>\n<const> ::= 1 | 2\n"


def production(*symbols: Terminal | NonTerminal) -> Production:
    return Production(symbols)


def fault(text: str) -> GrammarError | None:
    try:
        read_grammar(text)
    except GrammarError as error:
        return error
    return None


def test_a_grammar_is_read_into_rules_in_the_order_of_the_text() -> None:
    grammar = read_grammar(TWO_RULES, "small")
    const = NonTerminal("const")
    assert grammar.name == "small"
    assert grammar.start == "expr"
    assert grammar.nonterminals == ("expr", "const")
    assert grammar.text == TWO_RULES
    assert grammar.rules == (
        Rule(
            "expr",
            (
                production(Terminal("f("), const, Terminal(", "), NonTerminal("expr"), Terminal(")")),
                production(const),
            ),
        ),
        Rule("const", (production(Terminal("1")), production(Terminal("2")))),
    )


@pytest.mark.parametrize("comparison", ["<", "<=", ">", ">=", "< b", "a<1>b", "<>", "<1>", "< expr >", "<_a>"])
def test_angle_brackets_that_hold_no_name_are_terminals(comparison: str) -> None:
    assert read_grammar(f"<op> ::= {comparison}").rules[0].productions == (production(Terminal(comparison)),)


def test_names_have_letters_digits_underscores_and_hyphens() -> None:
    assert read_grammar("<a-B_9> ::= x").nonterminals == ("a-B_9",)


def test_a_rule_goes_on_over_indented_lines_and_lines_after_or_before_a_separator() -> None:
    text = "<a> ::=\none\n| two |\nthree\n    and more\n\n# between\n\t| four"
    assert [str(p) for p in read_grammar(text).rules[0].productions] == ["one", "two", "three and more", "four"]


def test_an_indented_grammar_is_read_like_any_other() -> None:
    assert read_grammar("\n    # note\n    <a> ::= <b> | x\n    <b> ::= y\n").nonterminals == ("a", "b")


def test_white_space_counts_as_one_space_and_as_none_at_the_ends() -> None:
    (one,) = read_grammar("<a> ::=  \t x \u00a0 + \t y  \n").rules[0].productions
    assert str(one) == "x + y"


def test_no_space_is_needed_around_separators() -> None:
    assert [str(p) for p in read_grammar("<a>::=<b>|x<b>|y\n<b>::=z").rules[0].productions] == ["<b>", "x<b>", "y"]


def test_space_between_names_is_kept() -> None:
    assert str(read_grammar("<a> ::= <b> <b><b>\n<b> ::= x").rules[0].productions[0]) == "<b> <b><b>"


def test_a_quoted_bar_is_the_terminal_bar_and_other_quotes_stay() -> None:
    productions = read_grammar('<a> ::= x "|" y | "z" | "').rules[0].productions
    assert [str(p) for p in productions] == ["x | y", '"z"', '"']


def test_the_same_production_may_occur_twice() -> None:
    assert len(read_grammar("<a> ::= x | x").rules[0].productions) == 2


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_may_end_in_any_of_the_usual_ways(end: str) -> None:
    assert read_grammar(TWO_RULES.replace("\n", end)) == read_grammar(TWO_RULES, "grammar")


def test_a_byte_order_mark_is_ignored() -> None:
    assert read_grammar("\ufeff<a> ::= x").nonterminals == ("a",)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("<a> ::= x | <b>", 1, 13, "<b> is undefined"),
        ("<a> ::= x\n    | f(<a>, <gone>)", 2, 14, "<gone> is undefined"),
        ("<a> ::= x\n<b> ::= y", 2, 1, "<b> is unreachable from the start, <a>"),
        ("<a> ::= x\n  <b> ::= <b> | y", 2, 3, "<b> is unreachable"),
        ("<a> ::= <b> | x\n<b> ::= f(<b>)", 2, 1, "<b> cannot terminate"),
        ("<a> ::= <b>\n<b> ::= <a>", 1, 1, "<a> cannot terminate"),
        ("", 1, 1, "there is no rule"),
        ("  \n# only a comment\n\n", 1, 1, "there is no rule"),
        ("<a> ::= x | | y", 1, 11, "an alternative of <a> is empty"),
        ("<a> ::= x||y", 1, 10, "an alternative of <a> is empty"),
        ("<a> ::= x |", 1, 11, "an alternative of <a> is empty"),
        ("<a> ::= x\n  |\n<b> ::= y", 2, 3, "an alternative of <a> is empty"),
        ("<a> ::= | x", 1, 5, "an alternative of <a> is empty"),
        ("<a> ::=", 1, 5, "an alternative of <a> is empty"),
        ("<a> ::= x | <a>\n\n<a> ::= y", 3, 1, "<a> has a rule already, in line 1"),
        ("<a> = x", 1, 4, "::= is missing after <a>"),
        ("<a> ::= <b>\n<b> x", 2, 4, "::= is missing after <b>"),
        ("<a>", 1, 4, "::= is missing after <a>"),
        ("<a> ::= x\ny", 2, 1, "must begin with one name"),
        ("expr ::= x", 1, 1, "must begin with one name"),
        ("  <a b> ::= x", 1, 3, "must begin with one name"),
        ("<a> <b> ::= x", 1, 4, "::= is missing after <a>"),
        ("| x", 1, 1, "must begin with one name"),
        ("::= x", 1, 1, "must begin with one name"),
        ("<a> ::= <b> <b> ::= x", 1, 17, "a second ::= in one line"),
        ("<\u0430> ::= x", 1, 2, "U+0430"),
        ("<a> ::= x | <a\u0435>", 1, 15, "U+0435"),
        ("<a> ::= x | \u2039b\u203a", 1, 13, "U+2039"),
        ("\uff1ca\uff1e ::= x", 1, 1, "U+FF1C"),
        ("<a\u3009 ::= x", 1, 1, "U+3009"),
        ("<a> ::= x\x00", 1, 10, "U+0000"),
        ("<a> ::= x\n# \x1b", 2, 3, "U+001B"),
        ("<a> ::= \ud800", 1, 9, "U+D800"),
        ("<a\u200b> ::= x", 1, 3, "U+200B"),
        ("# first_epoch: 2\n<a> ::= x", 1, 16, "first_epoch must be 0 or 1"),
    ],
)
def test_a_fault_is_named_with_its_line_and_column(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(GrammarError) as caught:
        read_grammar(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert words in caught.value.message
    assert str(caught.value) == f"line {line}, column {column}: {caught.value.message}"


def test_columns_and_lines_are_the_same_with_windows_line_ends() -> None:
    with pytest.raises(GrammarError) as caught:
        read_grammar("<a> ::= x\r\n  | <b>\r\n")
    assert (caught.value.line, caught.value.column) == (2, 5)


def test_a_grammar_whose_shortest_text_explodes_is_refused() -> None:
    doubling = "".join(f"<a{i}> ::= <a{i + 1}> <a{i + 1}>\n" for i in range(60)) + "<a60> ::= x"
    with pytest.raises(GrammarError, match=r"<a0> is too large"):
        read_grammar(doubling)


@pytest.mark.parametrize(
    "text",
    [
        "<a> ::= " + "x" * 100_000,
        "<a> ::= " + " " * 100_000 + "x",
        "<a> ::= x" + " | x" * 25_000,
        "<a> ::= x" + "\n" * 100_000,
        "#" * 100_000,
        "# title:" + " " * 100_000 + "x",
        "<a> ::= x | " + "<" * 100_000,
        "<a> ::= x | " + "<a" * 50_000,
        "<a> ::= x | " + '"' * 100_000,
        "<" + "a" * 100_000,
        " " * 100_000,
        "<r0> ::= x | <r1>\n"
        + "".join(f"<r{i}> ::= <r{i - 1}> | <r{i + 1}>\n" for i in range(1, 900))
        + "<r900> ::= x",
        "".join(f"<r{i}> ::= <r{i + 1}>\n" for i in range(5_000)) + "<r5000> ::= x",
        "<a> ::= x | " + "<a>" * 33_000,
    ],
)
def test_a_hundred_thousand_characters_are_read_or_refused_at_once(text: str) -> None:
    started = time.process_time()
    fault(text)
    assert time.process_time() - started < 5.0


@given(st.text())
def test_any_text_is_read_or_refused_with_a_place_inside_it(text: str) -> None:
    if error := fault(text):
        assert 1 <= error.line <= text.count("\n") + text.count("\r") + 1
        assert 1 <= error.column <= len(text) + 1


@given(st.text(alphabet='<>ab|:= "\n#-', max_size=60))
def test_any_text_that_looks_like_a_grammar_is_read_or_refused(text: str) -> None:
    if fault(text) is None:
        rules = read_grammar(text).rules
        assert all(rule.productions for rule in rules)
        assert all(production.symbols for rule in rules for production in rule.productions)
