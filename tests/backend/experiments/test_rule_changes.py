import pytest

from backend.experiments.rule_changes import rule_changes
from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES

MOMENTUM = HUMAN_MADE_RULES["momentum"].rule().text


def _marked(parent: str, child: str) -> dict[str, str]:
    """Write the changes with what is the parent's in {} and what is the child's in []."""
    brackets = {"both": "{}", "parent": "{{{}}}", "child": "[{}]"}
    return {
        change.function: "".join(brackets[piece.of].format(piece.text) for piece in change.pieces)
        for change in rule_changes(parent, child)
    }


def test_a_changed_number_is_one_piece_of_each() -> None:
    parent, child = (f"x = 0; y = 0; z = 0; weight = multiply({rate}, g)" for rate in ("0.01", "2e-05"))
    assert _marked(parent, child) == {"weight": "{0.01}[2e−05] g"}


def test_functions_that_are_the_same_are_left_out() -> None:
    child = MOMENTUM.replace("weight = multiply(0.01, x)", "weight = multiply(0.01, add(x, g))")
    assert list(_marked(MOMENTUM, child)) == ["weight"]


def test_what_differs_in_dead_parts_alone_is_no_change() -> None:
    assert _marked(MOMENTUM, MOMENTUM.replace("z = 0", "z = square(g)")) == {}


def test_numbers_that_look_alike_when_rounded_are_written_out() -> None:
    parent, child = (f"x = 0; y = 0; z = 0; weight = multiply({rate}, g)" for rate in ("0.123456", "0.123457"))
    assert _marked(parent, child) == {"weight": "multiply({0.123456}[0.123457], g)"}


@pytest.mark.parametrize(("parent", "child"), [("adam", "sgd"), ("lion", "adamw-cosine"), ("ades", "ades-printed")])
def test_the_pieces_of_either_side_are_its_whole_function(parent: str, child: str) -> None:
    there, back = (
        rule_changes(HUMAN_MADE_RULES[one].rule().text, HUMAN_MADE_RULES[other].rule().text)
        for one, other in ((parent, child), (child, parent))
    )
    for forwards, backwards in zip(there, back, strict=True):
        for one, other in (("parent", "child"), ("child", "parent")):
            assert "".join(piece.text for piece in forwards.pieces if piece.of != one) == "".join(
                piece.text for piece in backwards.pieces if piece.of != other
            )
