import pytest

from backend.experiments.configuration import Configuration
from backend.experiments.design import Design, design
from backend.experiments.phenotype_changes import describe_changes, phenotype_changes
from tests.backend.experiments.farm import RULES

SCHEDULES = design(Configuration())
RULES_DESIGN = design(Configuration.model_validate({**RULES, "search": {}, "training": {}}))


def _said(made: Design, parent: str, child: str) -> str:
    return describe_changes(phenotype_changes(made, parent, child))


def _rule(weight: str, x: str = "x") -> str:
    return f"x = {x}; y = y; z = z; weight = {weight}"


@pytest.mark.parametrize(
    ("parent", "child", "words"),
    [
        ("if_func(epoch < 3, 0.1, 0.01)", "if_func(epoch < 3, 0.1, 0.02)", "In rate, 0.01 became 0.02."),
        ("if_func(epoch < 3, 0.1, 0.1)", "0.1", ""),
        ("0.1", "0.1", ""),
    ],
)
def test_a_changed_schedule_is_said_in_a_sentence(parent: str, child: str, words: str) -> None:
    assert _said(SCHEDULES, parent, child) == words


@pytest.mark.parametrize(
    ("parent", "child", "words"),
    [
        (_rule("multiply(0.1, g)"), _rule("multiply(0.2, g)"), "In weight, 0.1 became 0.2."),
        (_rule("g"), _rule("add(g, multiply(0.1, square(g)))"), "came in"),
        (_rule("multiply(0.1, x)", "g"), _rule("multiply(0.1, g)"), "x is no longer needed."),
        (_rule("multiply(0.1, g)"), _rule("multiply(0.1, x)", "g"), "x is new"),
    ],
)
def test_a_changed_rule_is_said_function_by_function(parent: str, child: str, words: str) -> None:
    assert words in _said(RULES_DESIGN, parent, child)


def test_what_changed_much_is_said_as_it_is_now() -> None:
    child = "if_func(epoch < 7, multiply(0.3, learning_rate), if_func(learning_rate < 0.2, 0.03, subtract(1, 0.4)))"
    said = _said(SCHEDULES, "if_func(epoch < 3, 0.1, 0.01)", child)
    assert said.startswith("rate became ")
    assert len(said) < 80


def test_texts_that_nobody_can_read_are_compared_as_they_are() -> None:
    nested = f"{'negative(' * 300}0.1{')' * 300}"
    (change,) = phenotype_changes(SCHEDULES, nested, "0.1")
    assert change.function == "rate"
