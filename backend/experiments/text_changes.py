"""What differs between two formulas, as one text with the pieces of both."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Names and numbers are one piece each; a number may have an exponent.
_PIECE = re.compile(r"\d[\w.]*(?:(?<=e)[+-]\d+)?|\w+|\s+|.")

Side = Literal["both", "parent", "child"]


@dataclass(frozen=True)
class ChangedPiece:
    """A piece of a text, and whose it is."""

    text: str
    of: Side


def cut(text: str) -> list[str]:
    """Return the names, numbers, signs and spaces of a formula, in their order."""
    return _PIECE.findall(text)


def changed_pieces(before: str, after: str) -> tuple[ChangedPiece, ...]:
    """Return the pieces of both texts, each that they share once."""
    return tuple(_pieces(cut(before), cut(after)))


def _pieces(old: list[str], new: list[str]) -> Iterator[ChangedPiece]:
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield ChangedPiece("".join(old[start:end]), "both")
            continue
        if start < end:
            yield ChangedPiece("".join(old[start:end]), "parent")
        if new_start < new_end:
            yield ChangedPiece("".join(new[new_start:new_end]), "child")
