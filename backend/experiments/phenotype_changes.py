"""What differs between a phenotype and its parent's, piece by piece and in a sentence."""

from collections.abc import Iterator, Sequence

from backend.experiments.design import Design
from backend.experiments.rule_changes import FunctionChange, rule_changes, texts
from backend.experiments.text_changes import ChangedPiece, changed_pieces
from backend.expressions.errors import ExpressionError
from backend.phenotypes.update_rule import UpdateRule

# What a schedule has instead of several functions.
RATE = "rate"

_MOST_EDITS = 2
_LONGEST = 60


def phenotype_changes(design: Design, parent: str, child: str) -> tuple[FunctionChange, ...]:
    """Return what differs between the simplified forms, none if only dead parts do; as written if one is unreadable."""
    try:
        before, after = design.evolved.read(parent), design.evolved.read(child)
    except ExpressionError:
        return _of_texts(parent, child)
    if isinstance(before, UpdateRule) or isinstance(after, UpdateRule):
        return rule_changes(parent, child)
    return _of_texts(*texts(before.simplified, after.simplified))


def describe_changes(changes: Sequence[FunctionChange]) -> str:
    """Say in a sentence what changed: "In weight, 0.01 became 0.02."; nothing if nothing did."""
    return " ".join(f"{_sentence(change)}.".replace("….", "…") for change in changes)


def _of_texts(before: str, after: str) -> tuple[FunctionChange, ...]:
    return () if before == after else (FunctionChange(RATE, changed_pieces(before, after)),)


def _sentence(change: FunctionChange) -> str:
    before, after = (_whole(change, side) for side in ("parent", "child"))
    name = change.function
    if _is_nothing(before, name):
        return f"{name} is new: {_short(after)}"
    if _is_nothing(after, name):
        return f"{name} is no longer needed"
    edits = list(_edits(change.pieces))
    if len(edits) > _MOST_EDITS or any(len(edit) > _LONGEST for edit in edits):
        return f"{name} became {_short(after)}"
    return f"In {name}, {' and '.join(edits)}"


def _edits(pieces: Sequence[ChangedPiece]) -> Iterator[str]:
    """Yield each place where the two differ, as half a sentence."""
    replaced = ""
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        if piece.of == "parent":
            replaced = piece.text.strip()
            if following is None or following.of != "child":
                yield f"{replaced} is gone"
                replaced = ""
        elif piece.of == "child":
            yield f"{replaced} became {piece.text.strip()}" if replaced else f"{piece.text.strip()} came in"
            replaced = ""


def _whole(change: FunctionChange, side: str) -> str:
    return "".join(piece.text for piece in change.pieces if piece.of in ("both", side))


def _is_nothing(text: str, name: str) -> bool:
    """Whether a state's function is what stands there when nothing is needed."""
    return text in ("0", name) and name != RATE


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
