"""Benchmarks as the API shows them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from backend.api.documents.document import Document, Measure, moment, moment_or_none, with_example
from backend.api.documents.published import PublishedDocument, published_document
from backend.experiments.benchmark_configuration import BenchmarkConfiguration
from backend.experiments.benchmark_overview import BenchmarkDetail, BenchmarkOverview
from backend.experiments.benchmark_presets import published_of

BenchmarkStateName = Literal["waiting", "running", "finished", "cancelled", "failed"]
OutcomeName = Literal["better", "worse", "no_difference", "cannot_say"]

_DECLARED: dict[str, Any] = {
    "problems": ["mnist-1d"],
    "contenders": [
        {"label": "evolved", "phenotype": "if_func(epoch < 12, 0.0506, 0.0011)"},
        {"label": "constant", "schedule": "constant", "constants": {"learning_rate": 0.01}},
    ],
    "finalists": ["evolved"],
    "trials": 10,
}

_EXAMPLE = {
    "id": 1,
    "name": "evolved against constant",
    "preset": None,
    "experiment_id": None,
    "problems": ["mnist-1d"],
    "contenders": ["evolved", "constant"],
    "finalists": ["evolved"],
    "trials": 10,
    "seed": 7,
    "state": "finished",
    "phase": "trials",
    "message": None,
    "headline": "No difference shown in the one declared comparison.",
    "trainings": 20,
    "trainings_finished": 20,
    "trainings_failed": 0,
    "trainings_taken_over": 0,
    "progress": 1.0,
    "seconds": 41.5,
    "seconds_left": None,
    "created_at": "2026-01-05T10:00:00Z",
    "finished_at": "2026-01-05T10:00:41Z",
}


class BenchmarkDocument(Document):
    """A comparison of contenders that was declared beforehand: what it is doing, how far it is, what came out."""

    model_config = with_example(_EXAMPLE)

    id: int
    name: str
    preset: str | None
    experiment_id: int | None = Field(description="the experiment whose best are its finalists")
    problems: list[str]
    contenders: list[str] = Field(description="labels of all that are trained, those of a grid each")
    finalists: list[str] = Field(description="labels of those that are compared with all others")
    trials: int = Field(description="trials of each contender on each problem in the first round")
    seed: int
    state: BenchmarkStateName
    phase: Literal["tuning", "trials", "confirmation"] = Field(description="what is being trained, or was last")
    message: str | None = Field(description="why it failed, in plain words")
    headline: str | None = Field(description="the verdict in one sentence; null until it has finished")
    trainings: int = Field(
        description="evaluations asked for so far, while it is tuned those that are planned; contenders that do the "
        "same share them"
    )
    trainings_finished: int
    trainings_failed: int
    trainings_taken_over: int = Field(description="those finished whose result was known from an earlier training")
    progress: float = Field(ge=0, le=1, description="share of `trainings` that are finished")
    seconds: float = Field(description="since it began, until it ended")
    seconds_left: Measure = Field(description="estimate from the pace so far; null while it is not known")
    created_at: datetime
    finished_at: datetime | None


class ContenderDocument(Document):
    """A contender as it was when the benchmark was ordered."""

    label: str
    finalist: bool
    text: str
    source: str = Field(description="where it comes from, in words")
    kind: Literal["rate_vector", "schedule_program", "update_rule", "built_in"]
    optimizer: Literal["sgd", "adam", "rule", "keras"]
    individual_id: int | None
    found_on: str | None = Field(description="the problem that the run of an individual searched on")
    family: str | None = Field(description="the contender whose grid it is of")
    tried: dict[str, float] = Field(description="the grid's constant and its value here")
    searched: int = Field(description="trainings that it took to find it")
    trainings: int | None = Field(description="of its tuning on each problem; null where it was not recorded")
    less: bool = Field(description="it had fewer trainings than search and tuning of the finalist took together")


class TableRowDocument(Document):
    """What a contender reached on a problem, as far as its trials go. Accuracies are shares, 0 to 1."""

    problem: str
    contender: int = Field(description="its place in `contenders`")
    n: int = Field(description="finished trials, failed ones included")
    failed: int
    mean: Measure
    deviation: Measure = Field(description="standard deviation of the sample")
    median: Measure
    low: Measure = Field(description="lower end of the median's 95 % bootstrap interval")
    high: Measure = Field(description="upper end of it")
    best: bool = Field(description="a test shows it to be better than all that it was held against")
    edge: str | None = Field(description="its value is the best of its grid and lies at the edge of it, in words")
    epochs_to_target: Measure = Field(description="median, of the trials that reach the target")
    reached_target: int | None = Field(description="trials that reach the target; null where there is none")


class ComparisonDocument(Document):
    """Two contenders' trials, compared. A p value is null where no test can be made."""

    problem: str
    finalist: str
    rival: str
    n: int
    n_rival: int
    failed: int
    failed_rival: int
    difference: Measure = Field(description="of the means, finalist minus rival")
    p: Measure = Field(description="Mann-Whitney U, two-sided")
    p_holm: Measure = Field(description="the same after Holm's correction for all declared comparisons")
    p_pairs: Measure = Field(description="Wilcoxon's signed-rank test on the trials of equal seed")
    p_pairs_holm: Measure
    a12: Measure = Field(description="Vargha and Delaney's: share of the pairs that the finalist wins")
    trials_needed: int | None = Field(description="trials a side that would show such a difference in 4 of 5 attempts")
    outcome: OutcomeName


