"""Contents of reports on benchmarks."""

from dataclasses import replace
from typing import Any

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

FIGURE = (
    '{"data": [{"type": "scatter", "y": [1, 2], "meta": {"role": "best"}}], "layout": {"template": {"layout": {}}}}'
)


def result(label: str, **changes: Any) -> Result:
    """A contender of ten trials, none failed."""
    usual = Result(label, False, False, 10, 0, 0.6123, 0.0102, 0.6101, 0.6, 0.62, "130 tuning", ())
    return replace(usual, **changes)


def compared(finalist: str, rival: str, **changes: Any) -> Compared:
    """A difference that was confirmed."""
    usual = Compared(finalist, rival, "better", 10, 10, 0.0123, 0.001, 0.00002, 0.002, 0.97, 8, (0.0004, 10))
    return replace(usual, **changes)


def on_problem(label: str = "evolved", rival: str = "Adam", problem: str = "mnist-1d") -> OnProblem:
    """A problem with a finalist that is best, a rival, and one that failed throughout."""
    nothing = {"mean": None, "deviation": None, "median": None, "low": None, "high": None, "failed": 10}
    published = (PublishedValue("test", 0.9287, 0.0016, 30),)
    return OnProblem(
        problem=problem,
        part="test",
        results=(
            result(label, finalist=True, best=True, published=published),
            result(rival),
            result("broken", **nothing),
        ),
        comparisons=(compared(label, rival), compared(label, "broken", a12=1.0, p_holm=None)),
        contenders=(Contender(label, "typed in", "0.05", "0.04", "under SGD", "not tuned"),),
        charts=(Chart("All trials", "Every point is one trial.", FIGURE),),
    )


def content(*problems: OnProblem, **changes: Any) -> BenchmarkContent:
    """A finished benchmark."""
    usual = BenchmarkContent(
        number=3,
        name="mine",
        state="finished",
        unfinished=None,
        headline="evolved: better in 2 of 2 declared comparisons.",
        verdicts=(Verdict("better", "better", "evolved is better than Adam on mnist-1d."),),
        edges=("Adam: its best learning rate lies at the edge.",),
        warnings=("3 trials can show nothing.",),
        facts=(("seed", "7"),),
        problems=problems or (on_problem(),),
        charts=(),
        published=("published", "a paper, table 2"),
        made_with="AutoLR 0.1.0",
        declaration="problems: [mnist-1d]\n",
        command="autolr benchmark benchmark-3.yaml --seed 7",
    )
    return replace(usual, **changes)
