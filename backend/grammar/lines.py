"""A grammar's text as numbered lines, free of what nobody can see or store."""

import re
import unicodedata
from dataclasses import dataclass

from backend.grammar.errors import GrammarError

_LINE_END = re.compile(r"\r\n|\r|\n")
# Control characters, invisible ones (a zero-width space splits a name unseen) and lone surrogates.
_UNWANTED = {"Cc", "Cf", "Cs"}
_OPENING, _CLOSING = "‹〈⟨＜《«❮", "›〉⟩＞》»❯"
_LOOK_ALIKE = re.compile(rf"[<{_OPENING}][^\W\d_][\w-]*[>{_CLOSING}]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a grammar's text; `number` counts from 1."""

    number: int
    text: str

    @property
    def is_empty_or_comment(self) -> bool:
        """Whether the line says nothing about rules."""
        return not self.text.strip() or self.text.lstrip().startswith("#")


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines, ended in any of the three usual ways; a byte order mark before the first is dropped.

    Raises `GrammarError` for characters that are invisible or belong in no text, and for names in brackets that
    look like `<` and `>` but are others (they would silently count as terminals).
    """
    lines = tuple(Line(number, part) for number, part in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), 1))
    for line in lines:
        _refuse_unwanted(line)
        if not line.is_empty_or_comment:
            _refuse_look_alikes(line)
    return lines


def _refuse_unwanted(line: Line) -> None:
    if line.text.isascii() and line.text.isprintable():
        return
    for column, character in enumerate(line.text, 1):
        if character != "\t" and unicodedata.category(character) in _UNWANTED:
            message = f"the character U+{ord(character):04X} cannot be part of a grammar"
            raise GrammarError(message, line.number, column)


def _refuse_look_alikes(line: Line) -> None:
    for match in _LOOK_ALIKE.finditer(line.text):
        name = match.group()
        wrong = next((character for character in (name[0], name[-1]) if character not in "<>"), None)
        if wrong is not None:
            message = f"{name} is not in angle brackets: {wrong} is U+{ord(wrong):04X}, and < and > are wanted"
            raise GrammarError(message, line.number, match.start() + 1)
