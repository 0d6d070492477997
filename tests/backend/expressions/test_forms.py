from backend.expressions.forms import Binding, fill, infix_form


def test_arguments_stand_where_the_template_places_them_as_often_as_it_does() -> None:
    assert fill("#2 if #1 else #2", ["c", "a"]) == "a if c else a"


def test_what_looks_like_a_place_inside_an_argument_stays() -> None:
    assert fill("#1, #2", ["#2", "b"]) == "#2, b"


def test_only_the_right_argument_of_an_infix_operator_must_hold_together_more_tightly() -> None:
    assert infix_form("#1 - #2", Binding.SUM).places == (Binding.SUM, Binding.PRODUCT)
