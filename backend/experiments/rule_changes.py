"""What differs between a rule and one of its parents, function by function."""

from dataclasses import dataclass

from backend.experiments.rule_portrait import readable
from backend.experiments.text_changes import ChangedPiece, changed_pieces
from backend.expressions.nodes import Node
from backend.expressions.print_plain import to_plain
from backend.expressions.print_text import to_text
from backend.phenotypes.update_rule import FUNCTIONS


@dataclass(frozen=True)
class FunctionChange:
    """A function whose simplified form is not the parent's, as one text with the pieces of both."""

    function: str
    pieces: tuple[ChangedPiece, ...]


def rule_changes(parent: str, child: str) -> tuple[FunctionChange, ...]:
    """Return the functions that differ between the simplified forms of two phenotypes, none if only dead parts do."""
    before, after = readable(parent).functions, readable(child).functions
    return tuple(
        FunctionChange(name, changed_pieces(*texts(before[name], after[name])))
        for name in FUNCTIONS
        if before[name] != after[name]
    )


def texts(before: Node, after: Node) -> tuple[str, str]:
    """Return both as people write them, or with all digits where they differ in the last ones alone."""
    plain = to_plain(before), to_plain(after)
    return plain if plain[0] != plain[1] else (to_text(before), to_text(after))
