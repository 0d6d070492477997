from backend.figures.lineage import lineage_figure
from backend.figures.values import LineagePoint

POINTS = [
    LineagePoint(0, 7, "create", 0.4, changed=True),
    LineagePoint(1, 12, "elite", 0.4, changed=False),
    LineagePoint(2, 19, "mutation", None, changed=True),
]


def test_the_line_has_a_value_for_each_generation_and_gaps_where_there_is_none() -> None:
    line = lineage_figure(POINTS).data[0]
    assert (list(line.x), list(line.y)) == ([0, 1, 2], [0.4, 0.4, None])


def test_a_mark_stands_where_something_changed_and_knows_the_individual() -> None:
    marks = {trace.name: trace for trace in lineage_figure(POINTS).data[1:]}
    assert list(marks) == ["create", "mutation"]
    assert marks["mutation"].customdata[0] == [19]
    assert marks["create"].marker.symbol != marks["mutation"].marker.symbol


def test_nothing_is_drawn_of_nobody() -> None:
    assert len(lineage_figure([]).data) == 0


def test_where_all_are_equal_the_axis_stays_near_them() -> None:
    level = [LineagePoint(number, number, "elite", 0.5, changed=False) for number in range(3)]
    assert list(lineage_figure(level).layout.yaxis.range) == [0.45, 0.55]
