import pytest

from backend.experiments.configuration import Configuration
from backend.experiments.design import Design, design
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
    assert "0.01" in str(shown.after_last_epoch)


def test_a_phenotype_that_cannot_train_has_a_portrait_too() -> None:
    shown = portrait(DESIGN, "0.1 - epoch")
    assert "negative" in shown.words


RULES = design(Configuration(evolves="update_rule", grammar="alr-2022-gradient"))


def test_a_rule_is_simplified_written_as_formulas_and_said_in_words() -> None:
    shown = portrait(RULES, "x = subtract(multiply(0.1, x), g); y = g; z = 0; weight = multiply(0.01, x)")
    assert shown.simplified == "x = subtract(multiply(0.1, x), g); y = 0; z = 0; weight = multiply(0.01, x)"
    assert shown.latex.startswith(r"\begin{aligned}")
    assert shown.mathml.count("<mtr>") == 2
    assert shown.words.startswith("Momentum")
    assert (shown.cannot_train, shown.after_last_epoch) == (None, None)
    assert shown.rule is not None


@pytest.mark.parametrize(
    ("made", "phenotype", "reason"),
    [(DESIGN, "0", "every epoch is 0"), (RULES, "x = 0; y = 0; z = 0; weight = 0.1", "whatever the gradient is")],
)
def test_why_it_cannot_train_is_said_of_either_kind(made: Design, phenotype: str, reason: str) -> None:
    assert reason in str(portrait(made, phenotype).cannot_train)
