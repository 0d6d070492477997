import json

from backend.figures.importance import importance_figure
from backend.figures.values import ContenderImportance


def test_every_constant_has_a_bar_with_its_share() -> None:
    found = ContenderImportance("Adam", {"learning_rate": 0.75, "beta_1": 0.25}, None)
    figure = importance_figure([found])
    (bars,) = figure.data
    assert list(bars.x) == [0.75, 0.25]
    assert list(bars.text) == ["75%", "25%"]
    assert list(figure.layout.yaxis.ticktext) == ["Adam: learning rate", "Adam: beta 1"]


def test_where_nothing_can_be_said_the_row_says_why_instead_of_a_bar() -> None:
    figure = importance_figure([ContenderImportance("Lion", {}, "every training gave the same score")])
    (bars,) = figure.data
    assert (list(bars.x), list(bars.text)) == ([0.0], ["every training gave the same score"])
    assert list(figure.layout.yaxis.ticktext) == ["Lion"]


def test_two_contenders_whose_labels_begin_alike_keep_their_own_rows() -> None:
    label = "a label that is longer than what is shown of it"
    found = [ContenderImportance(f"{label} {place}", {"rate": 1.0}, None) for place in range(2)]
    assert list(importance_figure(found).data[0].y) == [0, 1]


def test_labels_are_shown_as_they_are() -> None:
    figure = importance_figure([ContenderImportance("<b>x</b>", {}, "<i>why</i>")])
    text = json.dumps(json.loads(figure.to_json()), ensure_ascii=False)
    assert "<b>" not in text
    assert "<i>" not in text