class JudgedDocument(Document):
    """A declared comparison, what came of trying it again, and both in words."""

    sentence: str
    comparison: ComparisonDocument
    confirmation: ComparisonDocument | None


class TunedDocument(Document):
    """What a contender's tuning on a problem found: the constants that it is tried with there."""

    problem: str
    contender: int = Field(description="its place in `entrants`")
    constants: dict[str, float]
    score: Measure = Field(description="the accuracy that they reached; null where no training ended with one")
    trainings: int = Field(description="trainings for tuning that are finished")
    failed: int
    text: str = Field(description="what the contender is with these constants")
    sentence: str = Field(description="all of it in plain words")
    edges: list[str] = Field(description="constants whose best value lies at the edge of what was tried, in words")


class SearchedRunDocument(Document):
    """A run whose individuals are contenders or, while the benchmark waits, will be."""

    id: int
    name: str
    state: str


class TargetDocument(Document):
    """The validation accuracy that the best rival reaches in half of its trials."""

    problem: str
    level: float


class BenchmarkDetailDocument(BenchmarkDocument):
    """A benchmark with its declaration, its table and, once it has finished, its verdicts."""

    model_config = with_example(
        {
            **_EXAMPLE,
            "declaration": BenchmarkConfiguration.model_validate(_DECLARED).model_dump(mode="json"),
            "scored_parts": {"mnist-1d": "test"},
            "entrants": [],
            "tuned": [],
            "table": [],
            "judged": [],
            "pairs": [],
            "targets": [],
            "edges": [],
            "warnings": [],
            "published": None,
            "runs": [{"id": 3, "name": "quickstart", "state": "finished"}],
        }
    )

    declaration: BenchmarkConfiguration
    scored_parts: dict[str, Literal["test", "fitness"]] = Field(description="what trials are scored on, by problem")
    entrants: list[ContenderDocument]
    tuned: list[TunedDocument] = Field(description="empty until the tuning phase has ended, or without one")
    table: list[TableRowDocument] = Field(description="live while it runs")
    judged: list[JudgedDocument] = Field(description="the declared comparisons; empty until it has finished")
    pairs: list[ComparisonDocument] = Field(description="all pairs, not declared: for the table alone")
    targets: list[TargetDocument]
    edges: list[str] = Field(description="rivals whose best value lies at the edge of what was tried, in words")
    warnings: list[str] = Field(description="what such a benchmark cannot show, known beforehand")
    published: PublishedDocument | None = Field(
        description="figures of its preset's contenders that stand beside ours; null where there are none"
    )
    runs: list[SearchedRunDocument] = Field(
        description="the runs that evolved contenders come from; while it is `waiting`, those whose end it waits for: "
        "its finalists are placeholders until then"
    )


