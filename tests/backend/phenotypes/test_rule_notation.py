from xml.etree import ElementTree as ET

import pytest

from backend.phenotypes.human_made_rules import HUMAN_MADE_RULES
from backend.phenotypes.readable_rule import readable_rule
from backend.phenotypes.rule_notation import equations, rule_to_latex, rule_to_mathml
from backend.phenotypes.update_rule import UpdateRule


def _rule(name: str) -> UpdateRule:
    return readable_rule(HUMAN_MADE_RULES[name].rule())


def test_there_is_a_line_for_each_state_and_one_for_the_weight() -> None:
    assert [name for name, _ in equations(_rule("adam"))] == ["x", "y", "w"]
    assert [name for name, _ in equations(_rule("sgd"))] == ["w"]


def test_a_rule_is_written_for_papers() -> None:
    assert rule_to_latex(_rule("nesterov")) == (
        r"\begin{aligned} x &\leftarrow g + 0.9 \cdot x \\ "
        r"w &\leftarrow w - 0.01 \cdot \left(g + 0.9 \cdot x\right) \end{aligned}"
    )


def test_pi_is_written_as_pi() -> None:
    assert r"\cos\left(\pi \cdot t\right)" in rule_to_latex(_rule("adamw-cosine"))
    assert "<mi>π</mi>" in rule_to_mathml(_rule("adamw-cosine"))


@pytest.mark.parametrize("name", HUMAN_MADE_RULES)
def test_mathml_is_one_element_with_a_row_for_each_line(name: str) -> None:
    rule = _rule(name)
    element = ET.fromstring(rule_to_mathml(rule))
    space = "{http://www.w3.org/1998/Math/MathML}"
    assert element.tag == f"{space}math"
    assert len(element.findall(f"{space}mtable/{space}mtr")) == len(equations(rule))
