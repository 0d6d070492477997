"""Mutation of a derivation in one place, what stands beside it staying as it is.

A codon that changes in SGE's lists shifts the meaning of those after it, wherever the new production needs more or
fewer of them. Here each place that mutates is changed in one of three ways, equally likely: another production, that
keeps of what is below whatever fits; a new derivation around it; or a part of its own in its place.
"""

from collections.abc import Callable
from dataclasses import dataclass

from backend.search.derivation import Children, Part, grown

# How deep what is new grows before it closes: two nested functions in the grammars of rules, a function taking two.
NEW_DEPTH = 4
# How often a new derivation is drawn until there is room in it for the old one.
TRIES = 5


@dataclass(frozen=True)
class SubtreeMutation:
    """How derivations of one grammar mutate.

    `draw(number, closing, uniform)` returns a production of a non-terminal, one of a shortest derivation when closing;
    `other(number, codon, uniform)` another one than that. `children` are the non-terminals of each production.
    """

    children: Children
    draw: Callable[[int, bool, float], int]
    other: Callable[[int, int, float], int]

    def mutate(self, root: Part, rates: tuple[float, ...], uniform: Callable[[], float]) -> None:
        """Change each part of the derivation, in place, with the rate of its non-terminal; the innermost first."""
        for part in reversed(list(root.walk())):
            if uniform() < rates[part.number]:
                self._vary(part, uniform)

    def _vary(self, part: Part, uniform: Callable[[], float]) -> None:
        ways = (self._change, self._grow_around, self._shrink)
        # What leads to no more non-terminals, such as a constant, can only become another.
        way = ways[int(uniform() * len(ways))] if any(self.children[part.number]) else self._change
        way(part, uniform)

    def _change(self, part: Part, uniform: Callable[[], float]) -> None:
        part.codon = self.other(part.number, part.codon, uniform())
        left = list(part.children)
        part.children = [
            self._taken(left, number) or self._grown(number, uniform)
            for number in self.children[part.number][part.codon]
        ]

    def _grow_around(self, part: Part, uniform: Callable[[], float]) -> None:
        for _ in range(TRIES):
            new = self._grown(part.number, uniform)
            if room := [below for below in new.walk() if below.number == part.number and below is not new]:
                room[int(uniform() * len(room))].become(part)
                part.become(new)
                return
        self._change(part, uniform)

    def _shrink(self, part: Part, uniform: Callable[[], float]) -> None:
        own = [below for below in part.walk() if below.number == part.number and below is not part]
        if own:
            part.become(own[int(uniform() * len(own))])
        else:
            self._change(part, uniform)

    def _grown(self, number: int, uniform: Callable[[], float]) -> Part:
        return grown(number, self.children, lambda each, depth: self.draw(each, depth >= NEW_DEPTH, uniform()))

    @staticmethod
    def _taken(parts: list[Part], number: int) -> Part | None:
        """Take the first part of that non-terminal out of the list."""
        for place, part in enumerate(parts):
            if part.number == number:
                return parts.pop(place)
        return None
