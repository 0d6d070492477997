"""A text cut into numbers, names and signs."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from backend.expressions.errors import ExpressionError

_PATTERN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign><=|>=|[-+*/<>(),])",
    # Without it, exotic spaces would pass unseen.
    re.ASCII,
)
_LONGEST_SHOWN = 40

TokenKind = Literal["number", "name", "sign", "end"]


@dataclass(frozen=True)
class Token:
    """A piece of the text; `column` is that of its first character, counted from 1."""

    kind: TokenKind
    text: str
    column: int

    def __str__(self) -> str:
        if self.kind == "end":
            return "the end of the text"
        return repr(self.text if len(self.text) <= _LONGEST_SHOWN else f"{self.text[:_LONGEST_SHOWN]}…")


def tokens(text: str) -> Iterator[Token]:
    """Cut the text; the last token is its end. Raises ExpressionError at what no expression contains."""
    position = 0
    while position < len(text):
        found = _PATTERN.match(text, position)
        if found is None:
            raise _foreign(text[position], position + 1)
        match found.lastgroup:
            case "number" | "name" | "sign" as kind:
                yield Token(kind, found[0], position + 1)
        position = found.end()
    yield Token("end", "", len(text) + 1)


def _foreign(character: str, column: int) -> ExpressionError:
    # The code point and name tell look-alikes apart, and can be shown where the character itself cannot.
    shown = f"{character!r} " if character.isprintable() else ""
    named = f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
    return ExpressionError(
        f"The character {shown}({named}) has no meaning in an expression: "
        "names are written with the letters a to z, digits and _.",
        column,
    )
