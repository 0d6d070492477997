from backend.expressions.facts import Facts
from backend.expressions.languages import SCHEDULE
from backend.expressions.nodes import Call, Constant, Variable

_EPOCH, _RATE = Variable("epoch"), Variable("learning_rate")
_EVERYWHERE = Facts.of(SCHEDULE)
_COMPUTED = Call("sqrt", (_RATE,))


def _condition(left: Variable | Constant | Call, comparison: str, right: float | Variable | Call) -> Call:
    return Call(comparison, (left, Constant(right) if isinstance(right, float | int) else right))


def test_what_the_language_says_of_its_variables_decides() -> None:
    assert _EVERYWHERE.decide(_condition(_EPOCH, "greater_equal", 0)) is True
    assert _EVERYWHERE.decide(_condition(_EPOCH, "less", 0)) is False
    assert _EVERYWHERE.decide(_condition(_RATE, "less", 0)) is False
    assert _EVERYWHERE.decide(_condition(_EPOCH, "less", 1)) is None


def test_a_condition_met_decides_those_that_it_implies() -> None:
    early = _EVERYWHERE.assume(_condition(_EPOCH, "less", 10), True)
    assert early.decide(_condition(_EPOCH, "less", 20)) is True
    assert early.decide(_condition(_EPOCH, "less_equal", 9)) is True
    assert early.decide(_condition(_EPOCH, "greater", 9)) is False
    assert early.decide(_condition(_EPOCH, "less", 9)) is None
    assert early.decide(_condition(_RATE, "less", 10)) is None


def test_a_condition_not_met_decides_as_well() -> None:
    late = _EVERYWHERE.assume(_condition(_EPOCH, "less", 10), False)
    assert late.decide(_condition(_EPOCH, "greater", 9.5)) is True
    assert late.decide(_condition(_EPOCH, "less_equal", 9)) is False


def test_a_rate_may_lie_between_any_two_floats_that_are_not_neighbours() -> None:
    low = _EVERYWHERE.assume(_condition(_RATE, "less", 0.05), True)
    assert low.decide(_condition(_RATE, "less_equal", 0.04)) is None
    assert low.decide(_condition(_RATE, "less_equal", 0.05)) is True


def test_a_condition_between_computed_values_decides_only_itself() -> None:
    condition = _condition(_COMPUTED, "less", 1)
    inside = _EVERYWHERE.assume(condition, True)
    assert inside.decide(condition) is True
    assert inside.decide(_condition(_COMPUTED, "less", 2)) is None


def test_a_value_compared_with_itself_is_decided_unless_it_may_be_nan() -> None:
    assert _EVERYWHERE.decide(_condition(_EPOCH, "less", _EPOCH)) is False
    assert _EVERYWHERE.decide(_condition(_EPOCH, "less_equal", _EPOCH)) is True
    assert _EVERYWHERE.decide(_condition(_COMPUTED, "greater", _COMPUTED)) is False
    assert _EVERYWHERE.decide(_condition(_COMPUTED, "greater_equal", _COMPUTED)) is None


def test_constants_are_compared() -> None:
    assert _EVERYWHERE.decide(_condition(Constant(1), "less", 2)) is True
    assert _EVERYWHERE.decide(_condition(Constant(2), "less", 2)) is False
