"""The figure of how large phenotypes become."""

from backend.figures.bloat import bloat_figure
from backend.figures.values import Extent, GenerationExtent

GENERATIONS = [
    GenerationExtent(number, Extent(3, 5, 9 + number, 20 * (number + 1)), Extent(2, 3, 4, 5 + number))
    for number in range(3)
]


def test_nodes_and_depth_have_a_panel_each_with_median_middle_half_and_largest() -> None:
    figure = bloat_figure(GENERATIONS)
    largest = [trace for trace in figure.data if trace.name == "largest"]
    assert [(trace.yaxis, list(trace.y)) for trace in largest] == [("y", [20, 40, 60]), ("y2", [5, 6, 7])]
    assert {trace.name for trace in figure.data if trace.showlegend} == {"median", "middle half", "largest"}


def test_the_band_lies_between_the_quartiles() -> None:
    lower, upper = bloat_figure(GENERATIONS).data[:2]
    assert (list(lower.y), list(upper.y), upper.fill) == ([3, 3, 3], [9, 10, 11], "tonexty")


def test_trees_that_outgrow_the_others_by_far_get_a_logarithmic_axis() -> None:
    spread = Extent(2, 4, 8, 5000)
    figure = bloat_figure([GenerationExtent(0, spread, Extent(2, 3, 4, 9))])
    assert (figure.layout.yaxis.type, figure.layout.yaxis2.type) == ("log", None)


def test_a_run_of_which_no_size_is_known_has_nothing_to_draw() -> None:
    assert not any(trace.y for trace in bloat_figure([]).data)
