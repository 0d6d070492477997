import pytest

from backend.grammar.errors import GrammarError
from backend.grammar.lines import Line, split_lines


def test_lines_are_numbered_from_one() -> None:
    assert split_lines("a\r\nb\rc\n") == (Line(1, "a"), Line(2, "b"), Line(3, "c"), Line(4, ""))


def test_characters_that_only_some_programs_take_for_line_ends_are_none() -> None:
    assert len(split_lines("a\u2028b")) == 1


@pytest.mark.parametrize("text", ["", "   ", "# x", "\t# <b\u203a"])
def test_comments_and_empty_lines_say_nothing(text: str) -> None:
    (line,) = split_lines(text)
    assert line.is_empty_or_comment


def test_a_sign_that_is_no_look_alike_of_a_bracketed_name_is_allowed() -> None:
    assert split_lines("a \u2039 b \u00d7 c")[0].text == "a \u2039 b \u00d7 c"


def test_an_invisible_character_is_refused_in_a_comment_too() -> None:
    with pytest.raises(GrammarError, match=r"line 1, column 3: the character U\+202E"):
        split_lines("# \u202e")
