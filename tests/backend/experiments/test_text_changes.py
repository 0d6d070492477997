from backend.experiments.text_changes import changed_pieces, cut


def test_names_and_numbers_are_one_piece_each() -> None:
    assert cut("add(x_1, 2e-05)") == ["add", "(", "x_1", ",", " ", "2e-05", ")"]


def test_what_both_have_is_there_once_and_the_rest_says_whose_it_is() -> None:
    pieces = [(piece.text, piece.of) for piece in changed_pieces("add(x, 0.1)", "add(y, 0.1)")]
    assert pieces == [("add(", "both"), ("x", "parent"), ("y", "child"), (", 0.1)", "both")]


def test_equal_texts_are_one_piece() -> None:
    assert [piece.of for piece in changed_pieces("0.1", "0.1")] == ["both"]
