from backend.expressions.languages import SCHEDULE
from backend.expressions.parse import parse
from backend.expressions.print_text import to_text
from backend.phenotypes.expression_constants import constants_in, with_constants_in
from backend.phenotypes.tunable import Scale, Tunable

NODE = parse("if_func(epoch < 60, add(0, -0.5), multiply(0.01, epoch))", SCHEDULE)


def test_every_number_but_zero_has_a_range_around_it_and_its_place_as_its_name() -> None:
    assert constants_in(NODE, "c") == {
        "c_1": Tunable(60, 6, 600, Scale.LOG),
        "c_3": Tunable(-0.5, -5.0, -0.05, Scale.LOG),
        "c_4": Tunable(0.01, 0.001, 0.1, Scale.LOG),
    }


def test_numbers_are_put_where_they_were_found_and_others_stay() -> None:
    changed = with_constants_in(NODE, "c", {"c_1": 47.5, "c_4": 2.0})
    assert to_text(changed) == "if_func(epoch < 47.5, add(0, -0.5), multiply(2, epoch))"
