from collections.abc import Sequence

from backend.export.named_rule import NamedRule, with_names
from backend.export.probe import standard_probe
from backend.export.simplified_rule import simplified
from backend.expressions.nodes import Constant, Variable, substitute
from backend.phenotypes.update_rule import UpdateRule


def _named(weight: str, x: str = "0") -> NamedRule:
    return with_names(UpdateRule.from_text(f"x = {x}; y = 0; z = 0; weight = {weight}"))


def _values(rule: NamedRule) -> dict[str, float]:
    return {each.name: each.value for each in rule.constants}


def _with_values(rule: NamedRule) -> UpdateRule:
    values = {name: Constant(value) for name, value in _values(rule).items()}
    return UpdateRule.of({name: substitute(node, values) for name, node in rule.rule.functions.items()})


def test_the_constant_that_scales_the_whole_change_is_the_learning_rate() -> None:
    assert _values(_named("multiply(0.01, g)")) == {"learning_rate": 0.01}
    assert _values(_named("divide_no_nan(0.01, g)")) == {"learning_rate": 0.01}
    assert _values(_named("0.3")) == {"learning_rate": 0.3}


def test_a_sign_before_the_learning_rate_stays_outside_of_it() -> None:
    named = _named("multiply(-0.01, g)")
    assert _values(named) == {"learning_rate": 0.01}
    assert _with_values(named).text.endswith("weight = multiply(negative(0.01), g)")


def test_without_such_a_constant_the_learning_rate_is_a_factor_of_1() -> None:
    assert _values(_named("g")) == {"learning_rate": 1}
    assert _values(_named("add(multiply(0.01, g), multiply(0.001, w))")) == {
        "learning_rate": 1,
        "c1": 0.001,
        "c2": 0.01,
    }


def test_the_constant_that_scales_the_change_of_a_state_is_the_rate_of_the_state() -> None:
    named = _named("multiply(0.1, x)", x="multiply(0.1, subtract(x, g))")
    assert _values(named) == {"learning_rate": 0.1, "x_rate": 0.1}
    assert [each.meaning for each in named.constants] == [
        "Factor of the whole change of the weight",
        "Factor of the whole change of x",
    ]


def test_other_constants_are_numbered_and_say_where_they_act() -> None:
    named = _named("multiply(0.01, add(x, 0.3))", x="add(add(multiply(0.5, x), g), 0.3)")
    assert {each.name: each.meaning for each in named.constants}["c1"] == "Part of the change of x and the weight"


def test_numbers_that_make_the_formula_what_it_is_stay_numbers() -> None:
    named = _named("multiply(g, add(0.5, multiply(0.5, cos(multiply(pi, t)))))")
    assert _values(named) == {"learning_rate": 1}


def test_a_factor_is_a_learning_rate_whatever_its_size() -> None:
    assert _values(_named("multiply(0.5, g)")) == {"learning_rate": 0.5}
    assert _values(_named("multiply(multiply(2, add(g, 1)), g)")) == {"learning_rate": 2}


def test_states_keep_the_names_that_they_were_evolved_with() -> None:
    named = with_names(UpdateRule.from_text("x = 0; y = subtract(multiply(0.1, y), g); z = 0; weight = y"))
    assert list(named.functions) == ["y", "weight"]


def test_names_change_nothing_of_the_weights(all_rules: Sequence[UpdateRule]) -> None:
    probe = standard_probe()
    for rule in all_rules:
        named = with_names(rule)
        assert named.evolved is rule
        found, expected = probe.expected(_with_values(named)), probe.expected(simplified(rule))
        assert (found == expected)[~(found != found)].all()
        assert ((found != found) == (expected != expected)).all()


def test_every_name_is_used(all_rules: Sequence[UpdateRule]) -> None:
    for rule in all_rules:
        named = with_names(rule)
        names = [each.name for each in named.constants]
        assert names[0] == "learning_rate"
        assert len(set(names)) == len(names)
        assert set(names) <= named.rule.reads
        assert Variable(names[0]) not in (Variable(name) for name in names[1:])
