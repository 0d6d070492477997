"""All that one evaluation depends on: what travels to a worker, and what its key covers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any, Literal, get_args

from backend.problems.canonical import digest
from backend.problems.catalogue import get_problem
from backend.problems.problem import Parts, check_parts

# Seeds and numbers in JSON stay below 2^53, so that every reader of JSON sees the same integer.
LARGEST_SEED = 2**53 - 1

# What makes steps of gradients: plain gradient descent or Keras's Adam at given rates, an update rule, one of Keras's
# own optimizers, configured.
Optimizer = Literal["sgd", "adam", "rule", "keras"]

# Schedules say only what the rate is, so they leave open what follows it.
OPTIMIZERS_OF_KIND: Mapping[str, tuple[Optimizer, ...]] = MappingProxyType(
    {
        "rate_vector": ("sgd", "adam"),
        "schedule_program": ("sgd", "adam"),
        "update_rule": ("rule",),
        "built_in": ("keras",),
    }
)

# Which epoch's weights are scored.
Keep = Literal["last", "best_loss", "best_accuracy"]
ScoredPart = Literal["fitness", "validation", "test"]

# They came after the first stored runs. With their default value they are left out of the JSON, and so of the key: what
# was stored before stays readable and keeps its key.
LATER_FIELDS: Mapping[str, Any] = MappingProxyType({"repetition": 0, "keep": None, "data_seed": None})


def optimizer_of(kind: str, base: Optimizer = "sgd") -> Optimizer:
    """Return what trains a kind of behaviour: `base` for a schedule, the only one that fits for any other kind.

    Raises ValueError for an unknown kind.
    """
    allowed = _allowed_optimizers(kind)
    return base if base in allowed else allowed[0]


@dataclass(frozen=True)
class EvaluationSpecification:
    """One training and scoring of a behaviour on a fold: an evaluation is a pure function of this value.

    `parts` are sizes in samples, at most the problem's own, or with a fitness part of 0 (`Parts.share_the_rest`);
    `parts.train` is shared out to the `folds`.
    With `patience`, training stops after so many epochs in a row without a smaller validation loss; with None all
    `epochs` run. `keep` says which epoch's weights are scored: the last, that of the smallest validation loss, or
    that of the highest validation accuracy (of equal ones the first); None is best_loss with patience, else last.
    `optimizer` is one of those that the kind of behaviour is for (`OPTIMIZERS_OF_KIND`).

    `scored_part` is the part that the score is measured on; test is for trials of benchmarks alone, never for what
    evolution or tuning reads. `repetition` counts trainings of the same fold that differ by `seed` alone. With
    `data_seed` the problem's data are drawn anew where they are generated, and divided anew where they are not.
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
    scored_part: ScoredPart = "fitness"
    repetition: int = 0
    keep: Keep | None = None
    data_seed: int | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be trained; every ValueError names the field, its value and what is allowed."""
        check_parts(get_problem(self.problem), self.parts)
        _check("folds", self.folds, 1, self.parts.train)
        _check("fold", self.fold, 0, self.folds - 1)
        _check("seed", self.seed, 0, LARGEST_SEED)
        _check("repetition", self.repetition, 0, LARGEST_SEED)
        if self.data_seed is not None:
            _check("data_seed", self.data_seed, 0, LARGEST_SEED)
        _check("epochs", self.epochs, 1, 100_000)
        _check("batch_size", self.batch_size, 1, self.parts.train // self.folds)
        if self.patience is not None:
            _check("patience", self.patience, 1, 100_000)
        _check_word("optimizer", self.optimizer, _allowed_optimizers(self.behaviour_kind))
        _check_word("scored_part", self.scored_part, get_args(ScoredPart))
        if self.keep is not None:
            _check_word("keep", self.keep, get_args(Keep))
        self._check_parts_that_are_read()

    @property
    def key(self) -> str:
        """SHA-256 of this value and of the problem's declaration: equal keys are the same training."""
        return digest({**self.to_json(), "problem": get_problem(self.problem).digest})

    @property
    def kept(self) -> Keep:
        """Which epoch's weights are scored, where `keep` leaves it open as well."""
        return self.keep or ("last" if self.patience is None else "best_loss")

    def to_json(self) -> dict[str, Any]:
        """A JSON object of all fields, but for those of `LATER_FIELDS` that have their default value."""
        whole = {**asdict(self), "behaviour_content": dict(self.behaviour_content)}
        return {name: value for name, value in whole.items() if not _is_later_default(name, value)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "EvaluationSpecification":
        """The inverse of `to_json`; raises ValueError that names missing and unknown fields."""
        whole = {**LATER_FIELDS, **data}
        names = {field.name for field in fields(cls)}
        if names != set(whole):
            wrong = ", ".join(sorted(names ^ set(whole)))
            raise ValueError(f"An evaluation's specification has missing or unknown fields: {wrong}.")
        return cls(**{**whole, "parts": Parts.from_json(data["parts"])})

    def _check_parts_that_are_read(self) -> None:
        """Refuse to read a part that the problem, or this order, does not have."""
        if self.parts.validation == 0:
            if self.patience is not None:
                raise ValueError(f"patience is {self.patience}; without a validation part only none is allowed.")
            if self.kept != "last":
                raise ValueError(f"keep is {self.keep!r}; without a validation part only 'last' is allowed.")
        if getattr(self.parts, self.scored_part) == 0:
            raise ValueError(f"scored_part is {self.scored_part!r}, but that part has no samples here.")


def _check(field: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise ValueError(f"{field} is {value}; {least} to {most} is allowed.")


def _allowed_optimizers(kind: str) -> tuple[Optimizer, ...]:
    if kind not in OPTIMIZERS_OF_KIND:
        raise ValueError(f"behaviour_kind is {kind!r}; one of {', '.join(OPTIMIZERS_OF_KIND)} is allowed.")
    return OPTIMIZERS_OF_KIND[kind]


def _check_word(field: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        words = " or ".join(repr(word) for word in allowed)
        raise ValueError(f"{field} is {value!r}; {words} is allowed.")


def _is_later_default(name: str, value: Any) -> bool:
    return name in LATER_FIELDS and value == LATER_FIELDS[name]
