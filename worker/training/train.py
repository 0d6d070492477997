"""One evaluation: a behaviour is trained on a fold and scored."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backend.problems.catalogue import get_problem
from backend.problems.problem import Problem
from backend.problems.result import EpochRow, EvaluationResult, Reason
from backend.problems.specification import EvaluationSpecification
from worker.training.batches import epochs
from worker.training.early_stop import EarlyStop
from worker.training.failure import TrainingFailed, check_epoch, check_steps
from worker.training.kept import KeptWeights
from worker.training.network import State
from worker.training.numerics import fingerprint
from worker.training.optimizers.choose import begin_optimizer
from worker.training.optimizers.optimizer import Optimizer
from worker.training.parts import EvaluationParts, load_parts
from worker.training.seeds import Seeds


class TrainingAborted(Exception):
    """Whoever asked for the training no longer wants it; it has no result."""


def train(
    specification: EvaluationSpecification,
    on_epoch: Callable[[EpochRow], None],
    should_stop: Callable[[], bool],
    on_step: Callable[[], None] = lambda: None,
    datasets_dir: Path | None = None,
) -> EvaluationResult:
    """Train a network by the specification and score it: the result is a pure function of it, times apart.

    `on_epoch` is called once after every epoch; `on_step` within it, after every few steps, which last about a
    second or are one step: a sign of life. `should_stop` is asked as often. `datasets_dir` is the user's folder of
    data sets. A training that fails is a result with a reason. Raises TrainingAborted where `should_stop` said so,
    DatasetUnavailable where the data cannot be had here, ValueError where the behaviour is none that can be trained.
    """
    problem = get_problem(specification.problem)
    parts = load_parts(specification, datasets_dir)
    optimizer = begin_optimizer(specification, problem, parts.train.size)
    watch = Watch(on_epoch, on_step, should_stop)
    return _Training(specification, problem, optimizer, parts, watch).run()


@dataclass(frozen=True)
class Watch:
    """Who is told about progress, and who may end it."""

    on_epoch: Callable[[EpochRow], None]
    on_step: Callable[[], None]
    should_stop: Callable[[], bool]

    def step(self) -> None:
        """A few steps are done; raises TrainingAborted where they were the last."""
        self.on_step()
        if self.should_stop():
            raise TrainingAborted


class _Training:
    """One training from its first state to its score."""

    def __init__(
        self,
        specification: EvaluationSpecification,
        problem: Problem,
        optimizer: Optimizer,
        parts: EvaluationParts,
        watch: Watch,
    ) -> None:
        self._problem = problem
        self._planned_epochs = specification.epochs
        self._optimizer = optimizer
        self._loop = optimizer.loop
        self._parts = parts
        self._watch = watch
        self._started = time.perf_counter()
        seeds = Seeds(specification.seed)
        self._batches = epochs(problem, parts.train.size, specification.batch_size, seeds)
        self._early_stop = EarlyStop(specification.patience)
        self._state = self._loop.network.initial_state(seeds)
        self._kept = KeptWeights(specification.kept, self._state)
        self._rows: list[EpochRow] = []

    def run(self) -> EvaluationResult:
        """Train until the last epoch, an early stop or a failure; then score."""
        try:
            for epoch in range(self._planned_epochs):
                self._epoch(epoch)
                if self._early_stop.reached(epoch):
                    break
        except TrainingFailed as failure:
            return self._result(None, failure.reason, str(failure))
        _, accuracy = self._loop.measure(self._kept.state, self._parts.scored, self._watch.step)
        return self._result(accuracy, None, None)

    def _epoch(self, epoch: int) -> None:
        """Train and validate once, tell it, and raise TrainingFailed where that was the end."""
        started = time.perf_counter()
        try:
            loss, accuracy = self._train_batches(epoch)
        except TrainingFailed:
            self._tell(epoch, started)
            raise
        measured = self._optimizer.measured(self._state)
        val_loss, val_accuracy = self._validate(measured)
        self._tell(epoch, started, loss, accuracy, val_loss, val_accuracy)
        check_epoch(epoch, self._optimizer.rate(epoch), loss, val_loss, self._problem.classes)
        if val_loss is not None:
            self._early_stop.improved(epoch, val_loss)
            self._optimizer.validated(val_loss)
        self._kept.offer(epoch, measured, val_loss, val_accuracy)

    def _validate(self, state: State) -> tuple[float, float] | tuple[None, None]:
        """Loss and accuracy in validation, where there is such a part."""
        if self._parts.validation is None:
            return None, None
        return self._loop.measure(state, self._parts.validation, self._watch.step)

    def _train_batches(self, epoch: int) -> tuple[float, float]:
        """Mean loss and accuracy over the samples; raises TrainingFailed as soon as a number is not finite."""
        losses: list[float] = []
        correct = 0
        for batches in self._loop.pace.calls(next(self._batches)):
            self._state, steps = self._optimizer.train(self._state, self._parts.train, batches, epoch)
            self._watch.step()
            check_steps(steps, epoch, self._optimizer.rate(epoch))
            losses.extend(float(loss) * batches.size for loss in steps.loss)
            correct += int(steps.correct.sum())
        # fsum is exact: the sum does not depend on how many steps a call happened to take.
        return math.fsum(losses) / self._parts.train.size, correct / self._parts.train.size

    def _tell(self, epoch: int, started: float, *measured: float | None) -> None:
        """Keep and pass on what an epoch came to: loss, accuracy and the same in validation, or nothing at all."""
        loss, accuracy, val_loss, val_accuracy = map(_finite, measured) if measured else (None,) * 4
        low, high = self._optimizer.rate_range() or (None, None)
        row = EpochRow(
            epoch=epoch,
            loss=loss,
            accuracy=accuracy,
            val_loss=val_loss,
            val_accuracy=val_accuracy,
            rate=self._optimizer.rate(epoch),
            seconds=time.perf_counter() - started,
            rate_low=low,
            rate_high=high,
        )
        self._rows.append(row)
        self._watch.on_epoch(row)

    def _result(self, score: float | None, reason: Reason | None, message: str | None) -> EvaluationResult:
        return EvaluationResult(
            score=score,
            reason=reason,
            message=message,
            best_epoch=self._early_stop.best_epoch,
            stopped_early=reason is None and len(self._rows) < self._planned_epochs,
            epochs=tuple(self._rows),
            seconds=time.perf_counter() - self._started,
            numerics=fingerprint(),
            kept_epoch=self._kept.epoch if reason is None else None,
        )


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None
