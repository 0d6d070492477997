import math
from pathlib import Path

import pytest

from backend.expressions.languages import JOINT, RULE, RULE_WITH_DEPTH, Language
from backend.grammar.catalogue import grammar_names, grammar_text, load_grammar
from backend.grammar.grammar import Grammar
from backend.phenotypes.rule_grammars import RULE_GRAMMARS, sigmoid_constants, write_rule_grammars
from backend.phenotypes.update_rule import UpdateRule


def _productions(grammar: Grammar, name: str) -> list[str]:
    return next([str(production) for production in rule.productions] for rule in grammar.rules if rule.name == name)


@pytest.mark.parametrize("name", RULE_GRAMMARS)
def test_the_file_is_what_its_description_writes(name: str) -> None:
    assert grammar_text(name) == RULE_GRAMMARS[name].text, "python -m backend.phenotypes.rule_grammars writes it again"


def test_all_files_can_be_written_again(tmp_path: Path) -> None:
    write_rule_grammars(tmp_path)
    assert {file.stem for file in tmp_path.iterdir()} == RULE_GRAMMARS.keys()
    assert (tmp_path / "joint.bnf").read_text(encoding="utf-8") == RULE_GRAMMARS["joint"].text


@pytest.mark.parametrize("name", RULE_GRAMMARS)
def test_a_grammar_is_in_the_catalogue_with_its_notes(name: str) -> None:
    notes = load_grammar(name).notes
    assert name in grammar_names()
    assert notes.evolves == "update_rule"
    assert notes.title
    assert notes.source
    assert notes.description


@pytest.mark.parametrize("name", RULE_GRAMMARS)
def test_everything_it_derives_is_a_rule_of_its_language_in_canonical_text(name: str) -> None:
    language: Language = {"alr-depth": RULE_WITH_DEPTH, "joint": JOINT, "joint-scaled": JOINT}.get(name, RULE)
    for text in load_grammar(name).covering_phenotypes():
        assert UpdateRule.from_text(text, language).text == text


def test_the_published_constants_are_a_hundred_values_of_a_sigmoid() -> None:
    published, ours = sigmoid_constants(zero_to_one=False), sigmoid_constants(zero_to_one=True)
    assert len(published) == len(ours) == 100
    assert (published[0], published[-1]) == pytest.approx((4.53978687e-05, 0.999954602))
    assert published[61] == pytest.approx(0.910783, abs=1e-6)
    assert published[38] == pytest.approx(0.089217, abs=1e-6)
    assert (ours[0], ours[-1]) == (0, 1)
    assert ours[1:-1] == published[1:-1]
    assert all(1 / (1 + math.exp(10 - 20 * i / 99)) == each for i, each in enumerate(published))


def test_the_published_grammar_is_as_described() -> None:
    grammar = load_grammar("alr-2022")
    assert len(grammar.nonterminals) == 17
    assert _productions(grammar, "start") == ["x = <x_expr>; y = <y_expr>; z = <z_expr>; weight = <weight_expr>"]
    assert _productions(grammar, "y_expr") == ["<y_func>", "<y_terminal>"]
    assert [each.partition("(")[0] for each in _productions(grammar, "y_func")] == [
        *("negative", "subtract", "add", "multiply", "pow", "square", "divide_no_nan", "add", "sqrt", "<y_const>")
    ]
    assert _productions(grammar, "x_terminal") == ["<x_const>", "x", "g", "g"]
    assert _productions(grammar, "y_terminal") == ["<y_const>", "x", "y", "g", "g", "g"]
    assert _productions(grammar, "z_terminal") == ["<z_const>", "x", "y", "z", "g", "g", "g", "g"]
    assert _productions(grammar, "weight_terminal") == ["<weight_const>", "x", "y", "z"]


@pytest.mark.parametrize(
    ("name", "gradient", "first"),
    [
        ("alr-2022", False, 4.5397868702434395e-05),
        ("alr-2022-zero-one", False, 0.0),
        ("alr-2022-gradient", True, 4.5397868702434395e-05),
        ("alr-2022-code", True, 0.0),
    ],
)
def test_the_published_forms_differ_in_the_gradient_and_the_end_constants(
    name: str, gradient: bool, first: float
) -> None:
    grammar = load_grammar(name)
    states = ["<weight_const>", "x", "y", "z"]
    assert _productions(grammar, "weight_terminal") == states + ["g"] * 4 * gradient
    assert float(_productions(grammar, "z_const")[0]) == first


def test_the_facilitated_grammar_has_a_mutation_rate_for_each_of_its_20_non_terminals() -> None:
    grammar = load_grammar("alr-facilitated")
    assert len(grammar.nonterminals) == 20
    assert grammar.notes.mutation_rates.keys() == set(grammar.nonterminals)
    assert _productions(grammar, "y_terminal") == ["<y_var_const>", "g", "g", "g"]
    assert _productions(grammar, "y_var_const") == ["<y_const>", "x", "y"]
    assert _productions(grammar, "weight_terminal") == ["<weight_const>", "x", "y", "z"]
    rates = grammar.notes.mutation_rates
    assert [rates[f"x_{part}"] for part in ("expr", "func", "terminal", "var_const", "const")] == [
        *(0.01, 0.01, 0.01, 0.05, 0.15)
    ]
    assert [rates[f"weight_{part}"] for part in ("expr", "func", "terminal", "const")] == [0.01, 0.01, 0.05, 0.15]
    assert rates["start"] == 0


def test_the_joint_space_adds_share_weight_and_what_schedules_need() -> None:
    grammar = load_grammar("joint")
    for function in ("x", "y", "z", "weight"):
        assert {"t", "w", "3.141592653589793"} <= set(_productions(grammar, f"{function}_terminal"))
        operators = {each.partition("(")[0] for each in _productions(grammar, f"{function}_func")}
        assert {"min", "max", "cos"} <= operators


def test_the_depth_is_offered_to_every_function() -> None:
    for function in ("x", "y", "z", "weight"):
        terminals = _productions(load_grammar("alr-depth"), f"{function}_terminal")
        assert {"layer_count", "layer_num"} <= set(terminals)


def test_the_joint_space_with_sizes_multiplies_by_an_offset_plus_a_slope_times_a_size() -> None:
    grammar = load_grammar("joint-scaled")
    scaled = "multiply(<weight_expr>, add(<weight_offset>, multiply(<weight_slope>, <weight_size>)))"
    assert _productions(grammar, "weight_func").count(scaled) == 2
    assert _productions(grammar, "weight_size") == ["t", "sqrt(square(w))"]
    offsets, slopes = (
        [float(each) for each in _productions(grammar, f"weight_{name}")] for name in ("offset", "slope")
    )
    assert (offsets[0], offsets[-1], slopes[0], slopes[-1]) == (0.2, 1, 0.5, 5)
    assert offsets == sorted(offsets)
    assert slopes == sorted(slopes)


def test_in_the_joint_space_with_sizes_constants_change_more_often_than_the_structure() -> None:
    grammar = load_grammar("joint-scaled")
    rates = grammar.notes.mutation_rates
    assert rates.keys() == set(grammar.nonterminals)
    assert rates["start"] == 0
    assert {rates[f"weight_{part}"] for part in ("expr", "func", "terminal", "size")} == {0.015}
    assert {rates[f"weight_{part}"] for part in ("offset", "slope", "const")} == {0.06}
