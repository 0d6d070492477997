from collections.abc import Sequence

from backend.export.context import ExportContext
from backend.export.named_rule import NamedRule, with_names
from backend.export.rule_text import arguments, block, docstring, formula_name, listed, parameters
from backend.phenotypes.update_rule import UpdateRule


def _named(weight: str) -> NamedRule:
    return with_names(UpdateRule.from_text(f"x = multiply(0.1, subtract(x, g)); y = 0; z = 0; weight = {weight}"))


def test_hyper_parameters_are_named_documented_numbers() -> None:
    rule = _named("multiply(0.01, multiply(x, subtract(0.75, t)))")
    assert parameters(rule) == ["total_steps", "learning_rate=0.01", "x_rate=0.1", "c1=0.75"]
    assert parameters(rule, {"learning_rate": "lr"})[1] == "lr=0.01"
    assert arguments(rule, "  ", {"learning_rate": "lr"}).splitlines() == [
        "  total_steps: Number of planned updates; t, the share of them done, ends at 1.",
        "  lr: Factor of the whole change of the weight; 0.01 as evolved.",
        "  x_rate: Factor of the whole change of x; 0.1 as evolved.",
        "  c1: Part of the change of the weight; 0.75 as evolved.",
    ]


def test_the_same_formula_has_the_same_name_whatever_its_constants() -> None:
    assert formula_name(_named("multiply(0.01, x)")) == formula_name(_named("multiply(0.02, x)"))
    assert formula_name(_named("multiply(0.01, x)")) != formula_name(_named("multiply(0.01, g)"))


def test_the_phenotype_stands_in_the_docstring_as_it_was_evolved(
    context: ExportContext, all_rules: Sequence[UpdateRule]
) -> None:
    for rule in all_rules:
        text = docstring(with_names(rule), context, "Keras 3", "model.fit(...)")
        equations = text.split("Evolved as:\n\n")[1].split("\n\nUse")[0]
        assert "".join(equations.split()) == "".join(rule.text.split())


def test_a_list_that_is_too_long_for_a_line_has_a_line_for_each() -> None:
    assert listed("  ", "f(", ["a=1", "b=2"], "):") == "  f(a=1, b=2):"
    names = [f"parameter_{number}" for number in range(9)]
    assert listed("  ", "f(", names, "):").splitlines() == ["  f(", *(f"      {name}," for name in names), "  ):"]


def test_empty_lines_of_a_block_are_not_indented() -> None:
    assert block(["a", "", "b"], "    ") == "    a\n\n    b\n"
