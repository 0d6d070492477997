"""From the original's Python text to our languages, token by token; nothing of it is ever executed.

Schedules are written alike there. Rules are four lambdas over tensors,

    alpha_func, beta_func, sigma_func, grad_func = lambda shape, alpha, grad: tf.math.negative(grad), lambda ...: ...

and become `x = negative(g); y = ...; z = ...; weight = ...`. The text may be a whole phenotype, or a production, in
which non-terminals in angle brackets stand for what they derive.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

_PIECE = re.compile(
    r"(?P<nonterminal><[A-Za-z][\w-]*>)"
    r"|(?P<name>[A-Za-z_][\w.]*)"
    r"|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<space>\s+)"
    r"|(?P<sign><=|>=|.)",
    re.ASCII | re.DOTALL,
)

FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {"alpha_func": "x", "beta_func": "y", "sigma_func": "z", "grad_func": "weight"}
)
_OPERATORS = ("negative", "subtract", "add", "multiply", "pow", "square", "divide_no_nan", "sqrt", "abs", "sign", "cos")
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "alpha": "x",
        "beta": "y",
        "sigma": "z",
        "grad": "g",
        **{f"tf.math.{name}": name for name in _OPERATORS},
        "tf.math.minimum": "min",
        "tf.math.maximum": "max",
    }
)
# What a constant tensor is given besides its value: a constant of ours needs neither.
_IMPLIED = {"shape=shape", "dtype=tf.float32"}
_OPENING, _CLOSING = set("([{"), set(")]}")


class Untranslatable(ValueError):
    """The text has something that our languages have no word for; the message says what."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A token, a non-terminal or white space."""

    kind: str
    text: str


def is_rule(text: str) -> bool:
    """Whether the text, a phenotype or the production it begins with, is one of an update rule: it has lambdas."""
    return any(piece == Piece("name", "lambda") for piece in _cut(text))


def translated(text: str) -> str:
    """Return the text in our language; raises Untranslatable for what has no counterpart there."""
    pieces = list(_cut(text))
    lambdas = is_rule(text)
    return "".join(_rule(pieces)) if lambdas else "".join(_words(pieces))


def _cut(text: str) -> Iterator[Piece]:
    for found in _PIECE.finditer(text):
        yield Piece(str(found.lastgroup), found[0])


def _rule(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the equations of four lambdas that are assigned at once."""
    equals = next((place for place, piece in enumerate(pieces) if piece.text == "="), None)
    if equals is None:
        raise Untranslatable("lambdas are expected to be assigned, as in alpha_func, ... = lambda ...")
    targets = [piece.text for piece in pieces[:equals] if piece.kind == "name"]
    if targets != list(FUNCTIONS):
        raise Untranslatable(f"{', '.join(FUNCTIONS)} are expected before the equals sign, not {', '.join(targets)}")
    bodies = _bodies(pieces[equals + 1 :])
    if len(bodies) != len(targets):
        raise Untranslatable(f"{len(targets)} lambdas are expected, not {len(bodies)}")
    for place, (target, body) in enumerate(zip(targets, bodies, strict=True)):
        yield f"{'; ' if place else ''}{FUNCTIONS[target]} = "
        yield "".join(_words(body)).strip()


def _bodies(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return what stands behind the colon of each lambda."""
    bodies: list[list[Piece]] = []
    rest = _without_space_before(list(pieces))
    while rest and rest[0].text == "lambda":
        colon = next((place for place, piece in enumerate(rest) if piece.text == ":"), None)
        if colon is None:
            raise Untranslatable("a lambda has no colon")
        end = next((place for place in _commas(rest, colon) if _begins_lambda(rest[place + 1 :])), len(rest))
        bodies.append(rest[colon + 1 : end])
        rest = _without_space_before(rest[end + 1 :])
    return bodies


def _commas(pieces: Sequence[Piece], start: int) -> Iterator[int]:
    """Yield the places of the commas that are in no brackets, or behind the bracket that closes all."""
    depth = 0
    for place in range(start, len(pieces)):
        text = pieces[place].text
        depth += (text in _OPENING) - (text in _CLOSING)
        if depth < 0:
            return
        if text == "," and depth == 0:
            yield place


def _begins_lambda(pieces: Sequence[Piece]) -> bool:
    rest = _without_space_before(list(pieces[:2]))
    return bool(rest) and rest[0].text == "lambda"


def _without_space_before(pieces: list[Piece]) -> list[Piece]:
    return pieces[1:] if pieces and pieces[0].kind == "space" else pieces


def _words(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the pieces in our words; constant tensors become their value."""
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        if piece.text == "tf.constant":
            value, place = _constant(pieces, place + 1)
            yield from _words(value)
            continue
        yield _word(piece)
        place += 1


def _word(piece: Piece) -> str:
    if piece.kind != "name":
        return piece.text
    if "." in piece.text and piece.text not in NAMES:
        raise Untranslatable(f"{piece.text} has no counterpart here")
    return NAMES.get(piece.text, piece.text)


def _constant(pieces: Sequence[Piece], start: int) -> tuple[Sequence[Piece], int]:
    """Return the value of the constant whose bracket opens at `start`, and the place behind it."""
    if start == len(pieces) or pieces[start].text != "(":
        raise Untranslatable("tf.constant must be followed by its value in brackets")
    end = _closing(pieces, start)
    inside = pieces[start + 1 : end]
    first, *others = [*_commas(inside, 0), len(inside)]
    for before, after in zip([first, *others], others, strict=False):
        argument = "".join(piece.text for piece in inside[before + 1 : after] if piece.kind != "space")
        if argument not in _IMPLIED:
            raise Untranslatable(f"tf.constant with {argument} has no counterpart here")
    return inside[:first], end + 1


def _closing(pieces: Sequence[Piece], start: int) -> int:
    depth = 0
    for place in range(start, len(pieces)):
        text = pieces[place].text
        depth += (text in _OPENING) - (text in _CLOSING)
        if depth == 0:
            return place
    raise Untranslatable("a bracket is not closed")
