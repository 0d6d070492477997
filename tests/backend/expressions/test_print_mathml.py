from xml.etree import ElementTree as ET

from hypothesis import given

from backend.expressions.languages import SCHEDULE
from backend.expressions.nodes import Node, Variable
from backend.expressions.parse import parse
from backend.expressions.print_mathml import to_mathml

_ARITY = {"mfrac": 2, "msup": 2}


def _element(node: Node) -> ET.Element:
    return ET.fromstring(to_mathml(node).replace(' xmlns="http://www.w3.org/1998/Math/MathML"', ""))


def _parsed(text: str) -> ET.Element:
    return _element(parse(text, SCHEDULE))


@given(...)
def test_every_expression_is_well_formed_and_every_element_has_its_parts(node: Node) -> None:
    for element in _element(node).iter():
        assert len(element) == _ARITY.get(element.tag, len(element))
        if element.tag == "mtr":
            assert [cell.tag for cell in element] == ["mtd", "mtd"]


def test_a_schedule_is_a_table_of_cases_with_a_row_each() -> None:
    rows = _parsed("if_func(epoch < 20, 0.05, if_func(learning_rate >= 0.01, 0.1, 0.001))").findall(".//mtr")
    assert ["".join(row.itertext()) for row in rows] == [
        "0.05if epoch<20",
        "0.1if learning_rate≥0.01",
        "0.001otherwise",
    ]


def test_a_long_number_is_rounded_and_its_full_form_is_beside_it() -> None:
    number = _parsed("0.0011090909090909092").find(".//mn")
    assert number is not None
    assert (number.text, number.get("data-value")) == ("0.001109", "0.0011090909090909092")


def test_a_number_that_is_short_already_needs_no_full_form() -> None:
    for text in ("0.05", "20", "123456"):
        number = _parsed(text).find(".//mn")
        assert number is not None
        assert (number.text, number.get("data-value")) == (text, None)


def test_exponents_are_powers_of_ten_and_signs_are_minus_signs() -> None:
    assert "".join(_parsed("-1e-05").itertext()) == "−1×10−5"


def test_names_are_escaped() -> None:
    assert "<mi>a&lt;b</mi>" in to_mathml(Variable("a<b"))
