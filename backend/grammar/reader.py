"""Read a grammar from BNF text.

    # a line that begins with # is a comment
    <expr> ::= if_func(<logic_expr>, <expr>, <expr>) | <lr_const>
    <logic_expr> ::= epoch < <ep_const>
        | learning_rate < <lr_const>

A non-terminal is a name in angle brackets: a letter, then letters, digits, _ and - (ASCII). `|` separates the
productions; the terminal `|` itself is written `"|"`. All other text is terminal as it stands, `<` and `<=` included;
any stretch of white space counts as one space, and none at the ends of a production. A rule goes on over lines that
are indented, that begin with `|`, or that follow one ending in `|` or `::=`. The first rule is the start.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from backend.grammar.checks import check_rules
from backend.grammar.errors import GrammarError
from backend.grammar.grammar import Grammar
from backend.grammar.lines import Line, split_lines
from backend.grammar.notes import read_notes
from backend.grammar.rules import NonTerminal, Production, Rule, Symbol, Terminal
from backend.grammar.source import Mention, Place, SourceProduction, SourceRule

__all__ = ["GrammarError", "read_grammar"]

_DEFINES = "::="
_LEFT_SIDE = re.compile(r"\s*(<([^\W\d_][\w-]*)>)\s*")
_TOKEN = re.compile(r'(?P<bar>\|)|(?P<quoted>"\|")|<(?P<name>[^\W\d_][\w-]*)>|(?P<text>["<]|[^"<|]+)')


def read_grammar(text: str, name: str = "grammar") -> Grammar:
    """Return the grammar that the text describes.

    Raises `GrammarError`, which names line and column, for a text that is no BNF, and for rules that do not fit
    together: undefined, defined twice, unreachable from the first, or unable to end in terminals.
    """
    lines = split_lines(text)
    notes = read_notes(lines)
    source = tuple(map(_read_rule, _blocks(lines)))
    rules = tuple(Rule(rule.name, tuple(p.production for p in rule.productions)) for rule in source)
    check_rules(source, rules)
    return Grammar(name, rules, notes, text)


def _blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines of one rule after another."""
    block: list[Line] = []
    for line in lines:
        if line.is_empty_or_comment:
            continue
        if block and (_DEFINES in line.text or not _goes_on(block[-1], line)):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _goes_on(before: Line, line: Line) -> bool:
    return line.text[0].isspace() or line.text[0] == "|" or before.text.rstrip().endswith(("|", _DEFINES))


def _read_rule(block: Sequence[Line]) -> SourceRule:
    head = block[0]
    name, end = _left_side(head)
    if (second := head.text.find(_DEFINES, end)) >= 0:
        raise GrammarError("a second ::= in one line: each rule begins on its own", head.number, second + 1)
    place = Place(head.number, head.text.index("<") + 1)
    separator = _Token("bar", "", Place(head.number, end - len(_DEFINES) + 1))
    return SourceRule(name, place, tuple(_productions(name, separator, list(_tokens(block, end)))))


def _left_side(line: Line) -> tuple[str, int]:
    """Return the name before `::=` and the index after it."""
    match = _LEFT_SIDE.match(line.text)
    if match is None:
        message = "a rule must begin with one name in angle brackets and ::=, such as <expr> ::= <lr_const>"
        raise GrammarError(message, line.number, len(line.text) - len(line.text.lstrip()) + 1)
    if not line.text.startswith(_DEFINES, match.end()):
        raise GrammarError(f"::= is missing after {match[1]}", line.number, match.end(1) + 1)
    return _ascii(match[2], Place(line.number, match.start(2) + 1)), match.end() + len(_DEFINES)


def _ascii(name: str, place: Place) -> str:
    """Return the name; refuse letters that look like others in it."""
    for column, character in enumerate(name, place.column):
        if not character.isascii():
            message = f"{character} (U+{ord(character):04X}) in <{name}>: names have only the letters a-z and A-Z"
            raise GrammarError(f"{message}, digits, _ and -", place.line, column)
    return name


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # bar, name or text
    value: str
    place: Place


def _tokens(block: Sequence[Line], start: int) -> Iterator[_Token]:
    """Yield what stands right of `::=`; a line's end is a space."""
    for line in block:
        for match in _TOKEN.finditer(line.text, start):
            place = Place(line.number, match.start() + 1)
            kind, value = match.lastgroup or "", match[match.lastgroup or 0]
            if kind == "name":
                _ascii(value, Place(line.number, match.start("name") + 1))
            yield _Token("text", "|", place) if kind == "quoted" else _Token(kind, value, place)
        yield _Token("text", " ", Place(line.number, len(line.text) + 1))
        start = 0


def _productions(name: str, separator: _Token, tokens: Sequence[_Token]) -> Iterator[SourceProduction]:
    """Yield what stands between the separators, of which the first is `::=`."""
    alternatives: list[tuple[_Token, list[_Token]]] = [(separator, [])]
    for token in tokens:
        if token.kind == "bar":
            alternatives.append((token, []))
        else:
            alternatives[-1][1].append(token)
    for before, alternative in alternatives:
        symbols = _symbols(alternative)
        if not symbols:
            message = f"an alternative of <{name}> is empty: something must stand after this"
            raise GrammarError(message, before.place.line, before.place.column)
        mentions = tuple(Mention(token.value, token.place) for token in alternative if token.kind == "name")
        yield SourceProduction(Production(symbols), mentions)


def _symbols(tokens: Sequence[_Token]) -> tuple[Symbol, ...]:
    """Return the symbols of one production: adjacent text joined, white space made single, none at the ends."""
    symbols: list[Symbol] = []
    for kind, group in groupby(tokens, key=lambda token: token.kind):
        values = [token.value for token in group]
        if kind == "name":
            symbols.extend(map(NonTerminal, values))
        else:
            symbols.append(Terminal(re.sub(r"\s+", " ", "".join(values))))
    if symbols and isinstance(symbols[0], Terminal):
        symbols[0] = Terminal(symbols[0].text.lstrip())
    if symbols and isinstance(symbols[-1], Terminal):
        symbols[-1] = Terminal(symbols[-1].text.rstrip())
    return tuple(symbol for symbol in symbols if symbol != Terminal(""))
