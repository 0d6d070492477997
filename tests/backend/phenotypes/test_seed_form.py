import numpy as np
import pytest
from hypothesis import assume, given

from backend.expressions.nodes import Call, Constant, walk
from backend.phenotypes.fingerprint import fingerprint
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.seed_form import NoFreeState, constants_of, seed_form, without_gradient_in_weight
from backend.phenotypes.trace import trace
from backend.phenotypes.update_rule import UpdateRule
from tests.backend.rules import rules


def _seed(text: str) -> str:
    return seed_form(UpdateRule.from_text(text)).text


def test_what_the_grammars_have_no_word_for_is_said_with_what_they_have() -> None:
    assert _seed("x = 0; y = 0; z = 0; weight = multiply(-0.5, sign(g))") == (
        "x = x; y = y; z = z; weight = multiply(negative(0.5), divide_no_nan(g, sqrt(square(g))))"
    )
    assert _seed("x = g; y = pow(x, x); z = 0; weight = abs(x)") == "x = g; y = y; z = z; weight = sqrt(square(x))"


def test_a_free_state_counts_the_steps() -> None:
    assert _seed("x = 0; y = 0; z = 0; weight = divide_no_nan(g, step)") == (
        "x = x; y = y; z = negative(1); weight = divide_no_nan(g, z)"
    )
    assert _seed("x = 0; y = multiply(g, step); z = 0; weight = y") == (
        "x = negative(1); y = multiply(g, x); z = z; weight = y"
    )


def test_no_free_state_is_an_error_that_says_for_what() -> None:
    full = "x = g; y = g; z = g; weight = multiply(add(x, y), multiply(z, step))"
    with pytest.raises(NoFreeState, match="uses x, y, z, so that no state is left to count the steps"):
        seed_form(UpdateRule.from_text(full))
    with pytest.raises(NoFreeState, match="to hand the gradient to the weight"):
        without_gradient_in_weight(UpdateRule.from_text(full.replace("step", "g")))


@given(rule=rules())
def test_the_weights_stay_the_same_to_the_last_bit(rule: UpdateRule) -> None:
    protected = {part.operator for node in rule.functions.values() for part in walk(node) if isinstance(part, Call)}
    # Squares of very large or small numbers do not fit into float32; see the next test for the usual ones.
    assume(not protected & {"sign", "abs"})
    try:
        form = seed_form(rule)
    except NoFreeState:
        return
    assert fingerprint(form) == fingerprint(rule)
    assert all(part.value >= 0 for node in form.functions.values() for part in walk(node) if isinstance(part, Constant))


def test_signs_stay_signs_for_gradients_as_they_occur() -> None:
    rule = UpdateRule.from_text("x = 0; y = 0; z = 0; weight = multiply(0.1, add(sign(g), abs(w)))")
    gradients = np.random.default_rng(0).normal(scale=1e-6, size=(5, 1000)).astype(np.float32)
    gradients[:, :10] = 0
    weights = np.random.default_rng(1).normal(size=1000).astype(np.float32)
    assert np.array_equal(trace(seed_form(rule), gradients, weights0=weights), trace(rule, gradients, weights0=weights))


def test_a_state_can_hand_the_gradient_to_the_weight() -> None:
    rule = HUMAN_MADE_RULES["rmsprop"].rule()
    handed = without_gradient_in_weight(rule)
    assert handed.text.endswith("z = subtract(z, g); weight = multiply(0.001, divide_no_nan(z, sqrt(add(x, 1e-07))))")
    gradients = np.random.default_rng(0).normal(size=(20, 100)).astype(np.float32)
    np.testing.assert_allclose(trace(handed, gradients), trace(rule, gradients), atol=1e-6)
    adam = HUMAN_MADE_RULES["adam"].rule()
    assert without_gradient_in_weight(adam) == adam


def test_the_constants_of_a_rule_are_each_named_once() -> None:
    assert constants_of(UpdateRule.from_text("x = 0.5; y = 0; z = 0.1 - x; weight = 0.5 * g")) == (0.5, 0, 0.1)
