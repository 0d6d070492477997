"""What differs between a rule and one of its parents, function by function."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from backend.experiments.rule_portrait import readable
from backend.expressions.nodes import Node
from backend.expressions.print_plain import to_plain
from backend.expressions.print_text import to_text
from backend.phenotypes.update_rule import FUNCTIONS

# Names and numbers are one piece each; a number may have an exponent.
_PIECE = re.compile(r"\d[\w.]*(?:(?<=e)[+-]\d+)?|\w+|\s+|.")

Side = Literal["both", "parent", "child"]


@dataclass(frozen=True)
class ChangedPiece:
    """A piece of a function's text, and whose it is."""

    text: str
    of: Side


@dataclass(frozen=True)
class FunctionChange:
    """A function whose simplified form is not the parent's, as one text with the pieces of both."""

    function: str
    pieces: tuple[ChangedPiece, ...]


def rule_changes(parent: str, child: str) -> tuple[FunctionChange, ...]:
    """Return the functions that differ between the simplified forms of two phenotypes, none if only dead parts do."""
    before, after = readable(parent).functions, readable(child).functions
    return tuple(
        FunctionChange(name, tuple(_pieces(*_texts(before[name], after[name]))))
        for name in FUNCTIONS
        if before[name] != after[name]
    )


def _texts(before: Node, after: Node) -> tuple[str, str]:
    """Return both as people write them, or with all digits where they differ in the last ones alone."""
    plain = to_plain(before), to_plain(after)
    return plain if plain[0] != plain[1] else (to_text(before), to_text(after))


def _pieces(before: str, after: str) -> Iterator[ChangedPiece]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield ChangedPiece("".join(old[start:end]), "both")
            continue
        if start < end:
            yield ChangedPiece("".join(old[start:end]), "parent")
        if new_start < new_end:
            yield ChangedPiece("".join(new[new_start:new_end]), "child")
