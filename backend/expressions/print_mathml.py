"""Expression to MathML, for pages: numbers rounded to what is read, in full where a page looks them up."""

import math
from html import escape

from backend.expressions.forms import Binding, Form
from backend.expressions.nodes import Node
from backend.expressions.notation import Notation
from backend.expressions.print_text import number_text

_DIGITS_SHOWN = 4


def to_mathml(node: Node) -> str:
    """Write one <math> element. A rounded number has its full form in the attribute data-value."""
    return in_math_element(mathml_content(node))


def mathml_content(node: Node) -> str:
    """Write what stands in a <math> element, to be part of a larger formula."""
    return _MATHML.write(node)


def in_math_element(content: str) -> str:
    """Put the content of a formula into its <math> element."""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{content}</math>'


def _number(value: float) -> str:
    if value == math.pi:
        return "<mi>π</mi>"
    exact, rounded = number_text(abs(value)), f"{abs(value):.{_DIGITS_SHOWN}g}"
    shown = exact if len(exact) <= len(rounded) or value.is_integer() else rounded
    digits, _, exponent = shown.partition("e")
    source = "" if shown == exact else f' data-value="{number_text(value)}"'
    number = f"<mn{source}>{digits}</mn>"
    if exponent:
        number = f"<mrow>{number}<mo>×</mo><msup><mn>10</mn>{_whole(int(exponent))}</msup></mrow>"
    return _signed(number, value < 0)


def _whole(value: int) -> str:
    return _signed(f"<mn>{abs(value)}</mn>", value < 0)


def _signed(number: str, negative: bool) -> str:
    return f"<mrow><mo>−</mo>{number}</mrow>" if negative else number


def _name(name: str) -> str:
    return f"<mi>{escape(name)}</mi>"


_MATHML = Notation(
    constant=_number,
    variable=_name,
    form=lambda operator: operator.mathml,
    brackets="<mrow><mo>(</mo>#1<mo>)</mo></mrow>",
    closed_choice=Form(
        "<mrow><mo>{</mo><mtable><mtr><mtd>#1</mtd><mtd><mtext>otherwise</mtext></mtd></mtr></mtable></mrow>",
        Binding.COMPARISON,
    ),
)
