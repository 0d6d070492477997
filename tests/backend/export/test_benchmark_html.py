import json
import re
from dataclasses import replace
from html.parser import HTMLParser

from plotly.offline import get_plotlyjs

from backend.export.benchmark_content import Chart
from backend.export.benchmark_html import html, in_script
from tests.backend.export.reports import content, on_problem

HOSTILE = '</script><script>alert("x")</script><img src=x onerror=alert(1)>'


class Tags(HTMLParser):
    """Which elements a file has, and what addresses they name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action")]


def without_plotly(text: str) -> str:
    return text.replace(get_plotlyjs(), "")


def test_the_file_holds_plotlys_script_once_and_needs_nothing_from_anywhere() -> None:
    text = html(content(on_problem(), on_problem(problem="digits")))
    assert text.count(get_plotlyjs()) == 1
    assert Tags(without_plotly(text)).addresses == []
    assert "default-src &#39;none&#39;" in text


def test_without_figures_there_is_no_script_of_plotly() -> None:
    assert len(html(content(replace(on_problem(), charts=())))) < 100_000


def test_whatever_texts_hold_no_element_of_theirs_is_in_the_file() -> None:
    hostile = content(
        on_problem(HOSTILE, HOSTILE, HOSTILE),
        name=HOSTILE,
        unfinished=HOSTILE,
        headline=HOSTILE,
        edges=(HOSTILE,),
        warnings=(HOSTILE,),
        facts=((HOSTILE, HOSTILE),),
        charts=(Chart(HOSTILE, HOSTILE, json.dumps({"data": [], "layout": {"title": HOSTILE}})),),
        published=("published", HOSTILE),
        declaration=HOSTILE,
        command=HOSTILE,
    )
    found, usual = Tags(without_plotly(html(hostile))), Tags(without_plotly(html(content())))
    assert "img" not in found.names
    assert found.names.count("script") == usual.names.count("script") + 1


def test_a_figure_comes_back_out_of_its_script_as_it_was() -> None:
    figure = {"text": f"{HOSTILE} <!-- <script>"}
    inside = in_script(json.dumps(figure))
    assert "<" not in inside
    assert json.loads(inside) == figure
    text = html(content())
    stored = re.findall(r'<script type="application/json">(.*?)</script>', text, re.DOTALL)
    assert [json.loads(each)["data"][0]["y"] for each in stored] == [[1, 2]]


def test_best_is_bold_only_where_a_test_shows_it() -> None:
    rows = re.findall(r"<tr( class=\"best\")?><th scope=\"row\">(\w+)", html(content()))
    assert [label for best, label in rows if best] == ["evolved"]


def test_verdicts_warnings_tuned_text_published_figures_and_the_command_are_there() -> None:
    text = without_plotly(html(content()))
    for said in (
        "evolved is better than Adam on mnist-1d.",
        "lies at the edge.",
        "3 trials can show nothing.",
        "untuned: 0.04",
        "0.9287 ± 0.0016 (test, n 30)",
        "a paper, table 2",
        "autolr benchmark benchmark-3.yaml --seed 7",
        "&lt; 0.0001",
    ):
        assert said in text


def test_what_is_unfinished_is_marked_as_such() -> None:
    assert "Not finished yet." in html(content(unfinished="Not finished yet."))
