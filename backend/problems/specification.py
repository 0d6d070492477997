"""All that one evaluation depends on: what travels to a worker, and what its key covers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any, Literal

from backend.problems.canonical import digest
from backend.problems.catalogue import get_problem
from backend.problems.problem import Parts

# Seeds and numbers in JSON stay below 2^53, so that every reader of JSON sees the same integer.
LARGEST_SEED = 2**53 - 1

# What makes steps of gradients: plain gradient descent at given rates, an update rule, one of Keras's own optimizers.
Optimizer = Literal["sgd", "rule", "keras"]

# What a behaviour says is for one optimizer alone.
OPTIMIZER_OF_KIND: Mapping[str, Optimizer] = MappingProxyType(
    {"rate_vector": "sgd", "update_rule": "rule", "built_in": "keras"}
)


@dataclass(frozen=True)
class EvaluationSpecification:
    """One training and scoring of a behaviour on a fold: an evaluation is a pure function of this value.

    `parts` are sizes in samples, at most the problem's own; `parts.train` is shared out to the `folds`.
    With `patience`, training stops after so many epochs in a row without a smaller validation loss, and the
    weights of the best epoch are scored; with None all `epochs` run and the final weights are scored.
    `optimizer` is the one that the kind of behaviour is for (`OPTIMIZER_OF_KIND`).
    """

    behaviour_kind: str
    behaviour_content: Mapping[str, Any]  # JSON, in the form that the behaviour's kind says
    problem: str
    parts: Parts
    folds: int
    fold: int
    seed: int
    epochs: int
    batch_size: int
    patience: int | None = None
    optimizer: Optimizer = "sgd"
    scored_part: Literal["fitness"] = "fitness"

    def __post_init__(self) -> None:
        """Refuse what cannot be trained; every ValueError names the field, its value and what is allowed."""
        self.parts.check_within(get_problem(self.problem).parts)
        _check("folds", self.folds, 1, self.parts.train)
        _check("fold", self.fold, 0, self.folds - 1)
        _check("seed", self.seed, 0, LARGEST_SEED)
        _check("epochs", self.epochs, 1, 100_000)
        _check("batch_size", self.batch_size, 1, self.parts.train // self.folds)
        if self.patience is not None:
            _check("patience", self.patience, 1, 100_000)
        _check_kind(self.behaviour_kind)
        _check_word("optimizer", self.optimizer, OPTIMIZER_OF_KIND[self.behaviour_kind])
        _check_word("scored_part", self.scored_part, "fitness")

    @property
    def key(self) -> str:
        """SHA-256 of this value and of the problem's declaration: equal keys are the same training."""
        return digest({**self.to_json(), "problem": get_problem(self.problem).digest})

    def to_json(self) -> dict[str, Any]:
        """A JSON object of all fields."""
        return {**asdict(self), "behaviour_content": dict(self.behaviour_content)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "EvaluationSpecification":
        """The inverse of `to_json`; raises ValueError that names missing and unknown fields."""
        names = {field.name for field in fields(cls)}
        if names != set(data):
            wrong = ", ".join(sorted(names ^ set(data)))
            raise ValueError(f"An evaluation's specification has missing or unknown fields: {wrong}.")
        return cls(**{**data, "parts": Parts.from_json(data["parts"])})


def _check(field: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise ValueError(f"{field} is {value}; {least} to {most} is allowed.")


def _check_kind(kind: str) -> None:
    if kind not in OPTIMIZER_OF_KIND:
        raise ValueError(f"behaviour_kind is {kind!r}; one of {', '.join(OPTIMIZER_OF_KIND)} is allowed.")


def _check_word(field: str, value: str, allowed: str) -> None:
    if value != allowed:
        raise ValueError(f"{field} is {value!r}; {allowed!r} is allowed.")
