"""Functions of a rule to lines of Python that compute them on the arrays of some library.

What is written is what a person would write: signs between operands, the library's functions for the rest, and long
or repeated parts as variables of their own. Every operation of the rule stays one operation, in the same order.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backend.expressions.exact import INFINITY, NAN, nearest_float32
from backend.expressions.forms import Binding, Form, fill, infix_form
from backend.expressions.nodes import Call, Constant, Node, Variable, fold, size
from backend.expressions.print_text import number_text

# What is an array when a rule computes; every other name is that of a number.
ARRAYS = frozenset({"x", "y", "z", "g", "w", "t", "step", "layer_num", "layer_count"})

# A reader takes in a line of so many characters at a glance; a part that is repeated is worth a name from this size on.
_LONGEST = 72
_WORTH_A_NAME = 3

_INFIX = {
    "add": infix_form("#1 + #2", Binding.SUM),
    "subtract": infix_form("#1 - #2", Binding.SUM),
    "multiply": infix_form("#1 * #2", Binding.PRODUCT),
    # Python reads -a * b as (-a) * b.
    "negative": Form("-#1", Binding.PRODUCT, (Binding.POWER,)),
}
_DIVIDED_BY_A_NUMBER = infix_form("#1 / #2", Binding.PRODUCT)
# As it is, and as float32 has it.
PI = (Constant(math.pi), nearest_float32(math.pi))
_SPECIAL: Mapping[Node, str] = {**dict.fromkeys(PI, "math.pi"), NAN: "math.nan", INFINITY: "math.inf"}


@dataclass(frozen=True)
class Dialect:
    """How a library writes the operators that are no signs: by operator, a template of its call.

    `of_array_and_number` has those that are written otherwise when one of two operands is a number; `helpers` are the
    functions, by name, that a file must define itself where it calls them.
    """

    calls: Mapping[str, str]
    of_array_and_number: Mapping[str, str] = field(default_factory=dict)
    helpers: Mapping[str, str] = field(default_factory=dict)

    def helpers_of(self, code: str) -> str:
        """Return the functions that the code calls and a file must define."""
        called = (name for name in self.helpers if re.search(rf"(?<![\w.]){name}\(", code))
        return "".join(f"\n\n{self.helpers[name]}" for name in called)


def imports_of(code: str) -> str:
    """Return the lines, if any, that import what the code needs of the standard library."""
    return "import math\n\n" if "math." in code else ""


@dataclass(frozen=True)
class Code:
    """Lines that compute parts of an expression, and the text of its value, which fits where a sum does."""

    lines: tuple[str, ...]
    value: str


def subtracted(name: str, change: Node) -> Call:
    """Return the expression of what is left of a variable after the change, without two minus signs in a row."""
    unsigned = _unsigned(change)
    operator = "subtract" if unsigned is None else "add"
    return Call(operator, (Variable(name), change if unsigned is None else unsigned))


def _unsigned(node: Node) -> Node | None:
    """Return what a node negates, if that is what it does on the whole."""
    match node:
        case Call("negative", (inner,)):
            return inner
        case Call("multiply" | "divide_no_nan" as operator, (Call("negative", (inner,)), other)):
            return Call(operator, (inner, other))
    return None


@dataclass(frozen=True)
class _Piece:
    """A written part: its text, how tightly that holds together, and whether it is one number rather than an array."""

    node: Node
    text: str
    binding: Binding = Binding.ATOM
    number: bool = False

    @property
    def can_have_a_name(self) -> bool:
        return isinstance(self.node, Call) and not self.number and not self.text.isidentifier()


class CodeWriter:
    """Writes the expressions of one scope; `name` says how the code there calls a constant."""

    def __init__(self, dialect: Dialect, name: Callable[[str], str] = str) -> None:
        self._dialect = dialect
        self._name = name
        self._names = 0

    def write(self, node: Node) -> Code:
        """Write an expression. What was written before in the scope is not used again: its variables may have
        changed."""
        lines: list[str] = []
        named: dict[Node, _Piece] = {}
        repeated = _repeated(node)

        def give_name(piece: _Piece) -> _Piece:
            if piece.node not in named:
                self._names += 1
                named[piece.node] = _Piece(piece.node, f"u{self._names}")
                lines.append(f"{named[piece.node].text} = {piece.text}")
            return named[piece.node]

        def visit(part: Node, arguments: tuple[_Piece, ...]) -> _Piece:
            if part in named:
                return named[part]
            pieces = list(arguments)
            while len(self._written(part, pieces).text) > _LONGEST and any(each.can_have_a_name for each in pieces):
                longest = max((each for each in pieces if each.can_have_a_name), key=lambda each: len(each.text))
                pieces[pieces.index(longest)] = give_name(longest)
            written = self._written(part, pieces)
            return give_name(written) if part in repeated else written

        value = fold(node, visit).text
        return Code(tuple(lines), value)

    def _written(self, node: Node, arguments: list[_Piece]) -> _Piece:
        if node in _SPECIAL:
            return _Piece(node, _SPECIAL[node], number=True)
        match node:
            case Constant(value):
                return _Piece(node, number_text(value), Binding.SUM if value < 0 else Binding.ATOM, number=True)
            case Variable(name):
                is_array = name in ARRAYS
                return _Piece(node, name if is_array else self._name(name), number=not is_array)
            case Call(operator):
                return self._call(node, operator, _numbers_last(operator, arguments))

    def _call(self, node: Node, operator: str, arguments: list[_Piece]) -> _Piece:
        form = self._form(operator, arguments)
        texts = [_placed(each, place) for each, place in zip(arguments, form.places, strict=False)]
        return _Piece(node, fill(form.template, texts), form.binding, all(each.number for each in arguments))

    def _form(self, operator: str, arguments: list[_Piece]) -> Form:
        if operator in _INFIX:
            return _INFIX[operator]
        last_is_number = arguments[-1].number
        # A rule in its canonical form divides by no constant that is 0.
        if operator == "divide_no_nan" and last_is_number:
            return _DIVIDED_BY_A_NUMBER
        special = self._dialect.of_array_and_number if last_is_number else {}
        return Form(special.get(operator, self._dialect.calls[operator]))


def _numbers_last(operator: str, arguments: list[_Piece]) -> list[_Piece]:
    """Put an array before a number where the order makes no difference but to a reader: sqrt(x) + epsilon."""
    return sorted(arguments, key=lambda each: each.number) if operator in ("add", "min", "max") else arguments


def _placed(piece: _Piece, place: Binding) -> str:
    return piece.text if piece.binding >= place else f"({piece.text})"


def _repeated(node: Node) -> set[Node]:
    """Return the parts that are needed more than once and worth a name, each inside of no other such part."""
    uses: Counter[Node] = Counter()
    pending, seen = [node], set()
    while pending:
        part = pending.pop()
        if isinstance(part, Call) and part not in seen:
            seen.add(part)
            uses.update(part.arguments)
            pending.extend(part.arguments)
    return {part for part, count in uses.items() if count > 1 and size(part) >= _WORTH_A_NAME}
