"""Expression to LaTeX, for papers: every number in full. It needs the package amsmath, for cases."""

import math

from backend.expressions.forms import Binding, Form
from backend.expressions.nodes import Node
from backend.expressions.notation import Notation
from backend.expressions.print_text import number_text


def to_latex(node: Node) -> str:
    """Write for LaTeX's mathematics mode; what protected operators answer at their poles is not written."""
    return _LATEX.write(node)


def _number(value: float) -> str:
    if value == math.pi:
        return r"\pi"
    digits, _, exponent = number_text(value).partition("e")
    return rf"{digits} \times 10^{{{int(exponent)}}}" if exponent else digits


def _name(name: str) -> str:
    escaped = name.replace("_", r"\_")
    return name if len(name) == 1 else rf"\mathrm{{{escaped}}}"


_LATEX = Notation(
    constant=_number,
    variable=_name,
    form=lambda operator: operator.latex,
    brackets=r"\left(#1\right)",
    closed_choice=Form(r"\begin{cases} #1 & \text{otherwise} \end{cases}", Binding.COMPARISON),
)
