"""Readings for charts, as they would come from the read model."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.values.months import Month
from kpis.engine.readings import Limits, Reading

APRIL = Month(2018, 4)
HIGHER = Limits(">", Decimal(70), "<", Decimal(50), "> 70%", "< 50%")
LOWER = Limits("<", Decimal(65), ">", Decimal(80), "< 65", "> 80")


def reading(month: Month, value: str | None, limits: Limits | None = HIGHER, **other: Any) -> Reading:
    """One month; its status is given or follows from whether it has a value."""
    status = other.pop(
        "status", "not_reported" if value is None else "on_target" if limits else "not_applicable"
    )
    parts: dict[str, Any] = {
        "code": "PI9",
        "short_name": "Return interviews within 72 hours",
        "unit": "percent",
        "decimals": 1,
        "polarity": "higher",
        "supporting": False,
        "local_aim_words": "",
        "numerator": None,
        "denominator": None,
        "months_off_target": 0,
        "months_in_failure": 0,
        "succession_certain": True,
        "succession_broken_by": None,
        "succession_broken_status": None,
        "previous_value": None,
        "change": None,
        "direction": None,
        "average_12": None,
        "pooled_12": None,
        "months_in_average": None,
        "provenance": "" if value is None else "published",
        "due_on": date(2018, 5, 15),
    }
    known = None if value is None else Fraction(value)
    return Reading(month=month, status=status, value=known, limits=limits, **{**parts, **other})


def months(*values: str | None, **other: Any) -> list[Reading]:
    """Adjacent months from April 2018."""
    return [reading(APRIL.next(place), value, **other) for place, value in enumerate(values)]
