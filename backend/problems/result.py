"""What comes back from one evaluation."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

# Why an evaluation has no score. lost and timeout are given by those who watch the worker, not by training.
Reason = Literal["nan", "diverged", "cannot_train", "timeout", "lost", "error"]


@dataclass(frozen=True)
class EpochRow:
    """One epoch, counted from 0. A number that was not finite is None.

    Losses are mean cross-entropy in nats plus the L2 penalty, as Keras reports them; accuracies are shares.
    `loss` and `accuracy` are means over the epoch's batches while they are trained on (dropout and
    augmentation on), `val_loss` and `val_accuracy` are measured after the epoch. `rate` is the learning rate, the
    mean over the epoch's batches where it changed within it, between `rate_low` and `rate_high` (else None).
    `seconds` is the wall-clock time.
    """

    epoch: int
    loss: float | None
    accuracy: float | None
    val_loss: float | None
    val_accuracy: float | None
    rate: float | None
    seconds: float
    rate_low: float | None = None
    rate_high: float | None = None

    def to_json(self) -> dict[str, Any]:
        """A JSON object of all fields."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "EpochRow":
        """The inverse of `to_json`."""
        return cls(**data)


@dataclass(frozen=True)
class EvaluationResult:
    """The score (accuracy on the scored part, a share), or None with a reason and a message in plain words.

    `best_epoch` is the one with the smallest validation loss, `kept_epoch` the one whose weights were scored: None
    where nothing was, and in results from before it was told. `numerics` is the fingerprint of all that changes the
    bits of a training on this machine.
    """

    score: float | None
    reason: Reason | None
    message: str | None
    best_epoch: int | None
    stopped_early: bool
    epochs: tuple[EpochRow, ...]
    seconds: float
    numerics: Mapping[str, Any] = field(default_factory=dict)
    kept_epoch: int | None = None

    def __post_init__(self) -> None:
        """Refuse a result that is both a score and a failure, or neither."""
        if (self.score is None) == (self.reason is None):
            raise ValueError(f"A result has a score or a reason; here are {self.score!r} and {self.reason!r}.")
        if self.reason is not None and self.reason not in get_args(Reason):
            raise ValueError(f"reason is {self.reason!r}; one of {', '.join(get_args(Reason))} is allowed.")

    @classmethod
    def failed(cls, reason: Reason, message: str) -> "EvaluationResult":
        """The result of a training that ended without a score and without curves."""
        return cls(None, reason, message, best_epoch=None, stopped_early=False, epochs=(), seconds=0.0)

    def to_json(self) -> dict[str, Any]:
        """A JSON object of all fields."""
        return {**asdict(self), "epochs": [row.to_json() for row in self.epochs], "numerics": dict(self.numerics)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "EvaluationResult":
        """The inverse of `to_json`."""
        return cls(**{**data, "epochs": tuple(EpochRow.from_json(row) for row in data["epochs"])})