def benchmark_document(found: BenchmarkOverview) -> BenchmarkDocument:
    """Return a benchmark as lists show it."""
    return BenchmarkDocument(**_fields(found))


def benchmark_detail_document(found: BenchmarkDetail) -> BenchmarkDetailDocument:
    """Return a benchmark with all that is known of it."""
    report = found.report or {"judged": [], "pairs": [], "targets": [], "edges": [], "best": []}
    return BenchmarkDetailDocument(
        **_fields(found.overview),
        declaration=found.overview.resolved.declaration,
        scored_parts=found.scored_parts,
        entrants=_contenders(found),
        tuned=_tuned(found.overview),
        table=_table(found, report),
        judged=[
            JudgedDocument(**{name: each[name] for name in JudgedDocument.model_fields}) for each in report["judged"]
        ],
        pairs=[ComparisonDocument(**each) for each in report["pairs"]],
        targets=[TargetDocument(problem=each["problem"], level=each["level"]) for each in report["targets"]],
        edges=[each["sentence"] for each in report["edges"]],
        warnings=list(found.warnings),
        published=published_document(published_of(found.overview.preset), found.overview.resolved),
        runs=[SearchedRunDocument(id=row.run.id, name=row.experiment.name, state=row.run.state) for row in found.runs],
    )


def _fields(found: BenchmarkOverview) -> dict[str, Any]:
    same = {name: getattr(found, name) for name in BenchmarkDocument.model_fields if hasattr(found, name)}
    labels = [each.label for each in found.resolved.contenders]
    return {
        **same,
        "problems": list(found.resolved.declaration.problems),
        "contenders": labels,
        "finalists": [labels[place] for place in found.resolved.finalists],
        "trials": found.resolved.declaration.trials,
        "trainings": found.asked,
        "trainings_finished": found.finished,
        "trainings_failed": found.failed,
        "trainings_taken_over": found.taken_over,
        "created_at": moment(found.created_at),
        "finished_at": moment_or_none(found.finished_at),
    }


def _contenders(found: BenchmarkDetail) -> list[ContenderDocument]:
    shown = [name for name in ContenderDocument.model_fields if name not in ("finalist", "less")]
    return [
        ContenderDocument(
            **{name: getattr(each, name) for name in shown},
            finalist=place in found.overview.resolved.finalists,
            less=place in found.less,
        )
        for place, each in enumerate(found.overview.resolved.contenders)
    ]


def _tuned(found: BenchmarkOverview) -> list[TunedDocument]:
    shown = TunedDocument.model_fields
    return [TunedDocument(**each.model_dump(mode="json", include=set(shown))) for each in found.resolved.tuned]


def _table(found: BenchmarkDetail, report: dict[str, Any]) -> list[TableRowDocument]:
    best = {tuple(each) for each in report["best"]}
    edges = {(each["problem"], each["contender"]): each["sentence"] for each in report["edges"]}
    times = {
        (target["problem"], place): time for target in report["targets"] for place, time in enumerate(target["times"])
    }
    return [
        TableRowDocument(
            problem=row.problem,
            contender=row.contender,
            **asdict(row.summary),
            best=(row.problem, row.contender) in best,
            edge=edges.get((row.problem, row.contender)),
            epochs_to_target=times.get((row.problem, row.contender), {}).get("epochs"),
            reached_target=times.get((row.problem, row.contender), {}).get("reached"),
        )
        for row in found.rows
    ]
