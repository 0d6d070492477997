import pytest

from backend.problems.canonical import canonical_json, digest


def test_the_order_of_keys_does_not_matter() -> None:
    assert canonical_json({"b": 1, "a": [True, None]}) == canonical_json({"a": [True, None], "b": 1})


def test_every_bit_of_a_float_counts() -> None:
    assert digest(0.1) != digest(0.1 + 2**-56)


def test_a_tuple_is_written_like_a_list() -> None:
    assert canonical_json((1, "ab", (2.0,))) == canonical_json([1, "ab", [2.0]])


def test_a_float_and_an_integer_of_the_same_value_differ() -> None:
    assert digest(1.0) != digest(1)


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical_json({1, 2})
