"""Experiments, and what an order of one would mean, as the API shows them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from pydantic import Field, JsonValue

from backend.api.documents.document import Document, Measure, moment, with_example
from backend.api.documents.individuals import RatesAtLossDocument, rates_at_losses_documents
from backend.api.documents.runs import RUN_EXAMPLE, RunDocument, run_document
from backend.experiments.configuration import Configuration
from backend.experiments.overview import RunOverview
from backend.experiments.preview import Preview, Sample
from backend.store.tables import Experiment


class ExperimentDocument(Document):
    """One question: a configuration and its runs, which differ in their seeds alone."""

    model_config = with_example(
        {
            "id": 1,
            "name": "quickstart",
            "preset": "quickstart",
            "seed": 7,
            "configuration": Configuration().model_dump(mode="json"),
            "created_at": "2026-01-05T10:00:00Z",
            "runs": [RUN_EXAMPLE],
        }
    )

    id: int
    name: str
    preset: str | None
    seed: int
    configuration: Configuration
    created_at: datetime
    runs: list[RunDocument]


class DifferenceDocument(Document):
    """A field that differs from the preset."""

    field: str
    preset: JsonValue
    value: JsonValue


class SampleDocument(Document):
    """An individual of the first generation that this order would begin with."""

    phenotype: str
    simplified: str
    words: str
    rates: list[Measure] | None = Field(
        description="schedules: learning rate of each epoch; null: it gives no usable rates, or is an update rule"
    )
    rates_at_losses: list[RatesAtLossDocument] | None = Field(
        None, description="schedule programs that read a loss: their rates at a high, a middle and a low one"
    )
    formula: str | None = Field(description="update rules: the simplified rule in MathML; null: a schedule")
    cannot_train: str | None = Field(description="why it can learn nothing, in a sentence; null: it can be trained")


class PreviewDocument(Document):
    """What an order means before anything is started."""

    model_config = with_example(
        {
            "configuration": Configuration().model_dump(mode="json"),
            "trainings_most": 191,
            "seconds_estimate": 75.0,
            "estimate_basis": "0.8 s a training, measured on 40 trainings like these here; 2 workers present",
            "differences": [{"field": "search.population_size", "preset": 20, "value": 40}],
            "samples": [
                {
                    "phenotype": "if_func(epoch < 12, 0.0506, 0.0011)",
                    "simplified": "if_func(epoch < 12, 0.0506, 0.0011)",
                    "words": "0.0506 until epoch 11, then 0.0011.",
                    "rates": [0.0506, 0.0506, 0.0011],
                    "rates_at_losses": None,
                    "formula": None,
                    "cannot_train": None,
                }
            ],
            "warnings": [],
            "benchmark_trainings": None,
            "benchmark_seconds": None,
        }
    )

    configuration: Configuration
    trainings_most: int = Field(description="upper bound: behaviours that come again are trained once")
    seconds_estimate: Measure = Field(description="upper bound; null: nothing to estimate it from")
    estimate_basis: str
    differences: list[DifferenceDocument]
    samples: list[SampleDocument]
    warnings: list[str]
    benchmark_trainings: int | None = Field(description="upper bound for the benchmark that follows; null: none does")
    benchmark_seconds: Measure = Field(description="its time, at most; null: none follows, or nothing to go by")


def experiment_document(experiment: Experiment, runs: Sequence[RunOverview]) -> ExperimentDocument:
    """Return an experiment with its runs."""
    return ExperimentDocument(
        id=experiment.id,
        name=experiment.name,
        preset=experiment.preset,
        seed=experiment.seed,
        configuration=Configuration.model_validate(experiment.configuration),
        created_at=moment(experiment.created_at),
        runs=[run_document(run) for run in runs if run.experiment_id == experiment.id],
    )


def preview_document(found: Preview) -> PreviewDocument:
    """Return what an order would mean."""
    return PreviewDocument(
        configuration=found.configuration,
        trainings_most=found.trainings_most,
        seconds_estimate=found.estimate.seconds,
        estimate_basis=found.estimate.basis,
        differences=[DifferenceDocument(**asdict(difference)) for difference in found.differences],
        samples=[_sample(sample) for sample in found.samples],
        warnings=list(found.warnings),
        benchmark_trainings=found.benchmark_trainings,
        benchmark_seconds=found.benchmark_seconds,
    )


def _sample(sample: Sample) -> SampleDocument:
    return SampleDocument(
        phenotype=sample.phenotype,
        simplified=sample.portrait.simplified,
        words=sample.portrait.words,
        rates=None if sample.rates is None else list(sample.rates),
        rates_at_losses=rates_at_losses_documents(sample.rates_at_losses),
        formula=sample.formula,
        cannot_train=sample.portrait.cannot_train,
    )
