import pytest

from backend.phenotypes.tunable import Scale, Tunable

RANGES = [
    Tunable(0.5, 0.0, 1.0),
    Tunable(0.001, 1e-5, 1.0, Scale.LOG),
    Tunable(-0.5, -5.0, -0.05, Scale.LOG),
    Tunable(0.9, 1e-4, 0.9999, Scale.ONE_MINUS),
]


@pytest.mark.parametrize("tunable", RANGES)
def test_places_and_values_are_each_others_inverse_and_rise_together(tunable: Tunable) -> None:
    places = [0.0, 0.25, 0.5, 0.75, 1.0]
    values = [tunable.value_at(place) for place in places]
    assert values == sorted(values)
    assert (values[0], values[-1]) == (tunable.low, tunable.high)
    assert [tunable.place_of(value) for value in values] == pytest.approx(places, abs=1e-3)


def test_the_middle_of_a_range_is_that_of_its_scale() -> None:
    assert Tunable(0.1, 0.01, 1.0, Scale.LOG).value_at(0.5) == 0.1
    assert Tunable(0.9, 0.0, 0.99, Scale.ONE_MINUS).value_at(0.5) == 0.9
    assert Tunable(0.5, 0.0, 1.0).value_at(0.5) == 0.5


def test_what_lies_beyond_a_range_is_at_its_end() -> None:
    assert RANGES[1].place_of(2.0) == 1.0
    assert RANGES[1].place_of(0.0) == 0.0


def test_values_have_six_digits() -> None:
    assert RANGES[0].value_at(1 / 3) == 0.333333


def test_another_usual_value_is_always_within_the_range() -> None:
    assert RANGES[1].starting_at(3.0) == Tunable(3.0, 1e-5, 3.0, Scale.LOG)
    assert RANGES[1].starting_at(0.1) == Tunable(0.1, 1e-5, 1.0, Scale.LOG)


def test_the_published_range_is_for_what_lies_in_it() -> None:
    assert RANGES[1].as_published == Tunable(0.001, 0.0, 1.0)
    assert Tunable(10, 1, 50).as_published == Tunable(10, 1, 50)
