"""JSON as Python writes it: NaN and Infinity are possible, and several values may follow each other in one file."""

import json
import re
from collections.abc import Iterator

from backend.originals.errors import UnreadableOriginal

_SPACE = re.compile(r"\s*")


def objects(text: str, file: str) -> Iterator[tuple[int, object]]:
    """Yield the values of a file one after another, each with the index at which it begins.

    Raises UnreadableOriginal, which names the line, for text that is no JSON or ends in the middle of a value.
    """
    decoder = json.JSONDecoder()
    place = _after_space(text, 0)
    if place == len(text):
        raise UnreadableOriginal(file, "the file is empty.")
    while place < len(text):
        try:
            value, end = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            raise UnreadableOriginal(file, *_why_torn(text, error)) from None
        except RecursionError:
            raise UnreadableOriginal(file, "the JSON is nested too deeply.") from None
        except ValueError as error:
            # Python reads no whole number of more than some thousand digits.
            raise UnreadableOriginal(file, f"a number in it cannot be read: {error}.") from None
        yield place, value
        place = _after_space(text, end)


def single(text: str, file: str) -> object:
    """Return the one value of a file; raises UnreadableOriginal if there is none or more than one."""
    values = [value for _, value in objects(text, file)]
    if len(values) != 1:
        raise UnreadableOriginal(file, f"one JSON value is expected, but there are {len(values)} of them.")
    return values[0]


def _why_torn(text: str, error: json.JSONDecodeError) -> tuple[str, int]:
    written = text.strip()
    ends_early = written[0] in "[{" and (written[-1] not in "]}" or error.pos >= len(text.rstrip()))
    why = "the JSON ends in the middle: the file is torn" if ends_early else f"this is no JSON ({error.msg})"
    return f"{why}.", error.lineno


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return place if found is None else found.end()
