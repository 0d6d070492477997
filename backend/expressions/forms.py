"""How an operator is written down: a template, and how tightly what it makes holds together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

_PLACE = re.compile(r"#(\d)")


class Binding(IntEnum):
    """How tightly a written expression holds together; what binds less than its place asks is bracketed."""

    CHOICE = 0
    COMPARISON = 1
    SUM = 2
    PRODUCT = 3
    POWER = 4
    ATOM = 5

    @property
    def tighter(self) -> "Binding":
        """The next tighter binding."""
        return Binding(self + 1)


@dataclass(frozen=True)
class Form:
    """A template in which #1, #2, ... stand for the arguments.

    `binding` is that of the whole, `places` what each argument needs to stand there without brackets.
    """

    template: str
    binding: Binding = Binding.ATOM
    places: tuple[Binding, ...] = (Binding.COMPARISON, Binding.COMPARISON, Binding.COMPARISON)


def infix_form(template: str, binding: Binding) -> Form:
    """Return the form of an operator between two arguments, of which a - b - c is (a - b) - c."""
    return Form(template, binding, (binding, binding.tighter))


def fill(template: str, arguments: Sequence[str]) -> str:
    """Put the arguments into their places."""
    return _PLACE.sub(lambda place: arguments[int(place[1]) - 1], template)
