import math

import numpy as np
import pytest

from backend.expressions.languages import (
    FORMULA,
    JOINT,
    LARGEST_FLOAT32,
    LARGEST_FLOAT64,
    PROGRAM,
    RULE,
    RULE_WITH_DEPTH,
    SCHEDULE,
    Language,
)
from backend.expressions.operators import OPERATORS

_ALL = [SCHEDULE, PROGRAM, RULE, RULE_WITH_DEPTH, JOINT, FORMULA]


@pytest.mark.parametrize("language", _ALL, ids=lambda each: each.name)
def test_a_language_has_only_operators_of_the_table(language: Language) -> None:
    assert language.operators <= OPERATORS.keys()


@pytest.mark.parametrize("language", _ALL, ids=lambda each: each.name)
def test_no_two_operators_of_a_language_share_a_sign(language: Language) -> None:
    signed = [name for name in language.operators if OPERATORS[name].infix is not None]
    assert sorted(each.name for each in language.infix.values()) == sorted(signed)


@pytest.mark.parametrize("language", _ALL, ids=lambda each: each.name)
def test_no_name_means_two_things(language: Language) -> None:
    names = [*language.operators, *language.variables, *language.constants]
    assert len(names) == len(set(names))


def test_what_can_be_written_in_a_language_of_rules_can_be_written_as_a_formula() -> None:
    for language in (RULE, RULE_WITH_DEPTH, JOINT):
        assert language.operators <= FORMULA.operators
        assert language.variables.keys() <= FORMULA.variables.keys()
        assert language.constants.keys() <= FORMULA.constants.keys()


def test_the_largest_numbers_are_those_of_the_floats_that_a_language_computes_in() -> None:
    assert SCHEDULE.largest == LARGEST_FLOAT64 == np.finfo(np.float64).max
    assert RULE.largest == LARGEST_FLOAT32 == np.finfo(np.float32).max


def test_variables_can_be_added_and_left_out() -> None:
    assert RULE.without({"y", "z"}).variables.keys() == {"x", "g"}
    assert RULE.with_variables({"rho"}).variables.keys() == {"x", "y", "z", "g", "rho"}
    assert RULE.variables.keys() == {"x", "y", "z", "g"}


def test_signs_belong_to_the_operators_that_the_language_has() -> None:
    assert {sign: operator.name for sign, operator in SCHEDULE.infix.items()} == {
        "<": "less",
        "<=": "less_equal",
        ">": "greater",
        ">=": "greater_equal",
        "+": "add",
        "-": "subtract",
        "*": "multiply",
        "/": "divide_no_nan",
    }


def test_only_programs_replace_what_is_not_finite() -> None:
    assert [each.name for each in _ALL if each.non_finite is not None] == ["program"]
    assert PROGRAM.meanings["multiply"](1e200, 1e200) == 1.0
    assert PROGRAM.meanings["sin"](math.inf) == 1.0
    assert PROGRAM.meanings["multiply"](2.0, 3.0) == 6.0
    assert SCHEDULE.meanings["multiply"](1e200, 1e200) == math.inf
