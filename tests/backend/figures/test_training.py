"""The figure of training curves."""

from dataclasses import replace

from backend.figures.training import training_figure
from backend.figures.values import TrainingCurve, TrainingPoint

POINTS = (TrainingPoint(0, 2.3, 2.2, 0.1, 0.2, 0.01), TrainingPoint(1, None, 1.9, 0.3, 0.35, 0.01))


def test_loss_and_accuracy_are_drawn_for_both_parts_on_axes_of_their_own() -> None:
    figure = training_figure([TrainingCurve("fold 1", POINTS)])
    assert [(trace.name, trace.yaxis) for trace in figure.data] == [
        ("training", "y"),
        ("validation", "y"),
        ("training", "y2"),
        ("validation", "y2"),
    ]


def test_epochs_are_counted_from_one_and_what_is_no_number_is_a_gap() -> None:
    loss = training_figure([TrainingCurve("fold 1", POINTS)]).data[0]
    assert (tuple(loss.x), tuple(loss.y)) == ((1, 2), (2.3, None))


def test_several_folds_are_told_apart_by_name_dash_and_marker() -> None:
    figure = training_figure([TrainingCurve("fold 1", POINTS), TrainingCurve("fold 2", POINTS)])
    losses = [trace for trace in figure.data if trace.name.startswith("training") and trace.yaxis == "y"]
    assert {trace.name for trace in losses} == {"training, fold 1", "training, fold 2"}
    assert losses[0].line.dash != losses[1].line.dash
    assert losses[0].marker.symbol != losses[1].marker.symbol


def test_a_part_that_is_not_measured_has_no_line() -> None:
    unmeasured = tuple(replace(point, val_loss=None, val_accuracy=None) for point in POINTS)
    assert [trace.name for trace in training_figure([TrainingCurve("fold 1", unmeasured)]).data] == ["training"] * 2


def test_rates_that_changed_within_epochs_get_a_panel_with_their_band() -> None:
    varied = tuple(replace(point, rate_low=0.001, rate_high=0.1) for point in POINTS)
    figure = training_figure([TrainingCurve("fold 1", varied)])
    lower, upper, mean = (trace for trace in figure.data if trace.yaxis == "y3")
    assert (list(lower.y), list(upper.y), list(mean.y)) == ([0.001] * 2, [0.1] * 2, [0.01] * 2)
    assert (upper.fill, figure.layout.yaxis3.type, figure.layout.xaxis.anchor) == ("tonexty", "log", "y3")


def test_a_rate_that_was_zero_keeps_the_axis_linear() -> None:
    varied = tuple(replace(point, rate_low=0.0, rate_high=0.1) for point in POINTS)
    assert training_figure([TrainingCurve("fold 1", varied)]).layout.yaxis3.type == "linear"


def test_a_rate_that_held_for_whole_epochs_has_no_panel_of_its_own() -> None:
    assert {trace.yaxis for trace in training_figure([TrainingCurve("fold 1", POINTS)]).data} == {"y", "y2"}
