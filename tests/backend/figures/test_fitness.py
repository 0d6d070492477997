"""The figure of fitness by generation."""

from backend.figures.fitness import fitness_figure
from backend.figures.values import Baseline, GenerationPoint


def _point(number: int, best: float | None = 0.5) -> GenerationPoint:
    return GenerationPoint(number, best, 0.4, 0.3, 0.45, 0.1, 5, 3, 2, 6)


def _names(generations: list[GenerationPoint], baselines: list[Baseline]) -> list[str]:
    return [trace.name for trace in fitness_figure(generations, baselines).data]


def test_a_run_without_generations_gives_an_empty_figure_rather_than_an_error() -> None:
    assert all(len(trace.y) == 0 for trace in fitness_figure([], [Baseline("constant 0.01", 0.4)]).data)


def test_every_series_of_the_chart_is_named() -> None:
    names = _names([_point(0), _point(1)], [])
    assert {"best", "median", "middle half", "without fitness"} <= set(names)


def test_a_known_baseline_is_a_dashed_line_across_all_generations() -> None:
    figure = fitness_figure([_point(number) for number in range(5)], [Baseline("constant 0.01", 0.42)])
    line = next(trace for trace in figure.data if "constant 0.01" in trace.name)
    assert (line.line.dash, tuple(line.x), tuple(line.y)) == ("dash", (0, 1, 2, 3, 4), (0.42,) * 5)


def test_several_baselines_are_told_apart_by_colour_and_dash() -> None:
    names = ("SGD", "Nesterov", "RMSprop", "Adam")
    figure = fitness_figure([_point(0), _point(1)], [Baseline(name, 0.4) for name in names])
    lines = [trace for trace in figure.data if trace.name in names]
    assert [line.name for line in lines] == list(names)
    assert len({line.line.dash for line in lines}) == len({line.line.color for line in lines}) == len(names)


def test_a_baseline_still_being_trained_is_not_drawn() -> None:
    assert not any("constant" in name for name in _names([_point(0)], [Baseline("constant 0.01", None)]))


def test_a_generation_without_any_fitness_is_a_gap_and_never_a_zero() -> None:
    figure = fitness_figure([_point(0), _point(1, best=None)])
    best = next(trace for trace in figure.data if trace.name == "best")
    assert tuple(best.y) == (0.5, None)


def test_a_baselines_name_cannot_smuggle_markup_into_the_chart() -> None:
    names = _names([_point(0)], [Baseline("<a href='x'>b</a>", 0.1)])
    assert not any("<" in name for name in names)


def test_a_zoom_survives_a_redraw_because_the_revision_never_changes() -> None:
    first, second = fitness_figure([_point(0)]), fitness_figure([_point(0), _point(1)])
    assert first.layout.uirevision == second.layout.uirevision


def test_many_generations_are_lines_without_thousands_of_markers() -> None:
    figure = fitness_figure([_point(number) for number in range(1500)])
    assert not any(trace.mode and "markers" in trace.mode for trace in figure.data if trace.type == "scatter")
