import json

from backend.figures.contenders import MOST_CURVES, curves_figure, trials_figure
from backend.figures.values import BandLine, ContenderCurves, ContenderTrials

LINE = BandLine((0.1, 0.2), (0.05, 0.1), (0.15, 0.3))


def curves(label: str, rate: BandLine = LINE) -> ContenderCurves:
    return ContenderCurves(label, LINE, LINE, rate)


def test_every_trial_is_a_point_of_its_contenders_box() -> None:
    figure = trials_figure([ContenderTrials("a", True, (0.1, 0.2)), ContenderTrials("b", False, ())], "accuracy")
    assert [list(trace.x) for trace in figure.data] == [[0.1, 0.2], []]
    assert [trace.meta["role"] for trace in figure.data] == ["best", "baseline"]
    assert all(trace.boxpoints == "all" for trace in figure.data)


def test_the_figure_is_higher_the_more_contenders_there_are() -> None:
    few, many = (
        trials_figure([ContenderTrials(str(place), False, (0.1,)) for place in range(count)], "accuracy").layout.meta
        for count in (2, 100)
    )
    assert many["least_height"] - few["least_height"] >= 98 * 20


def test_names_are_shown_as_they_are() -> None:
    figure = trials_figure([ContenderTrials("<b>bold</b>", False, (0.1,))], "accuracy")
    assert "<b>" not in json.dumps(json.loads(figure.to_json())["data"], ensure_ascii=False)


def test_accuracy_loss_and_rate_each_have_a_line_in_a_band() -> None:
    figure = curves_figure([curves("a")], "validation")
    lines = [trace for trace in figure.data if trace.name == "a"]
    bands = [trace for trace in figure.data if trace.fill == "tonexty"]
    assert [trace.yaxis for trace in lines] == [trace.yaxis for trace in bands] == ["y", "y2", "y3"]
    assert figure.layout.yaxis.title.text == "validation accuracy"


def test_where_nobody_has_a_rate_there_is_no_panel_for_it() -> None:
    none = BandLine((None, None), (None, None), (None, None))
    figure = curves_figure([curves("a", none)], "validation")
    assert {trace.yaxis for trace in figure.data} == {"y", "y2"}
    assert (figure.layout.xaxis.anchor, figure.layout.yaxis2.domain[0]) == ("y2", 0)
    assert "yaxis3" not in json.loads(figure.to_json())["layout"]
    assert curves_figure([curves("a", none), curves("b")], "validation").layout.xaxis.anchor == "y3"


def test_no_more_are_drawn_than_can_be_told_apart() -> None:
    figure = curves_figure([curves(str(place)) for place in range(9)], "validation")
    shown = [trace for trace in figure.data if trace.showlegend]
    assert len(shown) == MOST_CURVES
    assert len({(trace.line.color, trace.line.dash) for trace in shown}) == MOST_CURVES


def test_rates_that_span_much_have_a_logarithmic_axis() -> None:
    wide = BandLine((0.1, 0.0001), (0.1, 0.0001), (0.1, 0.0001))
    assert curves_figure([curves("a", wide)], "validation").layout.yaxis3.type == "log"
    assert curves_figure([curves("a")], "validation").layout.yaxis3.type is None


def test_epochs_that_no_trial_reached_leave_the_band_out() -> None:
    short = BandLine((0.1, None), (0.05, None), (0.15, None))
    band = next(trace for trace in curves_figure([curves("a", short)], "training").data if trace.fill)
    assert len(band.x) == 2
    rates = [trace for trace in curves_figure([curves("a", short)], "training").data if trace.yaxis == "y3"]
    assert [len(trace.x) for trace in rates] == [1, 1, 2]
