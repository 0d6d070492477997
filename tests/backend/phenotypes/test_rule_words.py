import pytest

from backend.grammar.catalogue import load_grammar
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.rule_words import dead_parts, describe_rule
from backend.phenotypes.update_rule import UpdateRule


def _words(text: str) -> str:
    return describe_rule(UpdateRule.from_text(text))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sgd", "Stochastic gradient descent. It keeps no state."),
        ("sign", "Sign. It keeps no state."),
        ("momentum", "Momentum. x keeps 0.9 of itself and adds g. The weight sees the gradient through states alone."),
        ("rmsprop", "RMSprop. x is a moving average of g² that keeps 0.9."),
        ("adagrad", "Adagrad. x is the sum of g²."),
        (
            "adam",
            "Adam. x is a moving average of g that keeps 0.9. y is a moving average of g² that keeps 0.999. "
            "It reads the number of the update (step). The weight sees the gradient through states alone.",
        ),
        (
            "nesterov-decay-linear",
            "Nesterov momentum with decoupled weight decay, linear decay. x keeps 0.9 of itself and adds g. "
            "It reads the share of the training that is done (t) and the weight itself (w).",
        ),
    ],
)
def test_a_human_made_rule_is_called_by_its_name(name: str, words: str) -> None:
    assert describe_rule(HUMAN_MADE_RULES[name].rule()) == words


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("x = 0.2*x - g; y = 0; z = 0; weight = 0.01*x", "Momentum, with 0.8 for 0.9."),
        ("x = 0.2*x - g; y = 0; z = 0; weight = 0.1*(x/sqrt(square(x)))", "The sign of Momentum."),
        ("x = 0; y = 0; z = 0; weight = pow(max(g, 0.3), cos(w))", "It is like no known rule."),
        ("x = 0; y = 0; z = 0; weight = negative(pow(g, 0.5))", "The square root of Stochastic"),
        ("x = x; y = square(g); z = 0; weight = 0.01*g", "y is dead: nothing depends on it."),
        ("x = pow(g, g); y = pow(x, y); z = 0; weight = 0.01*g", "x and y are dead: nothing depends on them."),
        ("x = x*g; y = 0; z = -1; weight = x + g/z", "x and z need not be kept: what they are at each step is known"),
        ("x = 0.212*g; y = 0; z = 0; weight = x*x", "x is the sum of −0.212 g."),
        ("x = -g; y = 0; z = 0; weight = x", "Nearest to Momentum; it has a state that becomes g + itself; it lacks a"),
        ("x = pow(x + 2, g); y = 0; z = 0; weight = x", "x becomes x − (2 + x)^g."),
        ("x = 0; y = 0; z = 0; weight = sqrt(-1)", "always NaN"),
    ],
)
def test_what_a_rule_is_and_what_it_is_not_is_said(text: str, part: str) -> None:
    assert part in _words(text)


def test_dead_is_a_function_that_says_something_which_changes_nothing() -> None:
    assert dead_parts(UpdateRule.from_text("x = g; y = y; z = 0; weight = g")) == ("x",)
    assert dead_parts(UpdateRule.from_text("x = g; y = x; z = 0; weight = y")) == ()


def test_a_rule_as_deep_as_can_be_typed_is_described() -> None:
    deep = "cos(" * 99 + "{}" + ")" * 99
    text = f"x = {deep.format('g')}; y = {deep.format('x')}; z = {deep.format('y')}; weight = {deep.format('z')}"
    assert _words(text).startswith("It is like no known rule.")


def test_whatever_a_grammar_derives_can_be_described() -> None:
    for name in ("alr-2022-code", "alr-depth", "joint"):
        for text in load_grammar(name).covering_phenotypes()[:60]:
            assert _words(text).endswith(".")
