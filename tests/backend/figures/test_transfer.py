from backend.figures.transfer import FOUND_HERE, transfer_figure
from backend.figures.values import TransferCell, TransferRow

PROBLEMS = ("mnist-1d", "digits")


def cell(mean: float | None, *, n: int = 3, failed: int = 0, found_here: bool = False) -> TransferCell:
    return TransferCell(mean, None if mean is None else 0.01, n, failed, found_here)


def test_every_cell_has_its_mean_printed_and_the_rest_on_hover() -> None:
    figure = transfer_figure(PROBLEMS, [TransferRow("evolved", (cell(0.5), cell(0.9, n=4, failed=1)))])
    (matrix,) = figure.data
    assert list(map(list, matrix.text)) == [["0.5000", "0.9000"]]
    assert matrix.customdata[0][1] == "evolved on digits<br>0.9000 ± 0.0100<br>4 trials, 1 failed"


def test_colours_are_places_within_a_column_since_problems_are_not_equally_hard() -> None:
    rows = [TransferRow("a", (cell(0.5), cell(0.91))), TransferRow("b", (cell(0.6), cell(0.90)))]
    matrix = transfer_figure(PROBLEMS, rows).data[0]
    assert [[round(value, 9) for value in row] for row in matrix.z] == [[0, 1], [1, 0]]
    alone = transfer_figure(PROBLEMS, rows[:1]).data[0]
    assert list(map(list, alone.z)) == [[1, 1]]


def test_the_problem_that_its_run_searched_on_is_marked() -> None:
    matrix = transfer_figure(PROBLEMS, [TransferRow("a", (cell(0.5, found_here=True), cell(0.9)))]).data[0]
    assert list(matrix.text[0]) == [f"{FOUND_HERE} 0.5000", "0.9000"]
    assert "its run searched on this problem" in matrix.customdata[0][0]
    assert "searched" not in matrix.customdata[0][1]


def test_what_failed_throughout_and_what_has_not_begun_are_told_apart() -> None:
    row = TransferRow("a", (cell(None, failed=3), cell(None, n=0)))
    matrix = transfer_figure(PROBLEMS, [row]).data[0]
    assert list(matrix.text[0]) == ["all failed", "–"]
    assert list(matrix.z[0]) == [None, None]


def test_one_problem_has_nothing_to_be_transferred_to() -> None:
    assert not transfer_figure(("mnist-1d",), [TransferRow("a", (cell(0.5),))]).data


def test_labels_are_shown_as_they_are() -> None:
    figure = transfer_figure(PROBLEMS, [TransferRow("<b>x</b>", (cell(0.5), cell(0.9)))])
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;x&lt;/b&gt;",)
    assert "<b>" not in figure.data[0].customdata[0][0].replace("<br>", "")
