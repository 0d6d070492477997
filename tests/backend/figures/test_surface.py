"""The figure of a rate against epoch and loss."""

import pytest

from backend.figures.surface import surface_figure
from backend.figures.values import RateSurface, TrainingCurve, TrainingPoint

STEEP = RateSurface((0, 1, 2), (0.0, 1.0), ((0.1, 0.01, 0.001), (1.0, 0.0, 0.0001)))
FLAT = RateSurface((0, 1), (0.0, 2.0), ((0.1, 0.2), (0.3, 0.4)))


def _training(**changes: float | None) -> TrainingCurve:
    point = {"loss": 1.5, "val_loss": 1.0, "accuracy": 0.2, "val_accuracy": 0.3, "rate": 0.02, **changes}
    return TrainingCurve("fold 1", (TrainingPoint(epoch=0, **point), TrainingPoint(epoch=1, **{**point, "loss": None})))


def test_colours_are_logarithmic_where_the_rates_span_much_and_a_rate_of_zero_stays_bare() -> None:
    surface = surface_figure(STEEP).data[0]
    assert surface.z[0] == pytest.approx((-1, -2, -3))
    assert surface.z[1][1] is None
    assert list(surface.colorbar.ticktext) == ["0.0001", "0.001", "0.01", "0.1", "1"]


def test_similar_rates_are_coloured_as_they_are() -> None:
    surface = surface_figure(FLAT).data[0]
    assert [list(row) for row in surface.z] == [[0.1, 0.2], [0.3, 0.4]]


def test_hovering_says_the_rate_itself_whatever_the_scale() -> None:
    surface = surface_figure(STEEP).data[0]
    assert [list(row) for row in surface.customdata] == [list(row) for row in STEEP.rates]


def test_epochs_count_from_one_and_some_may_be_left_out() -> None:
    assert list(surface_figure(STEEP).data[0].x) == [1, 2, 3]
    assert list(surface_figure(RateSurface((0, 10), FLAT.losses, FLAT.rates)).data[0].x) == [1, 11]


def test_what_is_clamped_is_marked_by_shape_and_said_in_the_legend() -> None:
    marks = {trace.name: list(zip(trace.x, trace.y, strict=True)) for trace in surface_figure(STEEP).data[2:]}
    assert marks == {"rate 0: nothing is learned": [(2, 1.0)], "rate 1: the largest there is": [(1, 1.0)]}


def test_a_surface_that_is_never_clamped_has_no_such_marks() -> None:
    assert [trace.type for trace in surface_figure(FLAT).data] == ["heatmap", "contour"]
    assert not surface_figure(FLAT).data[1].showlegend


def test_large_regions_get_marks_here_and_there() -> None:
    surface = RateSurface(tuple(range(100)), tuple(float(row) for row in range(40)), ((0.0,) * 100,) * 40)
    (marks,) = surface_figure(surface).data[1:]
    assert 50 < len(marks.x) <= 16 * 16


def test_each_training_is_a_path_through_the_losses_that_it_met() -> None:
    paths = [trace for trace in surface_figure(FLAT, [_training(), _training()]).data if trace.text]
    assert [(list(trace.x), list(trace.y), trace.name) for trace in paths] == [
        ([1], [1.5], "where its trainings went"),
        ([1], [1.5], None),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "fold 1: rate 0.02"),
        ({"rate_low": 0.01, "rate_high": 0.03}, "fold 1: mean rate 0.02, from 0.01 to 0.03"),
        ({"rate": None}, "fold 1: rate not known"),
    ],
)
def test_a_path_says_the_rates_that_were_set(changes: dict[str, float | None], said: str) -> None:
    assert surface_figure(FLAT, [_training(**changes)]).data[-1].text == (said,)


def test_rates_that_are_all_zero_are_drawn_as_marks_alone() -> None:
    figure = surface_figure(RateSurface((0, 1), (0.0, 1.0), ((0.0, 0.0), (0.0, 0.0))))
    assert [trace.name for trace in figure.data] == ["rate", "rate 0: nothing is learned"]
    assert not figure.data[0].showscale


def test_a_loss_that_ran_away_leaves_the_picture_and_is_said() -> None:
    figure = surface_figure(FLAT, [_training(loss=1030.0), _training()])
    assert list(figure.layout.yaxis.range) == [0, 2.0]
    assert "where its trainings went, up to a loss of 1030" in [trace.name for trace in figure.data]
