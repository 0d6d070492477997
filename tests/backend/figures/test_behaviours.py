"""The figure of new, known and untrainable behaviours by generation."""

from dataclasses import replace

from backend.figures.behaviours import behaviours_figure
from backend.figures.values import GenerationPoint

POINT = GenerationPoint(
    0,
    0.5,
    0.4,
    0.3,
    0.45,
    0.1,
    new=5,
    seen_before=3,
    cannot_train=2,
    distinct_behaviours=6,
    failed={"nan": 2, "odd": 1},
)


def test_the_bars_of_a_generation_add_up_to_its_population() -> None:
    bars = [trace for trace in behaviours_figure([POINT]).data if trace.type == "bar"]
    assert sum(bar.y[0] for bar in bars) == 10


def test_bars_differ_by_pattern_as_well_as_colour() -> None:
    bars = [trace for trace in behaviours_figure([POINT]).data if trace.type == "bar"]
    assert len({bar.marker.pattern.shape for bar in bars}) == len(bars)


def test_failures_and_distinct_behaviours_are_marked_with_shapes_of_their_own() -> None:
    lines = {trace.name: trace for trace in behaviours_figure([POINT]).data if trace.type == "scatter"}
    assert lines["failed: no number"].y[0] == 2
    assert lines["distinct behaviours"].y[0] == 6
    assert lines["failed: no number"].marker.symbol != lines["distinct behaviours"].marker.symbol


def test_failures_are_counted_by_their_reasons_also_by_one_that_is_not_known_here() -> None:
    later = replace(POINT, number=1, failed={"diverged": 3})
    lines = {trace.name: tuple(trace.y) for trace in behaviours_figure([POINT, later]).data if "failed" in trace.name}
    assert lines == {"failed: no number": (2, 0), "failed: odd": (1, 0), "failed: diverged": (0, 3)}
