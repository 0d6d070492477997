import re
from dataclasses import replace

import pytest

from backend.export.benchmark_latex import escaped, latex
from tests.backend.export.reports import compared, content, on_problem, result

HOSTILE = r"100% & $x_1$ #~^{\evil} [a] *b* -- <c> “ß” 学"


def rows(text: str) -> list[list[str]]:
    """The cells of all rows of a text's tables, head included."""
    lines = [line for line in text.splitlines() if line.endswith(r"\\") and not line.startswith(r"\caption")]
    return [re.split(r"(?<!\\)&", line.removesuffix(r" \\")) for line in lines]


def test_every_row_has_as_many_cells_as_the_head() -> None:
    found = rows(latex(content(on_problem(HOSTILE))))
    assert len(found) == 4
    assert {len(cells) for cells in found} == {7}


def test_only_what_a_test_shows_to_be_best_is_bold() -> None:
    best, other, _ = rows(latex(content()))[1:]
    assert best[0].strip() == r"\textbf{evolved}"
    assert "0.6123 $\\pm$ 0.0102" in best[2]
    assert r"\textbf" in best[2]
    assert not any(r"\textbf" in cell for cell in other)


def test_p_after_holm_and_a12_stand_in_the_rivals_rows() -> None:
    finalist, rival, broken = rows(latex(content()))[1:]
    assert [cell.strip() for cell in rival[4:6]] == ["$< 0.0001$", "0.97"]
    assert [cell.strip() for cell in finalist[4:6]] == [r"\textendash{}"] * 2
    assert [cell.strip() for cell in broken[1:3]] == ["10 (10 failed)", r"\textendash{}"]


def test_the_caption_names_problem_part_trials_tests_and_where_published_figures_stand() -> None:
    (caption,) = re.findall(r"\\caption\{(.*)\}", latex(content()))
    for said in ("mnist-1d, test part", "$n = 10$", "Mann--Whitney", "Holm", "Vargha and Delaney", "a paper, table 2"):
        assert said in caption


def test_several_finalists_have_a_table_of_comparisons_of_their_own() -> None:
    two = replace(on_problem(), comparisons=(compared("evolved", "Adam"), compared("other", "Adam")))
    text = latex(content(two))
    assert text.count(r"\begin{tabular}") == 2
    assert {len(cells) for cells in rows(text.split(r"\end{tabular}")[1])} == {8}


def test_more_rows_than_a_page_holds_may_be_broken() -> None:
    many = replace(on_problem(), results=tuple(result(f"contender {place}") for place in range(100)))
    text = latex(content(many))
    assert text.count(r"\begin{longtable}") == text.count(r"\end{longtable}") == 1
    assert r"\begin{table}" not in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a_b & c%", r"a\_b \& c\%"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("[x]", "{[}x{]}"),
        ("a---b", "a-{}-{}-b"),
        ("é", "é"),
        ("学", "{[}U+5B66{]}"),
        ("two\nlines\x00", "two lines"),
    ],
)
def test_a_label_is_shown_as_it_is_and_obeyed_in_nothing(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_a_hostile_label_leaves_the_braces_balanced_and_the_comments_on_their_lines() -> None:
    text = latex(content(on_problem(HOSTILE, rival="a\nb}"), name="x\n\\end{document}"))
    for line in text.splitlines():
        bare = re.sub(r"\\[{}]", "", line)
        assert bare.count("{") == bare.count("}"), line
    begun, ended = (re.findall(rf"(?m)^\\{word}\{{(\w+)\}}", text) for word in ("begin", "end"))
    assert sorted(begun) == sorted(ended)
    assert r"\end{document}" not in text


def test_what_is_unfinished_says_so() -> None:
    text = latex(content(unfinished="Not finished yet.", headline=None, verdicts=()))
    assert "% UNFINISHED: Not finished yet." in text
    assert "Unfinished.}" in text
    assert "nfinished" not in latex(content())
