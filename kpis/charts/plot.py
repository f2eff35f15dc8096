"""The months and values of an indicator's chart as places in a frame, and the labels at its end."""

from __future__ import annotations

from fractions import Fraction

from core.charts.frame import WIDE, EndLabel, Frame, Plot, apart
from kpis.charts.line import LineChart


class ChartPlot(Plot):
    """All months of a chart in a frame."""

    def __init__(self, chart: LineChart, frame: Frame) -> None:
        super().__init__(frame, chart.axis, chart.points[0].month, len(chart.points))
        self.chart = chart


def end_labels(chart: LineChart, frame: Frame) -> list[EndLabel]:
    """Target, failure limit and latest value right of the plot, moved apart where they would meet."""
    plot = ChartPlot(chart, frame)
    short = frame.right < WIDE.right
    labels = []
    last = chart.points[-1]
    if last.value is not None:
        labels.append(EndLabel("chart__latest", (last.text,), plot.y(last.value), Fraction(0)))
    if chart.steps and chart.steps[-1].last == last.month:
        step = chart.steps[-1]
        words = step.target_label if short else (" ".join(step.target_label),)
        labels.append(EndLabel("chart__target-label", words, plot.y(step.target), Fraction(0)))
        if step.failure is not None:
            words = step.failure_label if short else (" ".join(step.failure_label),)
            labels.append(EndLabel("chart__failure-label", words, plot.y(step.failure), Fraction(0)))
    return apart(labels, frame)
