"""How large an expression is, read off its text: a whole population costs less than parsing a few of its trees."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

# Of canonical text: numbers with their sign, names, brackets, commas, and the signs of comparisons.
_TOKEN = re.compile(r"(?P<leaf>-?\d[\d.]*(?:e[+-]?\d+)?|[A-Za-z_]\w*)|(?P<mark>[(),;])|(?P<sign>[<>]=?)")
# What stands before the formula of each function of an update rule.
_FUNCTION_NAME = re.compile(r"\b\w+ = ")


class Extent(NamedTuple):
    """The number of nodes, and the depth of the deepest: the root is at depth 0, as where a search limits it."""

    nodes: int
    depth: int


@dataclass
class _Place:
    """A list of arguments that is being read: how deep the deepest is, the present one, and whether it compares."""

    deepest: int = 0
    present: int = 0
    compares: bool = field(default=False)

    def end_argument(self) -> None:
        self.deepest = max(self.deepest, self.present + self.compares)
        self.present, self.compares = 0, False


def text_extent(text: str) -> Extent:
    """Return the extent of an expression, or of all functions of an update rule together, in canonical text.

    It is that of the parsed expression; of a text that is none it is anything.
    """
    nodes = 0
    places = [_Place()]
    for token in _TOKEN.finditer(_FUNCTION_NAME.sub("", text)):
        place = places[-1]
        match token.lastgroup, token.group():
            case "mark", "(":
                places.append(_Place())
            case "mark", ")" if len(places) > 1:
                places.pop().end_argument()
                places[-1].present = max(places[-1].present, 1 + place.deepest)
            case "mark", _:
                place.end_argument()
            case "sign", _:
                nodes, place.compares = nodes + 1, True
            case _:
                nodes, place.present = nodes + 1, max(place.present, 1)
    places[0].end_argument()
    return Extent(nodes, max(0, places[0].deepest - 1))
