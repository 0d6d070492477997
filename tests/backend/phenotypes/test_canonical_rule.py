import pytest
from hypothesis import given, settings

from backend.phenotypes.canonical_rule import canonical_rule, settled, used_states
from backend.phenotypes.fingerprint import fingerprint
from backend.phenotypes.update_rule import UpdateRule
from tests.backend.rules import rules


@given(rule=rules())
@settings(max_examples=200)
def test_the_canonical_rule_gives_the_same_weights_to_the_last_bit(rule: UpdateRule) -> None:
    assert fingerprint(canonical_rule(rule)) == fingerprint(rule)


@given(rule=rules())
def test_a_second_time_changes_nothing(rule: UpdateRule) -> None:
    canonical = canonical_rule(rule)
    assert canonical_rule(canonical) == canonical


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        # What nothing depends on vanishes; a state that feeds itself stays, if the weight depends on it.
        ("x = x; y = pow(y, x); z = g; weight = g", "x = 0; y = 0; z = 0; weight = g"),
        ("x = subtract(x, g); y = g; z = 0; weight = x", "x = subtract(x, g); y = 0; z = 0; weight = x"),
        # States take the first names, in the order of the least text.
        ("x = 0; y = 0; z = subtract(z, g); weight = z", "x = subtract(x, g); y = 0; z = 0; weight = x"),
        (
            "x = negative(g); y = multiply(0.1, subtract(y, g)); z = 0; weight = multiply(x, y)",
            "x = multiply(0.1, subtract(x, g)); y = negative(g); z = 0; weight = multiply(x, y)",
        ),
        # A state that never leaves zero, also one that another keeps there.
        ("x = multiply(x, g); y = 0; z = 0; weight = add(x, g)", "x = 0; y = 0; z = 0; weight = g"),
        ("x = multiply(x, g); y = square(add(x, y)); z = 0; weight = add(y, g)", "x = 0; y = 0; z = 0; weight = g"),
        # A state of one value, and one that counts.
        (
            "x = subtract(x, 0.5); y = 0; z = 0; weight = multiply(x, g)",
            "x = 0; y = 0; z = 0; weight = multiply(0.5, g)",
        ),
        ("x = 0; y = 0; z = -1; weight = multiply(z, g)", "x = 0; y = 0; z = 0; weight = multiply(g, step)"),
        ("x = 0; y = 1; z = 0; weight = multiply(y, g)", "x = 0; y = 0; z = 0; weight = negative(multiply(g, step))"),
        # A state that repeats another.
        (
            "x = square(subtract(x, g)); y = square(subtract(y, g)); z = 0; weight = divide_no_nan(x, y)",
            "x = square(subtract(x, g)); y = 0; z = 0; weight = divide_no_nan(x, x)",
        ),
        # A state that is NaN.
        ("x = sqrt(-1); y = 0; z = 0; weight = add(g, x)", "x = 0; y = 0; z = 0; weight = sqrt(-1)"),
    ],
)
def test_one_form_stands_for_all_that_are_the_same(text: str, canonical: str) -> None:
    assert canonical_rule(UpdateRule.from_text(text)).text == canonical


@pytest.mark.parametrize(
    "text",
    [
        # It counts other than by ones, which rounds.
        "x = -0.1; y = 0; z = 0; weight = multiply(g, x)",
        # It has another value at the second step than at the first.
        "x = subtract(multiply(0.5, x), 1); y = 0; z = 0; weight = multiply(g, x)",
        # The difference from its own value rounds.
        "x = subtract(x, g); y = 0; z = 0; weight = x",
    ],
)
def test_a_state_that_is_not_known_exactly_is_kept(text: str) -> None:
    assert canonical_rule(UpdateRule.from_text(text)).text == text


def test_settled_states_keep_their_names() -> None:
    assert settled(UpdateRule.from_text("x = 0; y = multiply(0, y); z = g; weight = add(z, y)")).text == (
        "x = 0; y = 0; z = g; weight = z"
    )


def test_a_state_is_used_if_the_simplified_functions_lead_to_it() -> None:
    rule = UpdateRule.from_text("x = g; y = g; z = -1; weight = add(multiply(0, subtract(t, x)), add(y, z))")
    assert used_states(rule) == ("x", "y", "z")
    rule = UpdateRule.from_text("x = g; y = g; z = -1; weight = add(divide_no_nan(x, 0), add(y, z))")
    assert used_states(rule) == ("y", "z")
