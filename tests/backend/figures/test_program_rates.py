"""The figure of a schedule program's rates over the epochs."""

from backend.figures.program_rates import program_rates_figure
from backend.figures.values import RateLine, TrainingCurve, TrainingPoint

LINES = [RateLine(f"at a loss of {loss}", (0.01 * loss,) * 4) for loss in (2, 1, 0.5)]
BASELINE = RateLine("constant 0.001", (0.001,) * 4)


def _training(low: float | None, high: float | None) -> TrainingCurve:
    points = (TrainingPoint(epoch, 1.0, 1.0, 0.5, 0.5, 0.002, low, high) for epoch in range(2))
    return TrainingCurve("fold 1", tuple(points))


def test_each_loss_is_a_line_of_its_own_dash_beside_the_baseline() -> None:
    figure = program_rates_figure(LINES, 4, BASELINE)
    assert [trace.name for trace in figure.data] == [BASELINE.name, *(line.name for line in LINES)]
    assert len({trace.line.dash for trace in figure.data[1:]}) == 3


def test_what_a_training_set_is_a_line_in_the_band_of_its_batches() -> None:
    lower, upper, mean = program_rates_figure(LINES, 4, BASELINE, [_training(0.001, 0.003)]).data[:3]
    assert (list(lower.y), list(upper.y), upper.fill) == ([0.001, 0.001], [0.003, 0.003], "tonexty")
    assert (list(mean.x), list(mean.y)) == ([1, 2], [0.002, 0.002])


def test_a_training_whose_batches_had_one_rate_has_no_band() -> None:
    figure = program_rates_figure(LINES, 4, BASELINE, [_training(None, None)])
    assert [trace.name for trace in figure.data][:2] == ["mean rate in its training", BASELINE.name]


def test_a_rate_of_zero_is_a_gap_on_a_logarithmic_axis_and_the_name_says_so() -> None:
    figure = program_rates_figure([RateLine("at a loss of 2", (0.5, 0.0))], 2, BASELINE)
    assert figure.layout.yaxis.type == "log"
    assert (figure.data[-1].name, list(figure.data[-1].y)) == ("at a loss of 2 (gaps: rate 0)", [0.5, None])


def test_epochs_that_a_training_spent_at_a_rate_of_zero_are_left_out_of_a_logarithmic_axis() -> None:
    still = TrainingPoint(2, 1.0, 1.0, 0.5, 0.5, 0.0)
    trained = TrainingCurve("fold 1", (*_training(None, None).points, still))
    figure = program_rates_figure([RateLine("at a loss of 2", (0.5, 0.0, 0.0))], 3, BASELINE, [trained])
    assert list(figure.data[0].x) == [1, 2]


def test_a_rate_of_zero_is_drawn_where_the_others_are_alike() -> None:
    figure = program_rates_figure([RateLine("at a loss of 2", (0.002, 0.0))], 2, BASELINE)
    assert (figure.layout.yaxis.type, list(figure.data[-1].y)) == ("linear", [0.002, 0.0])


def test_epochs_beyond_the_trained_ones_are_shaded() -> None:
    assert program_rates_figure(LINES, 3, BASELINE).layout.shapes[0].x0 == 3.5
    assert not program_rates_figure(LINES, 4, BASELINE).layout.shapes
