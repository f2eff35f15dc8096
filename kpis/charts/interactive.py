"""The chart of one indicator as a figure for the chart library, which adds zoom and hover in the browser.

The same specification, places and words as the server's own drawing. Numbers go out as exact decimal text in lists,
never as arrays, so that the page's JSON holds neither NaN nor packed bytes.
"""

from __future__ import annotations

from typing import Any

from core.charts.frame import WIDE, EndLabel
from core.values.months import Month
from core.values.numbers import Exact, rounded
from kpis.charts.drawing import gaps
from kpis.charts.line import LineChart, Step
from kpis.charts.plot import ChartPlot, end_labels

INK, QUIET, HAIRLINE, PAPER = "#0b0c0c", "#484949", "#dcdedf", "#ffffff"
FLAG, FALL = "#14304a", "#b1b4b6"
COLOURS = {"on_target": "#00703c", "within_tolerance": "#a35200", "failure": "#b10e1e"}
SHAPES = {"on_target": "circle", "within_tolerance": "triangle-up", "failure": "square"}
FAILURE_ZONE, TOLERANCE_ZONE, FAILURE_TEXT = "#f9e3e5", "#fef8f0", "#942514"
LABEL_COLOURS = {"chart__failure-label": FAILURE_TEXT, "chart__latest": INK, "chart__target-label": INK}
# Every month, every quarter or every year is named, so that letters stay horizontal and never meet.
MOST_BY_MONTH, MOST_BY_QUARTER = 30, 72
PLACES = 6
APRIL = 4
MONTHS_OF_A_YEARS_LABEL = 2
YEARS_LABEL = 64  # what "2018/19" needs with a gap, in the units of the wide drawing


def interactive_figure(chart: LineChart) -> dict[str, Any]:
    """The figure as plain lists and dictionaries, ready for ``json_script``."""
    # Imported here, because the library takes a second to load and only this page wants it.
    import plotly.graph_objects as go

    figure = go.Figure(
        data=[go.Scatter(**trace) for trace in (_trace(chart), *_flags(chart))],
        layout=go.Layout(template=_template(go), **_layout(chart)),
    )
    plain: dict[str, Any] = figure.to_plotly_json()
    return plain


def _trace(chart: LineChart) -> dict[str, Any]:
    points = chart.points
    size = 11 if len(points) <= MOST_BY_QUARTER else 7
    colours = [COLOURS.get(point.mark, INK) for point in points]
    return {
        "mode": "lines+markers",
        "x": [point.month.first_day.isoformat() for point in points],
        "y": [None if point.value is None else _text(point.value) for point in points],
        "text": ["<br>".join(point.hover) for point in points],
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "line": {"color": INK, "width": 2, "shape": "linear"},
        "marker": {
            "size": [size + 5 if point.month == chart.focus else size for point in points],
            "symbol": [SHAPES.get(point.mark, "circle") for point in points],
            "color": [
                PAPER if point.hollow else colour for point, colour in zip(points, colours, strict=True)
            ],
            "line": {"color": colours, "width": 2},
            "opacity": 1,
        },
        "cliponaxis": False,
    }


def _flags(chart: LineChart) -> list[dict[str, Any]]:
    """What was done or is due in months, at the upper edge; no trace where there is nothing."""
    if not chart.dated:
        return []
    return [
        {
            "mode": "markers",
            "x": [one.month.first_day.isoformat() for one in chart.dated],
            "y": [_text(chart.axis.high)] * len(chart.dated),
            "text": [f"{one.month.label}<br>{one.words.replace('; ', '<br>')}" for one in chart.dated],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {
                "size": 11,
                "symbol": "triangle-down",
                "color": [FLAG if one.done else PAPER for one in chart.dated],
                "line": {"color": FLAG, "width": 2},
                "opacity": 1,
            },
            "cliponaxis": False,
        }
    ]


def _fall(month: Month, chart: LineChart) -> dict[str, Any]:
    """The thin line from a mark at the upper edge down to the axis."""
    day = month.first_day.isoformat()
    ends = {"x0": day, "x1": day, "y0": _text(chart.axis.low), "y1": _text(chart.axis.high)}
    return {"type": "line", "layer": "below", **ends, "line": {"color": FALL, "width": 1, "dash": "2px,3px"}}


