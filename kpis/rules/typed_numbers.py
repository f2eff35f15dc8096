"""A number of a figure as it is typed: one rule for forms, files, pasted rows and commands."""

from __future__ import annotations

from decimal import Decimal

from core.values.written_numbers import StandsForNoNumber, number_written
from kpis.rules.figures import LARGEST, TOO_LARGE

DECIMALS = Decimal("0.0001")
REMEDY = "Leave it empty, or state on the return’s page why it can’t be reported."


def typed_number(text: str, *, percent: bool, witness: bool = False) -> Decimal:
    """The exact number that a cell or field stands for, with four decimals.

    ``percent`` takes a percent sign: true for the value of an indicator that is a percentage. A ``witness``, the value
    beside numerator and denominator, is checked and not kept: it may have any decimals and any size.
    ValueError, in plain words, for anything that is no such number.
    """
    try:
        number = number_written(text, percent=percent)
    except StandsForNoNumber as stands:
        raise ValueError(f"{stands} {REMEDY}") from None
    if witness:
        return number
    if number >= TOO_LARGE:
        raise ValueError(f"“{text[:40]}” is larger than {LARGEST}.")
    kept = number.quantize(DECIMALS)
    if kept != number:
        raise ValueError(
            f"“{text[:40]}” has more than four decimals. Give numerator and denominator instead."
        )
    return kept


def takes_percent(column: str, unit: str | None) -> bool:
    """Where a percent sign may stand: beside the value of a percentage, or of what nobody knows."""
    return column == "value" and unit in ("percent", None)
