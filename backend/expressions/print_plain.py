"""Expression to plain text for sentences: 0.9 x + 0.1 g, sign(x), numbers rounded to what is read."""

import math

from backend.expressions.forms import Binding, Form, infix_form
from backend.expressions.nodes import Node
from backend.expressions.notation import Notation
from backend.expressions.operators import Operator
from backend.expressions.print_text import number_text

_DIGITS_SHOWN = 4
_FORMS = {
    "add": infix_form("#1 + #2", Binding.SUM),
    "subtract": infix_form("#1 − #2", Binding.SUM),
    "multiply": infix_form("#1 #2", Binding.PRODUCT),
    "divide_no_nan": infix_form("#1 / #2", Binding.PRODUCT),
    "divide_or_one": infix_form("#1 / #2", Binding.PRODUCT),
    "exp_below_700": Form("exp(#1)", places=(Binding.CHOICE,)),
    "negative": Form("−#1", Binding.SUM, (Binding.PRODUCT,)),
    "square": Form("#1²", Binding.POWER, (Binding.ATOM,)),
    "pow": Form("#1^#2", Binding.POWER, (Binding.ATOM, Binding.ATOM)),
    "abs": Form("|#1|", places=(Binding.CHOICE,)),
    "less": infix_form("#1 < #2", Binding.COMPARISON),
    "less_equal": infix_form("#1 ≤ #2", Binding.COMPARISON),
    "greater": infix_form("#1 > #2", Binding.COMPARISON),
    "greater_equal": infix_form("#1 ≥ #2", Binding.COMPARISON),
}


def to_plain(node: Node) -> str:
    """Write for people; it is not read back."""
    return _PLAIN.write(node)


def plain_number(value: float) -> str:
    """Write four digits, or fewer where they are exact."""
    if value == math.pi:
        return "π"
    exact, rounded = number_text(value), f"{value:.{_DIGITS_SHOWN}g}"
    return (exact if len(exact) <= len(rounded) else rounded).replace("-", "−")


def _form(operator: Operator) -> Form:
    places = ", ".join(f"#{place}" for place in range(1, operator.arity + 1))
    call = Form(f"{operator.name}({places})", places=(Binding.CHOICE,) * operator.arity)
    return _FORMS.get(operator.name, call)


_PLAIN = Notation(constant=plain_number, variable=str, form=_form, brackets="(#1)", closed_choice=Form("(#1)"))
