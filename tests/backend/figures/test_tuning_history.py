from backend.figures.tuning_history import MOST_TUNINGS, improvements, tuning_history_figure
from backend.figures.values import ContenderTuning, TuningPoint


def tuning(*scores: float | None, label: str = "Adam") -> ContenderTuning:
    points = [TuningPoint(place, score, f"constants {place}") for place, score in enumerate(scores)]
    return ContenderTuning(label, tuple(points))


def test_every_score_is_a_point_and_the_best_so_far_a_line_of_steps() -> None:
    figure = tuning_history_figure([tuning(0.5, 0.4, 0.6, 0.55)], "validation accuracy")
    line, points, _ = figure.data
    assert (list(points.x), list(points.y)) == ([0, 1, 2, 3], [0.5, 0.4, 0.6, 0.55])
    assert (list(line.x), list(line.y), line.line.shape) == ([0, 2, 3], [0.5, 0.6, 0.6], "hv")
    assert figure.layout.yaxis.title.text == "validation accuracy"


def test_what_failed_is_marked_in_a_strip_of_its_own() -> None:
    figure = tuning_history_figure([tuning(0.5, None, 0.6)], "accuracy")
    failed = next(trace for trace in figure.data if trace.meta["role"] == "failed")
    assert (list(failed.x), failed.yaxis, list(failed.text)) == ([1], "y2", ["constants 1"])
    assert [trace.x for trace in figure.data if trace.mode == "markers" and trace.yaxis is None] == [(0, 2), ()]
    assert all(trace.yaxis is None for trace in tuning_history_figure([tuning(0.5)], "accuracy").data)


def test_a_tuning_in_which_all_failed_has_no_line() -> None:
    figure = tuning_history_figure([tuning(None, None)], "accuracy")
    assert [trace.mode for trace in figure.data if len(trace.x)] == ["markers"]


def test_hovering_shows_constants_as_they_are_written() -> None:
    hostile = ContenderTuning("<b>a</b>", (TuningPoint(0, 0.5, "<i>rate</i> 1\nbeta 2"),))
    figure = tuning_history_figure([hostile], "accuracy")
    assert figure.data[1].text == ("&lt;i&gt;rate&lt;/i&gt; 1<br>beta 2",)
    assert {trace.name for trace in figure.data} == {"&lt;b&gt;a&lt;/b&gt;"}


def test_no_more_are_drawn_than_can_be_told_apart_and_those_without_trainings_are_left_out() -> None:
    figure = tuning_history_figure([tuning(), *(tuning(0.5, label=str(place)) for place in range(9))], "accuracy")
    shown = [trace.name for trace in figure.data if trace.mode == "lines"]
    assert shown == [str(place) for place in range(MOST_TUNINGS)]
    symbols = {trace.marker.symbol for trace in figure.data if trace.mode == "markers" and len(trace.x)}
    assert len(symbols) == MOST_TUNINGS


def test_of_very_many_points_those_that_were_the_best_so_far_are_always_drawn() -> None:
    scores = [0.5] * 4001
    scores[1237] = 0.9
    points = tuning_history_figure([tuning(*scores)], "accuracy").data[1]
    assert len(points.x) < 500
    assert 1237 in points.x


def test_a_race_is_marked_and_is_no_part_of_the_line() -> None:
    whole = ContenderTuning("a", (*tuning(0.5, 0.6).points, TuningPoint(2, 0.7, "raced", raced=True)))
    line, tried, raced = tuning_history_figure([whole], "accuracy").data
    assert (list(tried.x), list(raced.x), raced.marker.symbol) == ([0, 1], [2], "star")
    assert list(line.y) == [0.5, 0.6, 0.6]


def test_an_equal_score_is_no_improvement() -> None:
    assert [point.number for point in improvements(tuning(None, 0.5, 0.5, 0.6).points)] == [1, 3]


def test_without_any_training_the_figure_is_empty() -> None:
    assert not tuning_history_figure([], "accuracy").data
