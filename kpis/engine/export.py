"""Readings as machine-readable records: the API and downloads give these columns, the command line all but one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from core.values.numbers import E8, exact_text, from_units
from kpis.engine.readings import Reading

STATUS_COLUMNS = (
    "indicator",
    "month",
    "numerator",
    "denominator",
    "value",
    "display",
    "status",
    "months_off_target",
    "months_in_failure",
    "succession_certain",
    "previous",
    "change",
    "direction_of_travel",
    "average_12",
    "pooled_12",
    "months_in_average",
    "target",
    "failure_limit",
    "provenance",
    "value_provenance",
    "overdue",
    "revised_from",
    "provisional_until",
)


def status_record(reading: Reading, today: date) -> dict[str, Any]:
    """One reading under ``STATUS_COLUMNS``. Numbers are exact decimal strings, missing ones None, never 0."""
    limits = reading.limits
    return {
        "indicator": reading.code,
        "month": str(reading.month),
        "numerator": exact_text(reading.numerator),
        "denominator": exact_text(reading.denominator),
        "value": value_text(reading.value),
        "display": reading.value_text if reading.value is not None else None,
        "status": reading.status,
        "months_off_target": reading.months_off_target,
        "months_in_failure": reading.months_in_failure,
        "succession_certain": reading.succession_certain if reading.months_off_target is not None else None,
        "previous": exact_text(reading.previous_value),
        "change": exact_text(reading.change),
        "direction_of_travel": reading.direction,
        "average_12": exact_text(reading.average_12),
        "pooled_12": exact_text(reading.pooled_12),
        "months_in_average": reading.months_in_average,
        "target": exact_text(limits.target) if limits else None,
        "failure_limit": exact_text(limits.failure) if limits else None,
        "provenance": reading.provenance or None,
        "value_provenance": reading.value_provenance or None,
        "overdue": reading.overdue(today),
        "revised_from": value_text(reading.replaced.value) if reading.replaced else None,
        "provisional_until": reading.provisional_until.isoformat() if reading.provisional_until else None,
    }


def value_text(value: Fraction | None) -> str | None:
    """The value: all its decimals where they end within eight, else eight, rounded as stored values are.

    A tie goes to the even digit. A status is decided by the exact value, never by this text.
    """
    return None if value is None else exact_text(from_units(round(value * E8), 8))
