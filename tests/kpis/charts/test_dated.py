"""What is done or due in months stands above them: one mark of each kind, where it lies within the chart."""

from __future__ import annotations

from fractions import Fraction

from core.charts.frame import NARROW, WIDE
from kpis.charts.drawing import drawing
from kpis.charts.interactive import interactive_figure
from kpis.charts.line import Dated, line_chart
from kpis.charts.plot import ChartPlot
from tests.kpis.charts.readings import APRIL, reading


def chart_with(*dated):
    readings = [reading(APRIL.next(ahead), "76") for ahead in range(12)]
    chart = line_chart(readings, title="On target", description="Months", dated=dated)
    assert chart is not None
    return chart


def done(ahead, words="done"):
    return Dated(APRIL.next(ahead), done=True, words=words)


def due(ahead, words="due"):
    return Dated(APRIL.next(ahead), done=False, words=words)


def test_one_mark_for_all_that_is_done_in_a_month_in_the_order_of_months():
    chart = chart_with(due(5), done(3, "one"), done(3, "two"), due(3))

    assert [(one.month, one.done, one.words) for one in chart.dated] == [
        (APRIL.next(3), True, "one; two"),
        (APRIL.next(3), False, "due"),
        (APRIL.next(5), False, "due"),
    ]


def test_the_first_and_the_last_month_are_within_and_their_neighbours_are_not():
    chart = chart_with(done(-1), done(0), done(11), done(12))

    assert [one.month for one in chart.dated] == [APRIL, APRIL.next(11)]


def test_a_mark_stands_over_its_month_and_two_of_one_month_side_by_side():
    chart = chart_with(done(3), due(3), done(6))
    for frame in (WIDE, NARROW):
        drawn = drawing(chart, frame)
        first, second, alone = (
            (Fraction(mark.left), Fraction(mark.left) + drawn.flag) for mark in drawn.dated
        )
        middle = ChartPlot(chart, frame).x(APRIL.next(6))

        assert first[1] < second[0]
        assert abs(sum(alone) / 2 - middle) < Fraction(1, 10)
        assert 0 < drawn.flag < frame.top
        assert [mark.hollow for mark in drawn.dated] == [False, True, False]


def test_the_chart_library_draws_the_same_at_the_upper_edge():
    figure = interactive_figure(chart_with(done(3, "one"), done(3, "two"), due(6)))
    _, marks = figure["data"]

    assert marks["x"] == ["2018-07-01", "2018-10-01"]
    assert set(marks["y"]) == {figure["layout"]["yaxis"]["range"][1]}
    assert marks["text"] == ["July 2018<br>one<br>two", "October 2018<br>due"]
    assert marks["marker"]["color"] == ["#14304a", "#ffffff"]
    falls = [shape for shape in figure["layout"]["shapes"] if shape["x0"] == shape["x1"]]
    assert [shape["x0"] for shape in falls] == marks["x"]
    assert len(interactive_figure(chart_with())["data"]) == 1
