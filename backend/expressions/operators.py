"""The table of operators: all that any verb (parse, print, evaluate, simplify) knows about each of them.

Operators of different meaning are different operators, also where mathematics writes them alike: a division
that answers 0 for a zero divisor is `divide_no_nan`. A new one is a new entry here, and a name in the languages
that have it.
"""

import operator as python
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from backend.expressions import meanings
from backend.expressions.forms import Binding, Form, infix_form


class Kind(Enum):
    """What an expression gives: conditions stand only where an operator asks for one."""

    NUMBER = "number"
    CONDITION = "condition"


@dataclass(frozen=True)
class Infix:
    """The sign between two arguments that the parser takes for the operator."""

    symbol: str
    binding: Binding


@dataclass(frozen=True)
class Operator:
    """One operator: its name and kinds, what it computes, and how it is written.

    `meaning` takes and gives float64 (bool for conditions) and never raises. `python` is None where Python has
    no total operation of its own: then the source calls the function that is the meaning.
    """

    name: str
    takes: tuple[Kind, ...]
    gives: Kind
    meaning: Callable[..., float]
    latex: Form
    mathml: Form
    python: Form | None = None
    infix: Infix | None = None

    @property
    def arity(self) -> int:
        """The number of arguments."""
        return len(self.takes)


@dataclass(frozen=True)
class _Signs:
    """How an operator between its arguments is written: in our text and in Python, LaTeX, and MathML."""

    text: str
    latex: str
    mathml: str


def _between(name: str, gives: Kind, meaning: Callable[..., float], binding: Binding, signs: _Signs) -> Operator:
    return Operator(
        name,
        (Kind.NUMBER, Kind.NUMBER),
        gives,
        meaning,
        latex=infix_form(f"#1 {signs.latex} #2", binding),
        mathml=infix_form(f"<mrow>#1<mo>{signs.mathml}</mo>#2</mrow>", binding),
        python=infix_form(f"#1 {signs.text} #2", binding),
        infix=Infix(signs.text, binding),
    )


def _comparison(name: str, meaning: Callable[..., float], signs: _Signs) -> Operator:
    return _between(name, Kind.CONDITION, meaning, Binding.COMPARISON, signs)


def _function(name: str, meaning: Callable[..., float], latex: Form, mathml: Form) -> Operator:
    """Return an operator of one number."""
    return Operator(name, (Kind.NUMBER,), Kind.NUMBER, meaning, latex, mathml)


def _named(name: str, meaning: Callable[..., float], arity: int = 1, written: str | None = None) -> Operator:
    """Return an operator that mathematics writes by its name, or by another one."""
    word = written or name
    places = [f"#{place}" for place in range(1, arity + 1)]
    return Operator(
        name,
        (Kind.NUMBER,) * arity,
        Kind.NUMBER,
        meaning,
        latex=Form(rf"\{word}\left({', '.join(places)}\right)"),
        mathml=Form(f"<mrow><mi>{word}</mi><mo>(</mo>{'<mo>,</mo>'.join(places)}<mo>)</mo></mrow>"),
    )


# In LaTeX and MathML a choice is left open at its end, so that a choice in its last place goes on with the next
# row; the notation closes it (see notation.py).
_CHOICE = Operator(
    "if_func",
    (Kind.CONDITION, Kind.NUMBER, Kind.NUMBER),
    Kind.NUMBER,
    meanings.if_func,
    latex=Form(
        r"#2 & \text{if } #1 \\ #3",
        Binding.CHOICE,
        (Binding.COMPARISON, Binding.COMPARISON, Binding.CHOICE),
    ),
    mathml=Form(
        "#2</mtd><mtd><mtext>if </mtext>#1</mtd></mtr><mtr><mtd>#3",
        Binding.CHOICE,
        (Binding.COMPARISON, Binding.COMPARISON, Binding.CHOICE),
    ),
    python=Form(
        "#2 if #1 else #3",
        Binding.CHOICE,
        (Binding.COMPARISON, Binding.COMPARISON, Binding.CHOICE),
    ),
)


