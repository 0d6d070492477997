"""Runs as the API shows them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from backend.api.documents.benchmarks import BenchmarkStateName
from backend.api.documents.document import Document, Measure, moment, moment_or_none, with_example
from backend.api.documents.not_taken_over import NotTakenOverDocument, not_taken_over_document
from backend.api.documents.savings import SAVINGS_EXAMPLE, SavingsDocument, savings_document
from backend.experiments.configuration import MOST_GENERATIONS, Configuration
from backend.experiments.overview import BaselineStanding, RunOverview
from backend.experiments.savings import Savings
from backend.experiments.transfer import Source
from backend.problems.catalogue import SCORED_ON_TEST_DATA

RunStateName = Literal["running", "stopping", "finished", "stopped", "cancelled", "failed"]
EvaluationStateName = Literal["pending", "running", "finished", "cancelled"]

RUN_EXAMPLE = {
    "id": 1,
    "experiment_id": 1,
    "experiment_name": "quickstart",
    "name": "quickstart",
    "preset": "quickstart",
    "evolves": "schedule",
    "problem": "mnist-1d",
    "scored_on_test_data": False,
    "grammar": "dlr-2020",
    "seed": 7,
    "state": "running",
    "message": None,
    "generation": 3,
    "generations": 12,
    "progress": 0.29,
    "seconds_left": 41.5,
    "seconds": 17.2,
    "best_fitness": 0.6125,
    "best_individual_id": 44,
    "baseline": {"name": "constant 0.01", "fitness": 0.5325, "state": "finished"},
    "baselines": [{"name": "constant 0.01", "fitness": 0.5325, "state": "finished"}],
    "trainings": 37,
    "trainings_saved": 31,
    "trainings_failed": 0,
    "trainings_taken_over": 0,
    "generations_since_improvement": 1,
    "digest": "9f2b6c0d7e4a58c1d0a3f5b7c9e1d3f5a7b9c1d3e5f7a9b1c3d5e7f9a1b3c5d7",
    "created_at": "2026-01-05T10:00:00Z",
    "finished_at": None,
    "fitness_by_generation": [0.58, 0.6125, 0.6125],
    "imported_generations": 0,
    "benchmarks": [],
}


class BaselineDocument(Document):
    """A human-made schedule or update rule, trained under the run's own protocol."""

    name: str
    fitness: Measure = Field(description="null while it is not known, and where the training failed")
    state: EvaluationStateName


class StandingDocument(Document):
    """A benchmark of the best of an experiment, and how it stands."""

    id: int
    name: str
    state: BenchmarkStateName
    message: str | None = Field(description="why it failed or could not begin, in plain words")
    headline: str | None = Field(description="the verdict in one sentence; null until it has finished")


class RunDocument(Document):
    """One seeded evolution: what it is doing, how far it is, and how good its best is."""

    model_config = with_example(RUN_EXAMPLE)

    id: int
    experiment_id: int
    experiment_name: str
    name: str = Field(description="the experiment's name, with the run's number if there are several")
    preset: str | None
    evolves: Literal["schedule", "update_rule", "schedule_program"]
    problem: str
    scored_on_test_data: bool = Field(description="whether the problem's fitness part is the published test data")
    grammar: str = Field(
        description="the grammar's name; `own grammar` where its text was given, `expression trees` where there is none"
    )
    seed: int
    state: RunStateName
    message: str | None = Field(description="why the run failed or was stopped, in plain words")
    generation: int = Field(description="the generation being evaluated, from 0; once ended: the last one evaluated")
    generations: int = Field(description="generations to evaluate")
    progress: float = Field(ge=0, le=1, description="share of the individuals that are evaluated")
    seconds_left: Measure = Field(description="estimate from the pace so far; null while it is not known")
    seconds: float = Field(description="since the run began, until it ended")
    best_fitness: Measure = Field(description="the largest fitness so far")
    best_individual_id: int | None
    baseline: BaselineDocument | None = Field(description="the best of the baselines, as far as they are known")
    baselines: list[BaselineDocument] = Field(description="all that the run is held against")
    trainings: int = Field(description="evaluations of individuals trained to their end")
    trainings_saved: int = Field(description="individuals whose behaviour the run had already met")
    trainings_failed: int = Field(description="trainings that ended without a score")
    trainings_taken_over: int = Field(description="trainings whose result was known from an earlier one, in any run")
    generations_since_improvement: int
    digest: str | None = Field(description="SHA-256 over all that was evolved, of the last complete generation")
    created_at: datetime
    finished_at: datetime | None
    fitness_by_generation: list[Measure] = Field(description="the best so far, after each complete generation")
    imported_generations: int = Field(
        description="how many of its generations the original AutoLR made and trained; 0: the run is AutoLR's own"
    )
    benchmarks: list[StandingDocument] = Field(description="those that compare the best of its experiment")


class SourceDocument(Document):
    """A seed as it was written, and the formula that it became."""

    seed: str
    formula: str
    run_id: int | None = Field(description="null: it came from an exported file")
    individual_id: int | None


class RunDetail(RunDocument):
    """A run with the full configuration that it follows."""

    model_config = with_example(
        {
            **RUN_EXAMPLE,
            "configuration": Configuration().model_dump(mode="json"),
            "savings": SAVINGS_EXAMPLE,
            "seeds_from": [{"seed": "run:3", "formula": "0.0506", "run_id": 3, "individual_id": 88}],
            "not_taken_over": [],
        }
    )

    configuration: Configuration
    savings: SavingsDocument
    seeds_from: list[SourceDocument] = Field(description="those of its seeds that came from elsewhere")
    not_taken_over: list[NotTakenOverDocument] = Field(description="imported runs: what was left behind, and why")


class Extension(Document):
    """How far a run that has ended is to go on."""

    model_config = with_example({"generations": 10})

    generations: Annotated[int, Field(strict=True, ge=1, le=MOST_GENERATIONS, description="how many more")]


def run_document(run: RunOverview) -> RunDocument:
    """Return a run as lists show it."""
    return RunDocument(**_fields(run))


def run_detail(run: RunOverview, saved: Savings, sources: Sequence[Source]) -> RunDetail:
    """Return a run with its configuration, what it saved, and where its seeds came from."""
    left = run.imported.not_taken_over if run.imported else ()
    return RunDetail(
        **_fields(run),
        configuration=run.configuration,
        savings=savings_document(saved),
        seeds_from=[SourceDocument(**asdict(source)) for source in sources],
        not_taken_over=[not_taken_over_document(each) for each in left],
    )


def _fields(run: RunOverview) -> dict[str, Any]:
    same = (name for name in RunDocument.model_fields if hasattr(run, name))
    return {name: getattr(run, name) for name in same} | {
        "evolves": run.configuration.evolves,
        "problem": run.configuration.problem,
        "scored_on_test_data": run.configuration.problem in SCORED_ON_TEST_DATA,
        "baseline": None if run.baseline is None else _baseline(run.baseline),
        "baselines": [_baseline(standing) for standing in run.baselines],
        "created_at": moment(run.created_at),
        "finished_at": moment_or_none(run.finished_at),
        "fitness_by_generation": list(run.fitness_by_generation),
        "imported_generations": run.imported.generations if run.imported else 0,
        "benchmarks": [
            StandingDocument(**{name: getattr(each, name) for name in StandingDocument.model_fields})
            for each in run.benchmarks
        ],
    }


def _baseline(standing: BaselineStanding) -> BaselineDocument:
    return BaselineDocument(name=standing.name, fitness=standing.fitness, state=standing.state)
