"""What an order of a benchmark would mean before anything is started: trainings, time, what it can show at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.experiments.benchmark_budget import with_main_rivals
from backend.experiments.benchmark_configuration import (
    BenchmarkConfiguration,
    BenchmarkOrder,
    ContenderOrder,
    ResolvedBenchmark,
)
from backend.experiments.benchmark_estimate import Stage, estimate_of, stages_of
from backend.experiments.benchmark_launch import checked
from backend.experiments.benchmark_power import Power, known_beforehand, power_of
from backend.experiments.benchmark_presets import load_benchmark_preset, resolve_benchmark
from backend.experiments.differences import Difference, differences
from backend.experiments.estimate import Estimate
from backend.experiments.preview import DAY

_CONTENDERS = "contenders"


@dataclass(frozen=True)
class BenchmarkPreview:
    """What an order of a benchmark means."""

    resolved: ResolvedBenchmark
    stages: tuple[Stage, ...]
    power: Power
    estimate: Estimate
    differences: tuple[Difference, ...]
    warnings: tuple[str, ...]

    @property
    def trainings(self) -> int:
        """All that may be trained, at most."""
        return sum(stage.trainings for stage in self.stages)


def preview_benchmark(session: Session, order: BenchmarkOrder) -> BenchmarkPreview:
    """Return what the order means; `InvalidOrder` with every fault. Nothing is stored."""
    preset = load_benchmark_preset(order.preset) if order.preset else None
    resolved = checked(session, resolve_benchmark(order))
    expected = estimate_of(session, resolved, preset)
    return BenchmarkPreview(
        resolved=resolved,
        stages=stages_of(resolved),
        power=power_of(resolved),
        estimate=expected,
        differences=tuple(_differences(preset.configuration, resolved.declaration)) if preset else (),
        warnings=tuple(_warnings(resolved, expected)),
    )


def _differences(preset: BenchmarkConfiguration, other: BenchmarkConfiguration) -> Iterator[Difference]:
    """Yield what differs from the preset, contender by contender."""
    preset = with_main_rivals(preset)
    for each in differences(preset, other):
        if each.field != _CONTENDERS:
            yield each
    ours, theirs = ({each.label: _said(each) for each in declared.contenders} for declared in (preset, other))
    for label in {**ours, **theirs}:
        if ours.get(label) != theirs.get(label):
            yield Difference(f"{_CONTENDERS}.{label}", ours.get(label), theirs.get(label))


def _said(order: ContenderOrder) -> str:
    """Return what is declared of a contender, beside its label, in one line."""
    given = order.model_dump(mode="json", exclude_defaults=True, exclude={"label"})
    return ", ".join(f"{name} {_value(value)}" for name, value in given.items())


def _value(value: object) -> str:
    return " ".join(f"{name} {each}" for name, each in value.items()) if isinstance(value, dict) else str(value)


def _warnings(resolved: ResolvedBenchmark, expected: Estimate) -> Iterator[str]:
    yield from known_beforehand(resolved)
    if not resolved.finalists:
        yield "No contender is a finalist: there will be a table, but no declared comparison and no verdict."
    if expected.seconds is not None and expected.seconds > DAY:
        yield f"At this pace it takes up to {expected.seconds / DAY:.3g} days."
    yield from _of_same(resolved)


def _of_same(resolved: ResolvedBenchmark) -> Iterator[str]:
    """Yield contenders that do the same as one before them: they share its trainings, and no difference can show."""
    first: dict[str, str] = {}
    for each in resolved.contenders:
        does = f"{each.kind} {each.content} {each.optimizer}"
        if does in first:
            yield f"{each.label!r} does the same as {first[does]!r}: no trial can tell them apart."
        first.setdefault(does, each.label)
