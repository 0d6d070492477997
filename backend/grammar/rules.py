"""What a grammar consists of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terminal:
    """Text that stands in a phenotype as it is."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class NonTerminal:
    """A name that one of its rule's productions takes the place of."""

    name: str

    def __str__(self) -> str:
        return f"<{self.name}>"


Symbol = Terminal | NonTerminal


@dataclass(frozen=True, slots=True)
class Production:
    """One alternative of a rule; it has at least one symbol."""

    symbols: tuple[Symbol, ...]

    @property
    def nonterminals(self) -> tuple[str, ...]:
        """The names it refers to, from left to right, as often as they occur."""
        return tuple(symbol.name for symbol in self.symbols if isinstance(symbol, NonTerminal))

    def __str__(self) -> str:
        return "".join(map(str, self.symbols))


@dataclass(frozen=True, slots=True)
class Rule:
    """A non-terminal and what it may become.

    The same production may occur twice: it is then drawn twice as often, as published grammars do on purpose.
    """

    name: str
    productions: tuple[Production, ...]

    def __str__(self) -> str:
        return f"<{self.name}> ::= {' | '.join(map(str, self.productions))}"
