"""Presets of benchmarks: declarations with a name, kept as YAML files; and an order resolved against them."""

from functools import cache
from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from backend.experiments.benchmark_budget import with_main_rivals
from backend.experiments.benchmark_configuration import BenchmarkConfiguration, BenchmarkOrder, ContenderOrder
from backend.experiments.configuration import Name, Strict
from backend.experiments.errors import FieldError, InvalidOrder
from backend.experiments.faults import field_errors
from backend.experiments.presets import Measured, laid_over
from backend.experiments.published_figures import Published
from backend.settings.resources import PRESETS

_FILES = PRESETS / "benchmarks"


class BenchmarkPreset(Strict):
    """A declaration that is known to be sensible, and what it is for."""

    name: Name
    title: str
    description: str
    # Whether it repeats a published comparison; else it is ours.
    faithful: bool
    measured: Measured
    published: Published | None = Field(None, description="figures that stand beside ours in tables")
    configuration: BenchmarkConfiguration

    @model_validator(mode="after")
    def _published_fits(self) -> Self:
        if self.published is not None:
            self.published.check(self.configuration)
        return self


def benchmark_presets() -> tuple[BenchmarkPreset, ...]:
    """Return all presets, quickest first."""
    found = (read_benchmark_preset(path) for path in sorted(_FILES.glob("*.yaml")))
    return tuple(sorted(found, key=lambda preset: preset.measured.core_minutes))


def load_benchmark_preset(name: str) -> BenchmarkPreset:
    """Return the preset of that name; `InvalidOrder` naming those that exist if there is none."""
    known = {path.stem: path for path in _FILES.glob("*.yaml")}
    if name not in known:
        detail = f"there is no benchmark preset {name!r}; there are {', '.join(sorted(known))}"
        raise InvalidOrder((FieldError("/preset", detail),))
    return read_benchmark_preset(known[name])


def read_benchmark_preset(path: Path) -> BenchmarkPreset:
    """Return what a YAML file declares. Raises OSError, yaml.YAMLError and pydantic's ValidationError."""
    return BenchmarkPreset.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def published_of(name: str | None) -> Published | None:
    """Return the published figures of the preset of that name; None where it has none, or where it is gone.

    Read once: pages ask for them with every change of a benchmark.
    """
    path = _FILES / f"{name}.yaml"
    known = name is not None and path in _FILES.glob("*.yaml")
    return read_benchmark_preset(path).published if known else None


def resolve_benchmark(order: BenchmarkOrder) -> BenchmarkConfiguration:
    """Return the order's full declaration, with the rivals that always take part; `InvalidOrder` with every fault."""
    start = load_benchmark_preset(order.preset).configuration.model_dump() if order.preset else {}
    whole = _with_finalists(laid_over(start, order.overrides), order.finalists)
    try:
        return with_main_rivals(BenchmarkConfiguration.model_validate(whole))
    except ValidationError as error:
        raise InvalidOrder(field_errors(error, "/overrides", BenchmarkConfiguration)) from None


def _with_finalists(whole: dict[str, Any], finalists: tuple[ContenderOrder, ...]) -> dict[str, Any]:
    """Put these in the place of the finalists that are declared."""
    contenders = whole.get("contenders", [])
    if not finalists or not isinstance(contenders, list | tuple):
        return whole
    replaced = whole.get("finalists", ())
    rivals = [each for each in contenders if not isinstance(each, dict) or each.get("label") not in replaced]
    return {
        **whole,
        "contenders": [*(each.model_dump() for each in finalists), *rivals],
        "finalists": [each.label for each in finalists],
    }
