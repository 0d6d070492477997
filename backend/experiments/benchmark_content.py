"""A benchmark as its reports tell it, as far as it has come: from the database to plain values."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import yaml
from plotly.graph_objects import Figure
from sqlalchemy.orm import Session

from backend.benchmarks.table import Row
from backend.experiments.benchmark_configuration import ResolvedBenchmark, ResolvedContender
from backend.experiments.benchmark_facts import facts_of, unfinished
from backend.experiments.benchmark_figures import curves_on, importance_on, transfer, trials_on, tuning_on
from backend.experiments.benchmark_overview import BenchmarkDetail, benchmark_detail
from backend.experiments.benchmark_presets import published_of
from backend.experiments.published_figures import PublishedFigure
from backend.export.benchmark_content import (
    BenchmarkContent,
    Chart,
    Compared,
    Contender,
    OnProblem,
    PublishedValue,
    Result,
    Verdict,
)
from backend.export.benchmark_numbers import NONE
from backend.store import trials
from backend.store.tables import Benchmark

_TRAINED = {"sgd": "under SGD", "adam": "under Adam", "rule": "a rule of its own", "keras": "Keras's own"}
_WORDS = {"better": "better", "worse": "worse", "no_difference": "no difference", "cannot_say": "cannot say"}
_NOT_CONFIRMED = ("no_difference", "not confirmed")

# What of a numerics fingerprint is told.
_VERSIONS = {"tensorflow": "TensorFlow", "keras": "Keras", "numpy": "NumPy", "python": "Python"}


def benchmark_content(session: Session, benchmark: Benchmark, *, with_charts: bool) -> BenchmarkContent:
    """Return all that a report says; `with_charts` where it draws as well."""
    found = benchmark_detail(session, benchmark)
    resolved = found.overview.resolved
    problems = resolved.declaration.problems
    published = published_of(benchmark.preset)
    figures = published.of(tuple(each.label for each in resolved.contenders), problems) if published else ()
    judged = found.report["judged"] if found.report else []
    return BenchmarkContent(
        number=benchmark.id,
        name=benchmark.name,
        state=benchmark.state,
        unfinished=unfinished(found.overview),
        headline=found.overview.headline,
        verdicts=tuple(_verdict(each) for each in judged),
        edges=tuple(each["sentence"] for each in found.report["edges"]) if found.report else (),
        warnings=found.warnings,
        facts=facts_of(found.overview),
        problems=tuple(_on(session, benchmark, found, each, figures, with_charts=with_charts) for each in problems),
        charts=tuple(_transfer(session, benchmark)) if with_charts else (),
        published=(published.word, published.source) if published and figures else None,
        made_with=_versions(session, benchmark.id),
        declaration=declaration_text(resolved),
        command=f"autolr benchmark benchmark-{benchmark.id}.yaml --seed {benchmark.seed}",
    )


def declaration_text(resolved: ResolvedBenchmark) -> str:
    """Return the declaration as a file that `autolr benchmark` takes; what is usual is left out."""
    declared = resolved.declaration.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(declared, sort_keys=False, allow_unicode=True, width=100)


def _on(
    session: Session,
    benchmark: Benchmark,
    found: BenchmarkDetail,
    problem: str,
    figures: tuple[PublishedFigure, ...],
    *,
    with_charts: bool,
) -> OnProblem:
    judged = found.report["judged"] if found.report else []
    part = found.scored_parts[problem]
    on_it = tuple(each for each in figures if each.problem == problem)
    rows = [row for row in found.rows if row.problem == problem]
    resolved = found.overview.resolved
    return OnProblem(
        problem=problem,
        part=part,
        results=tuple(_result(found, row, part, on_it) for row in _ordered(found, rows)),
        comparisons=tuple(_compared(each) for each in judged if each["comparison"]["problem"] == problem),
        contenders=tuple(_contender(resolved, problem, place) for place in range(len(resolved.contenders))),
        charts=tuple(_charts(session, benchmark, problem)) if with_charts else (),
    )


def _ordered(found: BenchmarkDetail, rows: list[Row]) -> list[Row]:
    """Return the rows best first, as the page has them; while it runs, in the order of the declaration."""
    if found.overview.finished_at is None:
        return rows
    return sorted(rows, key=lambda row: -1.0 if row.summary.mean is None else row.summary.mean, reverse=True)


def _result(found: BenchmarkDetail, row: Row, part: str, figures: tuple[PublishedFigure, ...]) -> Result:
    contender, summary = found.overview.resolved.contenders[row.contender], row.summary
    own = [each for each in figures if each.contender == contender.label]
    best = found.report["best"] if found.report else []
    return Result(
        label=contender.label,
        finalist=row.contender in found.overview.resolved.finalists,
        best=[row.problem, row.contender] in best,
        n=summary.n,
        failed=summary.failed,
        mean=summary.mean,
        deviation=summary.deviation,
        median=summary.median,
        low=summary.low,
        high=summary.high,
        trainings=_trainings(contender, less=row.contender in found.less),
        # The part that ours are of comes first.
        published=tuple(
            PublishedValue(each.part, each.mean, each.sd, each.n)
            for each in sorted(own, key=lambda each: each.part != part)
        ),
    )


def _trainings(contender: ResolvedContender, *, less: bool) -> str:
    """Return what a contender's search and its tuning on a problem took, in words; a dash where it is not known."""
    if contender.trainings is None:
        return NONE
    parts = {"search": contender.searched, "tuning": contender.trainings}
    said = " + ".join(f"{count:,} {name}" for name, count in parts.items() if count) or "none"
    return f"{said}, fewer than the finalist" if less else said


