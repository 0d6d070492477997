"""The figure of what a rule does to gradients."""

from backend.figures.response import response_figure
from backend.figures.values import Response, ResponseLine

LINES = (
    ResponseLine("<rule>", (0.0, -1.0, -2.0)),
    ResponseLine("Adam", (0.0, -1.0, -1.5)),
    ResponseLine("SGD", (0.0, -1.0, None)),
)
RESPONSES = (Response("constant", LINES), Response("noisy", LINES))


def test_each_kind_of_gradient_has_a_panel_with_every_line_and_says_what_it_is() -> None:
    figure = response_figure(RESPONSES)
    assert [trace.yaxis for trace in figure.data] == ["y"] * 3 + ["y2"] * 3
    assert [note.text for note in figure.layout.annotations] == ["constant", "noisy"]


def test_panels_do_not_overlap() -> None:
    layout = response_figure(RESPONSES).layout
    upper, lower = layout.yaxis.domain, layout.yaxis2.domain
    assert 0 <= lower[0] < lower[1] < upper[0] < upper[1] < 1


def test_a_line_is_named_once_for_all_panels_and_its_name_is_no_markup() -> None:
    shown = [trace.name for trace in response_figure(RESPONSES).data if trace.showlegend]
    assert shown == ["&lt;rule&gt;", "Adam", "SGD"]


def test_lines_differ_by_dash_as_well_as_colour() -> None:
    lines = response_figure(RESPONSES[:1]).data
    assert len({line.line.dash for line in lines}) == len({line.line.color for line in lines}) == 3


def test_a_rule_that_runs_away_leaves_the_panel_and_the_others_stay_to_be_seen() -> None:
    fast = ResponseLine("fast", (0.0, -10.0, -1e30))
    layout = response_figure([Response("constant", (fast, *LINES[1:]))]).layout
    assert layout.yaxis.range == (-9, 0)
    assert response_figure(RESPONSES).layout.yaxis.range is None


def test_nothing_to_draw_gives_an_empty_figure() -> None:
    assert not response_figure(()).data
