from backend.experiments.configuration import Configuration
from backend.experiments.design import design
from backend.experiments.portrait import portrait

DESIGN = design(Configuration())


def test_dead_parts_are_left_out_of_every_form() -> None:
    shown = portrait(DESIGN, "if_func(epoch < 5, if_func(epoch < 7, 0.05, 0.9), 0.01)")
    assert shown.simplified == "if_func(epoch < 5, 0.05, 0.01)"
    for form in (shown.latex, shown.mathml):
        assert "0.05" in form
        assert "0.9" not in form


def test_the_words_say_the_shape_and_what_would_come_after() -> None:
    shown = portrait(DESIGN, "if_func(epoch < 5, 0.05, 0.01)")
    assert "0.05" in shown.words
    assert "0.01" in shown.after_last_epoch


def test_a_phenotype_that_cannot_train_has_a_portrait_too() -> None:
    shown = portrait(DESIGN, "0.1 - epoch")
    assert "negative" in shown.words