def _compared(judged: Mapping[str, Any]) -> Compared:
    found, again = judged["comparison"], judged["confirmation"]
    same = {name: found[name] for name in Compared.__dataclass_fields__ if name in found and name != "outcome"}
    outcome = found["outcome"].replace("_", " ")
    return Compared(**same, outcome=outcome, again=(again["p_holm"], again["n"]) if again else None)


def _verdict(judged: Mapping[str, Any]) -> Verdict:
    outcome, again = judged["comparison"]["outcome"], judged["confirmation"]
    kept = again is None or again["outcome"] == outcome
    outcome, word = (outcome, _WORDS[outcome]) if kept else _NOT_CONFIRMED
    return Verdict(outcome, word, judged["sentence"])


def _contender(resolved: ResolvedBenchmark, problem: str, place: int) -> Contender:
    usual, on_it = resolved.contenders[place], resolved.contender_on(problem, place)
    tuned = next((each for each in resolved.tuned if (each.problem, each.contender) == (problem, place)), None)
    return Contender(
        label=usual.label,
        source=usual.source,
        text=on_it.text,
        usual=usual.text if on_it.text != usual.text else None,
        trained=_TRAINED[usual.optimizer],
        tuned=" ".join((tuned.sentence, *tuned.edges)) if tuned else "not tuned",
    )


def _charts(session: Session, benchmark: Benchmark, problem: str) -> list[Chart]:
    drawn = (
        ("All trials", "Every point is one trial. Box: middle half and median; dashed: mean and deviation.", trials_on),
        ("How they learned", "Mean of the trials by epoch, in a band of one standard deviation.", curves_on),
        ("How they were tuned", "Every point is one set of constants; the line is the best so far.", tuning_on),
        (
            "Which constants mattered",
            "How differently the best trainings' values are spread from those of all (PED-ANOVA), in shares.",
            importance_on,
        ),
    )
    return [
        chart
        for title, about, draw in drawn
        if (chart := _chart(f"{title}, {problem}", about, draw(session, benchmark, problem)))
    ]


def _transfer(session: Session, benchmark: Benchmark) -> list[Chart]:
    about = "Mean accuracy; colours are places within a column. ◆: the problem that a contender's run searched on."
    chart = _chart("What each reaches on each problem", about, transfer(session, benchmark))
    return [chart] if chart else []


def _chart(title: str, about: str, figure: Figure) -> Chart | None:
    """Return the chart, or None where nothing is drawn in it."""
    if not any(_is_drawn(trace) for trace in figure.data):
        return None
    return Chart(title, about, figure.to_json())


def _is_drawn(trace: Any) -> bool:
    values = trace.x if trace.type == "box" else trace.y
    return values is not None and len(values) > 0


def _versions(session: Session, benchmark_id: int) -> str:
    """Return the versions that trained what has been trained, and our own."""
    known = [
        row.result["numerics"] for row in trials.of_benchmark(session, benchmark_id, with_results=True) if row.result
    ]
    named = {name: sorted({str(each[key]) for each in known if key in each}) for key, name in _VERSIONS.items()}
    said = [f"{name} {' and '.join(found)}" for name, found in named.items() if found]
    return ", ".join([f"AutoLR {version('autolr')}", *said])
