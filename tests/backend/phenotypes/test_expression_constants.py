import pytest

from backend.expressions.languages import SCHEDULE
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.phenotypes.expression_constants import constants_in, with_constants_in
from backend.phenotypes.tunable import Scale, Tunable

NODE = parse("if_func(epoch < 60, add(0, -0.5), multiply(0.01, epoch))", SCHEDULE)


def test_every_number_but_zero_has_a_range_around_it_and_its_place_as_its_name() -> None:
    assert constants_in(NODE, "c") == {
        "c_1": Tunable(60, 20, 180, Scale.LOG),
        "c_3": Tunable(-0.5, -1.5, -0.5 / 3, Scale.LOG),
        "c_4": Tunable(0.01, 0.01 / 3, 0.03, Scale.LOG),
    }


@pytest.mark.parametrize(
    ("value", "low", "high"), [(0.9, 0.7, 1 - 0.1 / 3), (0.999, 0.997, 1 - 0.001 / 3), (0.6, 0.2, 1 - 0.4 / 3)]
)
def test_what_is_a_little_below_one_ranges_by_what_it_lacks(value: float, low: float, high: float) -> None:
    (found,) = constants_in(parse(f"multiply({value}, epoch)", SCHEDULE), "c").values()
    assert (found.default, found.scale) == (value, Scale.ONE_MINUS)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.value_at(found.place_of(value)) == pytest.approx(value)


def test_better_numbers_may_be_looked_for_nearer() -> None:
    node = parse("add(0.9, multiply(0.02, epoch))", SCHEDULE)
    found = constants_in(node, "c", reach=1.25)
    assert (found["c_1"].low, found["c_1"].high) == pytest.approx((0.875, 0.92))
    assert (found["c_2"].low, found["c_2"].high) == pytest.approx((0.016, 0.025))


def test_numbers_are_put_where_they_were_found_and_others_stay() -> None:
    changed = with_constants_in(NODE, "c", {"c_1": 47.5, "c_4": 2.0})
    assert to_text(changed) == "if_func(epoch < 47.5, add(0, -0.5), multiply(2, epoch))"
