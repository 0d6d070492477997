"""The text that lists of codons derive."""

from collections.abc import Sequence

from backend.grammar.grammar import Grammar
from backend.grammar.rules import NonTerminal, Production


class DerivedText:
    """Writes phenotypes of one grammar; each production is a template that was made once."""

    def __init__(self, grammar: Grammar) -> None:
        self._numbers = {name: number for number, name in enumerate(grammar.nonterminals)}
        self._templates = tuple(tuple(map(self._template, rule.productions)) for rule in grammar.rules)
        # Of non-terminals whose productions are all terminal; the others have none.
        self._texts = tuple(
            () if any(each.nonterminals for each in rule.productions) else tuple(map(_text, rule.productions))
            for rule in grammar.rules
        )

    def __call__(self, codons: Sequence[Sequence[int]]) -> str:
        """Return the phenotype of complete lists of codons, one for each non-terminal."""
        templates, texts = self._templates, self._texts
        readers = [iter(part).__next__ for part in codons]
        text: list[str] = []
        pending: list[str | int] = [0]
        while pending:
            piece = pending.pop()
            if isinstance(piece, str):
                text.append(piece)
            elif texts[piece]:
                text.append(texts[piece][readers[piece]()])
            else:
                pending += templates[piece][readers[piece]()]
        return "".join(text)

    def _template(self, production: Production) -> tuple[str | int, ...]:
        """Return a production's text and the numbers of its non-terminals, the last one first."""
        return tuple(
            self._numbers[symbol.name] if isinstance(symbol, NonTerminal) else symbol.text
            for symbol in reversed(production.symbols)
        )


def _text(production: Production) -> str:
    """Return the text of a production that is all terminal."""
    return "".join(symbol.text for symbol in production.symbols if not isinstance(symbol, NonTerminal))
