"""How random trees grow: by the methods grow, full, and ramped half-and-half (Koza 1992).

A tree of depth 0 is one terminal. Grow takes, at each place above the greatest depth, a terminal with some probability
and else a function; full takes functions down to the greatest depth; ramped half-and-half draws the greatest depth
from 2 on, and one of both methods. As each individual is drawn by itself, halves are halves on the average.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from numpy.random import Generator

from backend.search.tree import Symbol, arity
from backend.search.uniforms import uniforms_of

Method = Literal["grow", "full", "ramped"]
Spacing = Literal["linear", "logarithmic"]

_LEAST_RAMPED_DEPTH = 2


@dataclass(frozen=True)
class Growth:
    """What trees grow of: functions and terminals, each drawn uniformly.

    A constant is one terminal as each variable is; it is drawn between `constants`, uniformly or, with the spacing
    "logarithmic", its logarithm is, so that all sizes are equally likely. `terminal_rate` is the
    probability of a terminal in the method grow. No tree gets more than `largest` nodes: what would exceed them ends
    in terminals.
    """

    functions: Sequence[str]
    variables: Sequence[str]
    constants: tuple[float, float] | None
    terminal_rate: float
    largest: int
    spacing: Spacing = "linear"

    def tree(self, method: Method, depth: int, rng: Generator, room: int | None = None) -> list[Symbol]:
        """Return the symbols of a random tree of that depth at most, and of `room` nodes at most."""
        uniforms = uniforms_of(rng)
        if method == "ramped":
            depth = self._ramped(depth, next(uniforms))
            method = "grow" if next(uniforms) < 0.5 else "full"
        rate = self.terminal_rate if method == "grow" else 0.0
        return self._grown(depth, rate, self.largest if room is None else min(room, self.largest), uniforms)

    def _ramped(self, depth: int, uniform: float) -> int:
        least = min(_LEAST_RAMPED_DEPTH, depth)
        return least + int(uniform * (depth - least + 1))

    def _grown(self, depth: int, terminal_rate: float, room: int, uniforms: Iterator[float]) -> list[Symbol]:
        symbols: list[Symbol] = []
        # How much deeper than each place that is still open the tree may go.
        pending = [depth]
        while pending:
            left = pending.pop()
            symbol = self._symbol(left > 0, terminal_rate, uniforms)
            count = arity(symbol)
            if len(symbols) + len(pending) + 1 + count > room:
                symbol, count = self._terminal(uniforms), 0
            symbols.append(symbol)
            pending.extend([left - 1] * count)
        return symbols

    def _symbol(self, may_branch: bool, terminal_rate: float, uniforms: Iterator[float]) -> Symbol:
        if may_branch and next(uniforms) >= terminal_rate:
            return self.functions[int(next(uniforms) * len(self.functions))]
        return self._terminal(uniforms)

    def _terminal(self, uniforms: Iterator[float]) -> Symbol:
        chosen = int(next(uniforms) * (len(self.variables) + (self.constants is not None)))
        if chosen < len(self.variables):
            return self.variables[chosen]
        assert self.constants is not None, "else only variables are chosen"
        low, high = self.constants
        if self.spacing == "logarithmic":
            return float(low * (high / low) ** next(uniforms))
        # Minus zero would be another number than the one that is read back.
        return low + (high - low) * next(uniforms) + 0.0