def _quotient(name: str, meaning: Callable[..., float]) -> Operator:
    """Return a division, which differs from others in what it answers where the divisor is zero."""
    return Operator(
        name,
        (Kind.NUMBER, Kind.NUMBER),
        Kind.NUMBER,
        meaning,
        latex=Form(r"\frac{#1}{#2}", Binding.POWER),
        mathml=Form("<mfrac>#1#2</mfrac>", Binding.POWER),
        infix=Infix("/", Binding.PRODUCT),
    )


_TABLE = (
    _CHOICE,
    _comparison("less", python.lt, _Signs("<", "<", "&lt;")),
    _comparison("less_equal", python.le, _Signs("<=", r"\le", "≤")),
    _comparison("greater", python.gt, _Signs(">", ">", "&gt;")),
    _comparison("greater_equal", python.ge, _Signs(">=", r"\ge", "≥")),
    _between("add", Kind.NUMBER, python.add, Binding.SUM, _Signs("+", "+", "+")),
    _between("subtract", Kind.NUMBER, python.sub, Binding.SUM, _Signs("-", "-", "−")),
    _between("multiply", Kind.NUMBER, python.mul, Binding.PRODUCT, _Signs("*", r"\cdot", "⋅")),
    _quotient("divide_no_nan", meanings.divide_no_nan),
    _quotient("divide_or_one", meanings.divide_or_one),
    Operator(
        "negative",
        (Kind.NUMBER,),
        Kind.NUMBER,
        python.neg,
        latex=Form("-#1", Binding.SUM, (Binding.POWER,)),
        mathml=Form("<mrow><mo>−</mo>#1</mrow>", Binding.SUM, (Binding.POWER,)),
        python=Form("-#1", Binding.SUM, (Binding.POWER,)),
    ),
    _function(
        "square",
        meanings.square,
        latex=Form("#1^{2}", Binding.POWER, (Binding.ATOM,)),
        mathml=Form("<msup>#1<mn>2</mn></msup>", Binding.POWER, (Binding.ATOM,)),
    ),
    _function("sqrt", meanings.sqrt, latex=Form(r"\sqrt{#1}"), mathml=Form("<msqrt>#1</msqrt>")),
    Operator(
        "pow",
        (Kind.NUMBER, Kind.NUMBER),
        Kind.NUMBER,
        meanings.power,
        latex=Form("#1^{#2}", Binding.POWER, (Binding.ATOM, Binding.COMPARISON)),
        mathml=Form("<msup>#1#2</msup>", Binding.POWER, (Binding.ATOM, Binding.COMPARISON)),
    ),
    _named("exp", meanings.exp),
    _named("exp_below_700", meanings.exp_below_700, written="exp"),
    _named("sin", meanings.sin),
    _named("cos", meanings.cos),
    _function(
        "log_abs",
        meanings.log_abs,
        latex=Form(r"\ln\left|#1\right|"),
        mathml=Form("<mrow><mi>ln</mi><mo>|</mo>#1<mo>|</mo></mrow>"),
    ),
    Operator(
        "abs",
        (Kind.NUMBER,),
        Kind.NUMBER,
        abs,
        latex=Form(r"\left|#1\right|"),
        mathml=Form("<mrow><mo>|</mo>#1<mo>|</mo></mrow>"),
        python=Form("abs(#1)", places=(Binding.CHOICE,)),
    ),
    _function(
        "sign",
        meanings.sign,
        latex=Form(r"\operatorname{sign}\left(#1\right)"),
        mathml=Form("<mrow><mi>sign</mi><mo>(</mo>#1<mo>)</mo></mrow>"),
    ),
    _named("min", meanings.minimum, arity=2),
    _named("max", meanings.maximum, arity=2),
)

OPERATORS: Mapping[str, Operator] = MappingProxyType({each.name: each for each in _TABLE})
