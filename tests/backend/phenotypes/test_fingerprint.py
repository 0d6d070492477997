from hypothesis import given

from backend.phenotypes.fingerprint import fingerprint
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.update_rule import UpdateRule
from tests.backend.rules import rules


@given(rule=rules())
def test_a_rule_has_the_same_fingerprint_every_time(rule: UpdateRule) -> None:
    assert fingerprint(rule) == fingerprint(UpdateRule.from_text(rule.text))


def test_all_human_made_rules_have_different_ones() -> None:
    assert len({fingerprint(each.rule()) for each in HUMAN_MADE_RULES.values()}) == len(HUMAN_MADE_RULES)


def test_the_last_digit_of_a_constant_is_seen() -> None:
    sgd = HUMAN_MADE_RULES["sgd"]
    assert fingerprint(sgd.rule(learning_rate=0.01)) != fingerprint(sgd.rule(learning_rate=0.010000001))


def test_depth_step_weight_and_share_are_seen() -> None:
    texts = [f"x = 0; y = 0; z = 0; weight = multiply(g, {name})" for name in ("layer_num", "step", "w", "t", "1")]
    assert len({fingerprint(UpdateRule.from_text(text)) for text in texts}) == len(texts)
