"""What the chart of one indicator shows: its points, the limits that held, its axis. Pure; two drawings are made of it.

``drawing`` turns it into the SVG that the server sends, ``interactive`` into the figure that the chart library draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.charts.axis import Axis, round_axis
from core.values.months import Month
from core.values.numbers import limit_with_unit
from kpis.engine.readings import Limits, Reading
from kpis.rules.polarity import OPERATOR_WORDS
from kpis.sentences import provisional_words, revised_words

PLAIN = "plain"  # a value that no band judges


@dataclass(frozen=True)
class Point:
    """One month. ``value`` is None in a month without one, and ``gap`` says why; ``hollow`` means illustrative."""

    month: Month
    value: Fraction | None
    text: str
    mark: str
    hollow: bool
    hover: tuple[str, ...]
    gap: str


@dataclass(frozen=True)
class Step:
    """The limits that held from one month to another; a local aim has no failure limit."""

    first: Month
    last: Month
    target: Decimal
    failure: Decimal | None
    target_label: tuple[str, str]
    failure_label: tuple[str, str]


@dataclass(frozen=True)
class Dated:
    """What else was done in a month, or falls due in it: a mark above the month, filled where it is done."""

    month: Month
    done: bool
    words: str


@dataclass(frozen=True)
class LineChart:
    title: str
    description: str
    higher_is_better: bool
    points: tuple[Point, ...]
    steps: tuple[Step, ...]
    axis: Axis
    focus: Month | None
    dated: tuple[Dated, ...] = ()


def line_chart(
    readings: Sequence[Reading],
    *,
    title: str,
    description: str,
    aim: Decimal | None = None,
    focus: Month | None = None,
    dated: Sequence[Dated] = (),
) -> LineChart | None:
    """The chart of all months, oldest first; None where no month has a value. ``aim`` is a local aim, without bands.

    Of what is ``dated`` the chart shows what lies in its months.
    """
    if not any(reading.value is not None for reading in readings):
        return None
    points = tuple(_point(reading) for reading in readings)
    steps = tuple(_steps(readings)) or tuple(_aim_step(readings, aim))
    return LineChart(
        title=title,
        description=description,
        higher_is_better=readings[0].polarity == "higher",
        points=points,
        steps=steps,
        axis=_axis(points, steps, readings[0]),
        focus=focus,
        dated=_by_month(dated, points),
    )


def mark_of(reading: Reading) -> str:
    """The shape of a month: its status, or a plain dot for a value that no band judges."""
    return PLAIN if reading.limits is None and reading.value is not None else reading.status


def _point(reading: Reading) -> Point:
    words = {"on_target": "On target", "within_tolerance": "Within tolerance", "failure": "Failed"}
    gap = "" if reading.value is not None else reading.status.replace("_", " ")
    value = f"{reading.value_text} ({reading.counts_text})" if reading.counts_text else reading.value_text
    lines = [reading.month.label, value if not gap else gap.capitalize(), words.get(reading.status, "")]
    if reading.provenance and reading.provenance != "published":
        lines.append(reading.provenance)
    lines += [revised_words(reading), provisional_words(reading)]
    return Point(
        month=reading.month,
        value=reading.value,
        text=reading.value_text,
        mark=mark_of(reading),
        hollow=reading.provenance == "illustrative",
        hover=tuple(line for line in lines if line),
        gap=gap,
    )


def _by_month(dated: Sequence[Dated], points: Sequence[Point]) -> tuple[Dated, ...]:
    """One mark for what is done in a month and one for what is due in it, in the order of the months."""
    found: dict[tuple[Month, bool], list[str]] = {}
    for one in dated:
        if points[0].month <= one.month <= points[-1].month:
            found.setdefault((one.month, not one.done), []).append(one.words)
    return tuple(Dated(month, not due, "; ".join(found[month, due])) for month, due in sorted(found))


def _steps(readings: Sequence[Reading]) -> list[Step]:
    """One step for each stretch of months that the same limits judge."""
    steps: list[Step] = []
    held: Limits | None = None
    for reading in readings:
        limits = reading.limits
        if limits is None:
            held = None
        elif limits == held and steps:
            last = steps.pop()
            steps.append(_step(limits, reading, last.first))
        else:
            steps.append(_step(limits, reading, reading.month))
        held = limits
    return steps


def _step(limits: Limits, reading: Reading, first: Month) -> Step:
    def words(operator: str, limit: Decimal) -> str:
        return f"{OPERATOR_WORDS[operator]} {limit_with_unit(limit, reading.unit)}"

    return Step(
        first=first,
        last=reading.month,
        target=limits.target,
        failure=limits.failure,
        target_label=("Target:", words(limits.target_operator, limits.target)),
        failure_label=("Failure:", words(limits.failure_operator, limits.failure)),
    )


def _aim_step(readings: Sequence[Reading], aim: Decimal | None) -> list[Step]:
    if aim is None:
        return []
    label = ("Local aim:", limit_with_unit(aim, readings[0].unit))
    return [Step(readings[0].month, readings[-1].month, aim, None, label, ("", ""))]


def _axis(points: Sequence[Point], steps: Sequence[Step], reading: Reading) -> Axis:
    """Round ends around all values and limits, with room beyond the failure limit so that its zone is seen."""
    numbers = [point.value for point in points if point.value is not None]
    numbers += [Fraction(step.target) for step in steps]
    worse_side = -1 if reading.polarity == "higher" else 1
    failures = [(Fraction(step.failure), worse_side) for step in steps if step.failure is not None]
    percent = reading.unit == "percent"
    return round_axis(
        numbers,
        visible_beyond=failures,
        at_most=Fraction(100) if percent else None,
        unit="%" if percent else "",
    )
