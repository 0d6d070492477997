"""The value of a term like `nand(b0, or(b1, b2))`, whatever its functions work on: numbers, arrays, bits, programs."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Terms(Generic[Value]):
    """A language of terms: what its leaves are worth, and its functions with their number of arguments."""

    leaves: Mapping[str, Value]
    functions: Mapping[str, tuple[int, Callable[..., Value]]]

    def value(self, text: str) -> Value:
        """Return what the term is worth. Raises `KeyError` for a word that is neither leaf nor function.

        Read from its end, a term is in Polish notation the other way round: as each function's number of arguments is
        known, brackets and commas say nothing new.
        """
        waiting: list[Value] = []
        for word in reversed(_WORD.findall(text)):
            if word in self.functions:
                arity, function = self.functions[word]
                waiting.append(function(*[waiting.pop() for _ in range(arity)]))
            else:
                waiting.append(self.leaves[word])
        return waiting.pop()
