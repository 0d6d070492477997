import pytest

from backend.experiments.responses import STEPS, responses
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.update_rule import UpdateRule

SGD = HUMAN_MADE_RULES["sgd"].rule()


def _changes(rule: UpdateRule) -> list[tuple[float | None, ...]]:
    return [response.lines[0].changes for response in responses("it", rule)]


def test_every_rule_is_held_against_adam_and_sgd_under_three_gradients() -> None:
    found = responses("it", SGD)
    assert [response.gradient.split()[0] for response in found] == ["constant", "alternating", "noisy"]
    for response in found:
        assert [line.name.split(",")[0] for line in response.lines] == ["it", "Adam 0.001", "SGD 0.01"]
        assert all(len(line.changes) == STEPS + 1 for line in response.lines)


def test_a_change_is_counted_in_the_rules_own_steps_whatever_their_size() -> None:
    for rate in (1e-6, 10.0):
        constant, alternating, _ = _changes(HUMAN_MADE_RULES["sgd"].rule(learning_rate=rate))
        assert constant[0] == 0
        assert constant[-1] == pytest.approx(-STEPS, rel=1e-2)
        assert alternating[2] == pytest.approx(0, abs=1e-2)


def test_the_size_of_a_step_stands_with_the_name() -> None:
    assert responses("it", SGD)[0].lines[0].name == "it, 1 = 0.001"


def test_a_rule_that_does_not_move_the_weight_is_a_level_line() -> None:
    still = UpdateRule.from_text("x = 0; y = 0; z = 0; weight = 0")
    (constant, *_) = responses("it", still)
    assert set(constant.lines[0].changes) == {0.0}
    assert constant.lines[0].name == "it"


@pytest.mark.parametrize("weight", ["sqrt(-1)", "pow(0, -1)", "negative(pow(add(x, 2), 40))"])
def test_what_is_no_finite_number_is_a_gap(weight: str) -> None:
    for changes in _changes(UpdateRule.from_text(f"x = multiply(-9, x) - 1; y = 0; z = 0; weight = {weight}")):
        assert changes[0] == 0
        assert changes[-1] is None


def test_a_rule_that_reads_the_weight_is_drawn_where_there_is_one() -> None:
    decay = UpdateRule.from_text("x = 0; y = 0; z = 0; weight = multiply(0.1, w)")
    constant, *_ = _changes(decay)
    assert constant[-1] is not None
    assert constant[-1] < -1
