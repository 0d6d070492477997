"""What a phenotype does, whatever its text: the unit that is trained and whose results are kept."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from backend.expressions.languages import FORMULA, PROGRAM, SCHEDULE, Language
from backend.phenotypes.schedule import CannotTrain, Schedule, as_float32

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"

RATE_VECTOR = "rate_vector"
SCHEDULE_PROGRAM = "schedule_program"
UPDATE_RULE = "update_rule"
BUILT_IN = "built_in"

# An optimizer of Keras, by its name and configuration: words of no operator.
_KERAS = Language("keras", 3, frozenset(), MappingProxyType({}))

# The language that gives a kind's content its meaning: a new version of it makes new behaviours.
_LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {RATE_VECTOR: SCHEDULE, SCHEDULE_PROGRAM: PROGRAM, UPDATE_RULE: FORMULA, BUILT_IN: _KERAS}
)


@dataclass(frozen=True, eq=False)
class Behaviour:
    """A tagged value: the kind says how the content is to be read. Two of the same key are the same.

    Raises ValueError for an unknown kind.
    """

    kind: str
    content: Mapping[str, JSON]

    def __post_init__(self) -> None:
        if self.kind not in _LANGUAGES:
            raise ValueError(f"Behaviour kind {self.kind!r} is unknown; known are {', '.join(_LANGUAGES)}.")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Behaviour) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @cached_property
    def key(self) -> str:
        """SHA-256, in hexadecimal, of the kind, the language's version and the content."""
        language = _LANGUAGES[self.kind]
        whole: dict[str, JSON] = {
            "kind": self.kind,
            "language": language.name,
            "version": language.version,
            "content": self.content,
        }
        return hashlib.sha256(json.dumps(_canonical(whole), sort_keys=True).encode()).hexdigest()


def rate_vector(schedule: Schedule, epochs: int) -> Behaviour:
    """Return the behaviour of a schedule that reads epoch and previous rate alone: its rates over the epochs.

    The content is {"rates": [...]}, one a trained epoch, each a float32 widened to float64. Raises CannotTrain if
    a rate is negative or not finite, or if all are 0.
    """
    rates = schedule.rates(epochs)
    if not any(rates):
        raise CannotTrain("The rate of every epoch is 0, so that nothing would be learned.")
    return Behaviour(RATE_VECTOR, {"rates": list(rates)})


def built_in(name: str, configuration: Mapping[str, JSON], rates: Sequence[float] | None = None) -> Behaviour:
    """Return the behaviour of an optimizer that Keras has: its name there in lower case, and its arguments.

    With `rates`, one a trained epoch, these are its learning rates, and `configuration` has none. They are taken as
    float32, as the optimizer holds them. Raises ValueError where both are given.
    """
    content: dict[str, JSON] = {"name": name, "configuration": dict(configuration)}
    if rates is not None:
        if "learning_rate" in configuration:
            raise ValueError(f"{name} has a learning_rate and rates of epochs; one of them is allowed.")
        content["rates"] = [as_float32(rate) for rate in rates]
    return Behaviour(BUILT_IN, content)


def _canonical(value: JSON) -> JSON:
    """Write numbers as the hexadecimal of their float64: stores may turn 1.0 into 1, or print fewer digits."""
    if isinstance(value, bool | str | None):
        return value
    if isinstance(value, int | float):
        return float(value).hex()
    if isinstance(value, Mapping):
        return {name: _canonical(each) for name, each in value.items()}
    return [_canonical(each) for each in value]
