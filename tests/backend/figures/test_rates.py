"""The figure of a schedule's shape."""

from backend.figures.rates import rates_figure
from backend.figures.values import RateLine

SCHEDULE = RateLine("best", (0.05, 0.05, 0.001))


def test_a_rate_is_drawn_as_a_step_that_holds_for_its_epoch() -> None:
    (line,) = rates_figure(SCHEDULE, 3).data
    assert (line.line.shape, tuple(line.x), tuple(line.y)) == ("hvh", (1, 2, 3), SCHEDULE.rates)


def test_the_schedule_is_drawn_last_so_that_it_lies_on_top() -> None:
    figure = rates_figure(SCHEDULE, 3, RateLine("constant 0.01", (0.01,) * 3), [RateLine("parent", (0.02,) * 3)])
    assert [trace.name for trace in figure.data] == ["parent", "constant 0.01", "best"]


def test_epochs_beyond_the_trained_ones_are_shaded_and_said_to_be_untrained() -> None:
    figure = rates_figure(SCHEDULE, 2)
    assert (figure.layout.shapes[0].x0, figure.layout.annotations[0].text) == (2.5, "not trained")
    assert not rates_figure(SCHEDULE, 3).layout.shapes


def test_rates_that_span_much_get_a_logarithmic_axis() -> None:
    assert rates_figure(SCHEDULE, 3).layout.yaxis.type == "log"


def test_a_rate_of_zero_keeps_the_axis_linear() -> None:
    assert rates_figure(RateLine("stops", (0.1, 0.0)), 2).layout.yaxis.type == "linear"


def test_similar_rates_keep_the_axis_linear() -> None:
    assert rates_figure(RateLine("flat", (0.02, 0.01)), 2).layout.yaxis.type == "linear"
