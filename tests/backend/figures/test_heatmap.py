"""The heatmap of all individuals."""

from backend.figures.heatmap import heatmap_figure
from backend.figures.values import FitnessCell

CELLS = [
    FitnessCell(11, 0, 0.2),
    FitnessCell(12, 0, None, "nan"),
    FitnessCell(13, 0, 0.6),
    FitnessCell(21, 1, 0.7),
]


def test_each_column_is_a_generation_with_the_fittest_first_and_the_failed_last() -> None:
    (heat,) = heatmap_figure(CELLS).data
    assert [row[0] for row in heat.z] == [0.6, 0.2, None]


def test_a_shorter_generation_leaves_its_last_ranks_empty() -> None:
    (heat,) = heatmap_figure(CELLS).data
    assert [row[1] for row in heat.z] == [0.7, None, None]
    assert heat.customdata[1][1] == [None, ""]


def test_every_cell_knows_the_individual_it_stands_for_and_why_it_failed() -> None:
    (heat,) = heatmap_figure(CELLS).data
    assert heat.customdata[2][0] == [12, "no fitness: nan"]


def test_failed_cells_carry_a_cross() -> None:
    (heat,) = heatmap_figure(CELLS).data
    assert [row[0] for row in heat.text] == ["", "", "×"]


def test_a_large_run_is_drawn_without_a_text_in_each_cell() -> None:
    (heat,) = heatmap_figure(FitnessCell(i, i // 20, None, "nan") for i in range(3000)).data
    assert heat.text is None


def test_a_run_without_individuals_gives_an_empty_heatmap() -> None:
    (heat,) = heatmap_figure([]).data
    assert len(heat.z) == 0
