import inspect
import math
import re

import pytest

from backend.expressions import meanings
from backend.expressions.operators import OPERATORS, Operator

_TABLE = list(OPERATORS.values())


@pytest.mark.parametrize("operator", _TABLE, ids=lambda each: each.name)
def test_every_form_of_an_operator_places_each_of_its_arguments(operator: Operator) -> None:
    places = {str(place) for place in range(1, operator.arity + 1)}
    for form in (operator.latex, operator.mathml, operator.python):
        if form is not None:
            assert set(re.findall(r"#(\d)", form.template)) == places
            assert len(form.places) >= operator.arity


@pytest.mark.parametrize("operator", [each for each in _TABLE if each.python is None], ids=lambda each: each.name)
def test_a_function_that_exported_files_copy_needs_nothing_but_math(operator: Operator) -> None:
    assert getattr(meanings, operator.meaning.__name__) is operator.meaning
    # The name of sqrt itself is in math.sqrt, which Python does not tell from a global.
    assert set(inspect.getclosurevars(operator.meaning).globals) <= {"math", *vars(math)}
    assert operator.arity == len(inspect.signature(operator.meaning).parameters)


def test_the_signs_are_those_that_people_write() -> None:
    signs = {each.infix.symbol for each in _TABLE if each.infix is not None}
    assert signs == {"<", "<=", ">", ">=", "+", "-", "*", "/"}
