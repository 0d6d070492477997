"""What the comments at the head of a grammar's text say about it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from backend.grammar.errors import GrammarError
from backend.grammar.lines import Line

_NOTE = re.compile(r"\s*#\s*(title|description|source|evolves|first_epoch)\s*:\s*(.*)$")
_MUTATION_RATE = re.compile(r"\s*#\s*mutation_rate\s+(?P<rate>[^\s:]+)\s*:\s*(?P<names>.*)$")


@dataclass(frozen=True, slots=True)
class Notes:
    """What is known of a grammar besides its rules; nothing of it changes what is derived.

    `first_epoch` is the number that the grammar's source gives to the first epoch of a training (0 or 1).
    `mutation_rates` are those that it gives to each of its non-terminals ("facilitated mutation"), none if empty.
    """

    title: str = ""
    description: str = ""
    source: str = ""
    evolves: str = "schedule"
    first_epoch: int = 0
    mutation_rates: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


def read_notes(lines: Iterable[Line]) -> Notes:
    """Return the notes in the comments before the first rule, each `# key: value` on a line of its own.

    A mutation rate is given to several non-terminals at once: `# mutation_rate 0.05: x_var_const, y_var_const`.
    Raises `GrammarError` for a note that is given twice, a first epoch that is neither 0 nor 1, or a mutation rate
    that is no number from 0 to 1.
    """
    texts: dict[str, str] = {}
    rates: dict[str, float] = {}
    first_epoch = 0
    for line in lines:
        if not line.is_empty_or_comment:
            break
        rates |= _mutation_rates(line)
        if (match := _NOTE.match(line.text)) is None:
            continue
        key, value = match[1], match[2].rstrip()
        if key in texts:
            raise GrammarError(f"the note {key} is given twice", line.number, match.start(1) + 1)
        texts[key] = value
        if key == "first_epoch":
            first_epoch = _epoch(value, line.number, match.start(2) + 1)
    texts.pop("first_epoch", None)
    return Notes(**texts, first_epoch=first_epoch, mutation_rates=MappingProxyType(rates))


def _mutation_rates(line: Line) -> dict[str, float]:
    match = _MUTATION_RATE.match(line.text)
    if match is None:
        return {}
    try:
        rate = float(match["rate"])
    except ValueError:
        rate = -1
    if not 0 <= rate <= 1:
        message = f"a mutation rate must be a number from 0 to 1, not {match['rate']!r}"
        raise GrammarError(message, line.number, match.start("rate") + 1)
    return dict.fromkeys((name.strip() for name in match["names"].split(",")), rate)


def _epoch(value: str, line: int, column: int) -> int:
    if value not in {"0", "1"}:
        raise GrammarError(f"first_epoch must be 0 or 1, not {value!r}", line, column)
    return int(value)
