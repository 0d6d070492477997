import math

import numpy as np
import pytest
from hypothesis import example, given

from backend.expressions.arrays import Floats, evaluate_float32
from backend.expressions.bounds import Bounds, bounds
from backend.expressions.languages import FORMULA, LARGEST_FLOAT32
from backend.expressions.nodes import Node
from backend.expressions.parse import parse
from backend.phenotypes.canonical_rule import BOUNDS
from tests.backend.rules import expressions

_EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, -2.0, 1e-30, 1e30, -3e38, LARGEST_FLOAT32, math.inf, -math.inf, math.nan]


def _values(of: Bounds) -> Floats:
    known = [each for each in _EDGES if of.contains(each) or (math.isnan(each) and of.nan)]
    rng = np.random.default_rng(0)
    return rng.choice(np.array(known, np.float32), 200)


@given(node=expressions(FORMULA))
@example(parse("pow(t, g)", FORMULA))
def test_no_value_is_ever_outside_the_bounds(node: Node) -> None:
    found = bounds(node, BOUNDS)
    values = evaluate_float32(node, {name: _values(of) for name, of in BOUNDS.items()})
    numbers = values[~np.isnan(values)]
    assert found.nan or len(numbers) == len(values)
    assert all(found.contains(float(each)) for each in numbers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("multiply(0, g)", Bounds(0, 0, nan=False)),
        ("multiply(0, x)", Bounds(0, 0, nan=True)),
        ("divide_no_nan(x, 0)", Bounds(0, 0, nan=False)),
        ("divide_no_nan(0, g)", Bounds(0, 0, nan=False)),
        ("pow(x, 0)", Bounds(1, 1, nan=False)),
        ("subtract(1, t)", Bounds(0, 1, nan=False)),
        ("cos(multiply(pi, t))", Bounds(-1, 1, nan=False)),
        ("square(g)", Bounds(0, math.inf, nan=False)),
        ("abs(x)", Bounds(0, math.inf, nan=True)),
        ("sqrt(subtract(-1, square(g)))", Bounds(math.inf, -math.inf, nan=True)),
        ("add(1, sqrt(-1))", Bounds(math.inf, -math.inf, nan=True)),
        ("max(2, t)", Bounds(2, 2, nan=False)),
        ("sign(step)", Bounds(1, 1, nan=False)),
    ],
)
def test_what_is_known_of_a_value_is_found(text: str, expected: Bounds) -> None:
    assert bounds(parse(text, FORMULA), BOUNDS) == expected


def test_what_is_never_a_number_is_recognised() -> None:
    assert bounds(parse("sqrt(-1)", FORMULA), {}).always_nan
    assert not bounds(parse("sqrt(g)", FORMULA), BOUNDS).always_nan
