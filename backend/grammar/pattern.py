"""Texts and productions cut into tokens, so that one can be matched with the other whatever their white space."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from backend.grammar.rules import NonTerminal, Production

# A minus belongs to the number after it, unless a number, name or bracket stands before.
_TOKEN = re.compile(r"(?P<operand>-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[A-Za-z_]\w*|\))|[<>=!]=|\S")
_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class Pieces:
    """The tokens of a text and where each begins."""

    whole: str
    tokens: tuple[str, ...]
    starts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.tokens)

    def text(self, start: int, end: int) -> str:
        """Return what stands from one token to before another."""
        return self.whole[self.starts[start] : self.starts[end - 1] + len(self.tokens[end - 1])] if end > start else ""

    def match(self, tokens: Sequence[str], at: int) -> bool:
        """Whether the tokens stand here."""
        return self.tokens[at : at + len(tokens)] == tokens

    def number(self, at: int) -> float | None:
        """Return the number that stands here, if one does."""
        return number_in(self.tokens[at]) if at < len(self) else None

    def operand_end(self, start: int) -> int:
        """Return where the number, name or call that begins here ends; the start itself if none does."""
        if start == len(self) or not (_NAME.match(self.tokens[start]) or self.number(start) is not None):
            return start
        return self._closing.get(start + 1, start) + 1 if self.match(("(",), start + 1) else start + 1

    def arguments(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where the arguments of a call begin and end, as far as they are operands."""
        argument = start + 2
        while argument < end:
            argument_end = self.operand_end(argument)
            if argument_end > argument:
                yield argument, argument_end
            argument = max(argument, argument_end) + 1

    @cached_property
    def _closing(self) -> dict[int, int]:
        """For each opening bracket, where it is closed."""
        closing, opened = {}, []
        for at, token in enumerate(self.tokens):
            if token == "(":
                opened.append(at)
            elif token == ")" and opened:
                closing[opened.pop()] = at
        return closing


@dataclass(frozen=True)
class Pattern:
    """A production: names of non-terminals, and tokens between them; its number, if it is one."""

    production: Production
    symbols: tuple[str | tuple[str, ...], ...]
    number: float | None

    def __str__(self) -> str:
        return str(self.production)


def cut(text: str) -> Pieces:
    """Cut a text into numbers, names and signs."""
    tokens, starts = list[str](), list[int]()
    after_operand = False
    for found in _TOKEN.finditer(text):
        signed = after_operand and len(found[0]) > 1 and found[0][0] == "-"
        tokens += ["-", found[0][1:]] if signed else [found[0]]
        starts += [found.start(), found.start() + 1] if signed else [found.start()]
        after_operand = found["operand"] is not None
    return Pieces(text, tuple(tokens), tuple(starts))


def pattern_of(production: Production) -> Pattern:
    """Cut the terminals of a production."""
    symbols = tuple(
        symbol.name if isinstance(symbol, NonTerminal) else cut(symbol.text).tokens for symbol in production.symbols
    )
    return Pattern(production, symbols, None if production.nonterminals else number_in(str(production)))


def number_in(text: str) -> float | None:
    """Return the finite number that the text is, if it is one."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None
