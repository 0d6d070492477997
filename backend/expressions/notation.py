"""Expression to a notation other than our own text: forms filled in, with brackets where they are needed."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.expressions.forms import Binding, Form, fill
from backend.expressions.nodes import Call, Constant, Node, Variable, fold
from backend.expressions.operators import OPERATORS, Operator


@dataclass(frozen=True)
class Written:
    """What an expression is written as, and how tightly that holds together."""

    text: str
    binding: Binding = Binding.ATOM


@dataclass(frozen=True)
class Notation:
    """How constants, variables and operators are written, and the templates around what must be held together.

    `closed_choice` makes a choice fit where an expression is expected. Choices are left open before, so that one
    in the last place of another goes on with the next row.
    """

    constant: Callable[[float], str]
    variable: Callable[[str], str]
    form: Callable[[Operator], Form]
    brackets: str
    closed_choice: Form

    def write(self, node: Node) -> str:
        """Write a whole expression."""
        return self.placed(fold(node, self.visit), Binding.COMPARISON)

    def visit(self, node: Node, arguments: tuple[Written, ...]) -> Written:
        """Write a node of which the arguments are written."""
        match node:
            case Constant(value):
                # A sign holds its number no tighter than a sum: a - (-1).
                return Written(self.constant(value), Binding.SUM if value < 0 else Binding.ATOM)
            case Variable(name):
                return Written(self.variable(name))
            case Call(name):
                form = self.form(OPERATORS[name])
                places = zip(arguments, form.places, strict=False)
                texts = [self.placed(argument, place) for argument, place in places]
                return Written(fill(form.template, texts), form.binding)

    def placed(self, written: Written, place: Binding) -> str:
        """Return the text, with what it needs around it to stand at a place."""
        if written.binding is Binding.CHOICE and place is not Binding.CHOICE:
            text = fill(self.closed_choice.template, [written.text])
            written = Written(text, self.closed_choice.binding)
        return written.text if written.binding >= place else fill(self.brackets, [written.text])
