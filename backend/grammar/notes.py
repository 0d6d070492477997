"""What the comments at the head of a grammar's text say about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from backend.grammar.errors import GrammarError
from backend.grammar.lines import Line

_NOTE = re.compile(r"\s*#\s*(title|description|source|evolves|first_epoch)\s*:\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Notes:
    """What is known of a grammar besides its rules; nothing of it changes what is derived.

    `first_epoch` is the number that the grammar's source gives to the first epoch of a training (0 or 1).
    """

    title: str = ""
    description: str = ""
    source: str = ""
    evolves: str = "schedule"
    first_epoch: int = 0


def read_notes(lines: Iterable[Line]) -> Notes:
    """Return the notes in the comments before the first rule, each `# key: value` on a line of its own.

    Raises `GrammarError` for a note that is given twice, or a first epoch that is neither 0 nor 1.
    """
    texts: dict[str, str] = {}
    first_epoch = 0
    for line in lines:
        if not line.is_empty_or_comment:
            break
        if (match := _NOTE.match(line.text)) is None:
            continue
        key, value = match[1], match[2].rstrip()
        if key in texts:
            raise GrammarError(f"the note {key} is given twice", line.number, match.start(1) + 1)
        texts[key] = value
        if key == "first_epoch":
            first_epoch = _epoch(value, line.number, match.start(2) + 1)
    texts.pop("first_epoch", None)
    return Notes(**texts, first_epoch=first_epoch)


def _epoch(value: str, line: int, column: int) -> int:
    if value not in {"0", "1"}:
        raise GrammarError(f"first_epoch must be 0 or 1, not {value!r}", line, column)
    return int(value)
