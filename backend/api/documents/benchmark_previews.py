"""What an order of a benchmark would mean, as the API shows it."""

from dataclasses import asdict
from typing import Literal

from pydantic import Field

from backend.api.documents.document import Document, Measure, with_example
from backend.api.documents.experiments import DifferenceDocument
from backend.experiments.benchmark_configuration import BenchmarkConfiguration
from backend.experiments.benchmark_preview import BenchmarkPreview


class StageDocument(Document):
    """A phase of a benchmark and how many trainings it has at most."""

    name: Literal["tuning", "trials", "confirmation"]
    trainings: int


class PlannedContenderDocument(Document):
    """A contender as it would be trained."""

    label: str
    finalist: bool
    text: str
    source: str = Field(description="where it comes from, in words")
    kind: Literal["rate_vector", "schedule_program", "update_rule", "built_in"]
    individual_id: int | None
    searched: int = Field(description="trainings that it took to find it")
    trainings: int | None = Field(description="of its tuning on each problem")


class BenchmarkPreviewDocument(Document):
    """What an order of a benchmark means before anything is started."""

    model_config = with_example(
        {
            "declaration": BenchmarkConfiguration.model_validate(
                {
                    "problems": ["mnist-1d"],
                    "contenders": [
                        {"label": "evolved", "phenotype": "if_func(epoch < 12, 0.0506, 0.0011)"},
                        {"label": "constant", "schedule": "constant"},
                    ],
                    "finalists": ["evolved"],
                }
            ).model_dump(mode="json"),
            "entrants": [],
            "stages": [{"name": "trials", "trainings": 20}],
            "trainings": 20,
            "comparisons": 1,
            "smallest_p": 0.0000108,
            "fewest_trials": 4,
            "seconds_estimate": 12.5,
            "estimate_basis": "0.625 s a training, from the last trainings of these problems here; 1 worker present",
            "differences": [],
            "warnings": [],
        }
    )

    declaration: BenchmarkConfiguration = Field(description="with every default, and the rivals that always take part")
    entrants: list[PlannedContenderDocument] = Field(description="all that are trained, those of a grid each")
    stages: list[StageDocument] = Field(description="in their order; those without trainings are left out")
    trainings: int = Field(description="upper bound: contenders that do the same share them")
    comparisons: int = Field(description="declared comparisons on all problems; all p values are corrected for them")
    smallest_p: Measure = Field(description="that these trials can reach after correction; null without comparisons")
    fewest_trials: int | None = Field(description="with which anything could be shown; null without comparisons")
    seconds_estimate: Measure = Field(description="upper bound; null: nothing to estimate it from")
    estimate_basis: str
    differences: list[DifferenceDocument] = Field(description="from the preset; empty without one")
    warnings: list[str]


def benchmark_preview_document(found: BenchmarkPreview) -> BenchmarkPreviewDocument:
    """Return what an order of a benchmark would mean."""
    shown = [name for name in PlannedContenderDocument.model_fields if name != "finalist"]
    return BenchmarkPreviewDocument(
        declaration=found.resolved.declaration,
        entrants=[
            PlannedContenderDocument(
                **{name: getattr(each, name) for name in shown}, finalist=place in found.resolved.finalists
            )
            for place, each in enumerate(found.resolved.contenders)
        ],
        stages=[StageDocument(**asdict(stage)) for stage in found.stages],
        trainings=found.trainings,
        comparisons=found.power.comparisons,
        smallest_p=found.power.smallest_p,
        fewest_trials=found.power.fewest_trials,
        seconds_estimate=found.estimate.seconds,
        estimate_basis=found.estimate.basis,
        differences=[DifferenceDocument(**asdict(each)) for each in found.differences],
        warnings=list(found.warnings),
    )
