"""The geometry of the 24-month strip, by hand: a box of 384 by 72 with a margin of 11."""

from __future__ import annotations

from decimal import Decimal

from core.values.months import Month
from kpis.charts.strip import HEIGHT, WIDTH, strip
from kpis.engine.selectors import StripPoint

FIRST = Month(2018, 4)


def points(values: list[int | None], targets: list[int] | None = None, failure: int = 0) -> list[StripPoint]:
    limits = targets or [100] * len(values)
    return [
        StripPoint(
            FIRST.next(at),
            None if value is None else Decimal(value),
            "not_reported" if value is None else "on_target",
            Decimal(limit),
            Decimal(failure),
        )
        for at, (value, limit) in enumerate(zip(values, limits, strict=True))
    ]


def test_no_month_no_strip() -> None:
    assert strip([], higher_is_better=True) is None


def test_twelve_months_fill_the_box() -> None:
    # The step is (384 - 22) // 11 = 32, so the first month stands at 384 - 11 - 11 * 32 = 21.
    # The failure limit 0 gets an eighth of the span below it: 112.5 over 50 units; 100 is at 11, 0 at 11 + 44.
    drawn = strip(points([100] * 11 + [0]), higher_is_better=True)

    assert drawn is not None
    assert drawn.line == "M21 11l" + "32 0 " * 10 + "32 44"
    assert drawn.target == f"M0 11H{WIDTH}"
    assert drawn.failure == f"M0 55H{WIDTH}V{HEIGHT}H0z"
    assert (drawn.mark_x + 11, drawn.mark_y + 11) == (373, 55)


def test_where_lower_is_better_the_failure_zone_is_above() -> None:
    drawn = strip(points([0] * 12, targets=[0] * 12, failure=100), higher_is_better=False)

    assert drawn is not None
    assert drawn.failure.endswith("V0H0z")
    assert drawn.target == f"M0 61H{WIDTH}"


def test_a_gap_is_a_gap_and_a_lone_month_a_dot() -> None:
    drawn = strip(points([100, 100, None, 100, None, 100]), higher_is_better=True)

    assert drawn is not None
    assert drawn.line == "M213 11l32 0M309 11h0M373 11h0"


def test_a_month_not_reported_has_its_mark_in_the_middle() -> None:
    drawn = strip(points([100, None]), higher_is_better=True)

    assert drawn is not None
    assert (drawn.status, drawn.mark_y + 11) == ("not_reported", HEIGHT // 2)


def test_limits_step_where_a_band_version_takes_over() -> None:
    drawn = strip(points([50] * 12, targets=[100] * 6 + [50] * 6), higher_is_better=True)

    # The seventh month stands at 21 + 6 * 32 = 213; its ground begins half a step before.
    assert drawn is not None
    assert drawn.target == "M0 11H197M197 33H384"


def test_a_month_without_a_band_has_no_limits() -> None:
    bare = StripPoint(FIRST.previous(), Decimal(50), "not_applicable", None, None)

    drawn = strip([bare, *points([50] * 11)], higher_is_better=True)

    assert drawn is not None
    assert drawn.target == "M37 11H384"
