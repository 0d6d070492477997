from backend.originals.progress_report import check_report


def lines(text: str) -> list[tuple[int | None, str]]:
    return [(left.line, left.why) for left in check_report(text, "r.csv", {0: 0.5, 1: 0.75, 2: None})][1:]


def test_a_report_that_agrees_is_listed_as_a_whole_alone() -> None:
    assert lines("0\t-0.5\t-0.4\t0.1\n1\t-0.75\t-0.4\t0.1\n2\tnan\tnan\tnan\n") == []


def test_a_line_that_says_another_best_is_listed() -> None:
    assert lines("0\t-0.5\t-0.4\t0.1\n1\t-0.9\t-0.4\t0.1\n") == [
        (2, "it says that the best of generation 1 is 0.9, its individuals say 0.75.")
    ]


def test_lines_of_no_dump_and_torn_ones_are_listed() -> None:
    assert lines("9\t-0.5\t0\t0\n\n0\t\n") == [
        (1, "there is no dump of generation 9."),
        (3, "the line cannot be read."),
    ]