def _template(go: Any) -> Any:
    """The one look of every interactive chart."""
    axis = {
        "gridcolor": HAIRLINE,
        "zeroline": False,
        "tickfont": {"color": QUIET, "size": 14},
        "tickangle": 0,
    }
    return go.layout.Template(
        layout={
            "font": {"family": "arial, sans-serif", "size": 14, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "showlegend": False,
            "hovermode": "closest",
            "hoverlabel": {"bgcolor": INK, "font": {"color": PAPER, "size": 14}, "align": "left"},
            "xaxis": {**axis, "showgrid": False, "type": "date"},
            "yaxis": {**axis, "type": "linear"},
        }
    )


def _layout(chart: LineChart) -> dict[str, Any]:
    first, last = chart.points[0].month, chart.points[-1].month
    named = _named_months(chart)
    unit = "%" if chart.axis.ticks[0][1].endswith("%") else ""
    return {
        "autosize": True,
        "height": WIDE.height + 16,
        "margin": {"l": WIDE.left, "r": WIDE.right, "t": WIDE.top + 4, "b": WIDE.bottom, "pad": 0},
        "xaxis": {
            "range": [_edge(first), _edge(last.next())],
            "ticklabelstandoff": 6,
            "tickmode": "array",
            "tickvals": [month.first_day.isoformat() for month in named],
            "ticktext": [_month_words(month, first, len(chart.points)) for month in named],
        },
        "yaxis": {
            "range": [_text(chart.axis.low), _text(chart.axis.high)],
            "tick0": _text(chart.axis.ticks[0][0]),
            "dtick": _text(chart.axis.ticks[1][0] - chart.axis.ticks[0][0]),
            "ticksuffix": unit,
        },
        "shapes": [shape for step in chart.steps for shape in _shapes(step, chart)]
        + [_fall(one.month, chart) for one in chart.dated],
        "annotations": [_end(label, chart) for label in end_labels(chart, WIDE)]
        + _gaps(chart)
        + _earlier(chart),
    }


def _named_months(chart: LineChart) -> list[Month]:
    """The months that the axis names; of a long series the first month of each quarter or of each contract year."""
    months = [point.month for point in chart.points]
    every = 1 if len(months) <= MOST_BY_MONTH else 3 if len(months) <= MOST_BY_QUARTER else 12
    return [month for month in months if (month.month - APRIL) % every == 0]


def _month_words(month: Month, first: Month, months: int) -> str:
    """The month's name, and its contract year below it where the year begins; of a long series the year alone."""
    if months > MOST_BY_QUARTER:
        return month.contract_year.label
    left = (APRIL - month.month) % 12
    wide_enough = left >= MONTHS_OF_A_YEARS_LABEL and left * WIDE.plot_width >= YEARS_LABEL * months
    room = month == first and wide_enough
    year = f"<br>{month.contract_year.label}" if month.month == APRIL or room else ""
    return month.name[:3] + year


def _shapes(step: Step, chart: LineChart) -> list[dict[str, Any]]:
    left, right = _edge(step.first), _edge(step.last.next())
    base = {"x0": left, "x1": right, "layer": "below"}
    line = {**base, "type": "line", "layer": "between"}
    target = {**line, "y0": _text(step.target), "y1": _text(step.target)}
    shapes = [{**target, "line": {"color": QUIET, "width": 1.5, "dash": "5px,3px"}}]
    if step.failure is None:
        return shapes
    beyond = chart.axis.low if chart.higher_is_better else chart.axis.high
    for colour, begin, end in (
        (TOLERANCE_ZONE, step.target, step.failure),
        (FAILURE_ZONE, step.failure, beyond),
    ):
        zone = {**base, "type": "rect", "y0": _text(begin), "y1": _text(end)}
        shapes.insert(0, {**zone, "fillcolor": colour, "line": {"width": 0}})
    limit = {**line, "y0": _text(step.failure), "y1": _text(step.failure)}
    return [*shapes, {**limit, "line": {"color": COLOURS["failure"], "width": 1}}]


def _end(label: EndLabel, chart: LineChart) -> dict[str, Any]:
    """A label right of the plot; its middle is moved by as much as the drawing had to move it."""
    middle = label.top + len(label.lines) * WIDE.line_height / 2
    words = "<br>".join(label.lines)
    return {
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": 8,
        "y": _text(ChartPlot(chart, WIDE).value(label.at)),
        "yanchor": "middle",
        "yshift": int(label.at - middle),
        "text": words,
        "align": "left",
        "showarrow": False,
        # Bold by its own setting: bold tags become inline styles, which the page's policy refuses.
        "font": {"color": LABEL_COLOURS[label.kind], "weight": 700 if label.kind == "chart__latest" else 400},
    }


def _gaps(chart: LineChart) -> list[dict[str, Any]]:
    """Why months have no point, where and as the drawing says it, fixed to its month and height for zooming."""
    plot = ChartPlot(chart, WIDE)
    return [
        {
            "x": _middle(gap.first, gap.last),
            "y": _text(plot.value(gap.y)),
            "text": "<br>".join(gap.lines),
            "showarrow": False,
            "font": {"color": QUIET, "size": 12},
        }
        for gap in gaps(plot)
    ]


def _earlier(chart: LineChart) -> list[dict[str, Any]]:
    """What the target was, at the start of each stretch but the last."""
    return [
        {
            "x": _edge(step.first),
            "y": _text(step.target),
            "xanchor": "left",
            "yanchor": "bottom",
            "text": f"{step.target_label[1]} until {step.last.short}",
            "showarrow": False,
            "font": {"size": 12},
        }
        for step in chart.steps[:-1]
    ]


def _edge(month: Month) -> str:
    """The day on which a month's column begins, half a month before its point."""
    return month.previous().first_day.replace(day=16).isoformat()


def _middle(first: Month, last: Month) -> str:
    """The point in the middle of adjacent months: a month's first day, or the 16th between two."""
    halves = last.ordinal - first.ordinal
    return first.next(halves // 2).first_day.replace(day=16 if halves % 2 else 1).isoformat()


def _text(number: Exact) -> str:
    text = f"{rounded(number, PLACES):f}"
    return text.rstrip("0").rstrip(".")
