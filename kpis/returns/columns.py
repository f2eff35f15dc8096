"""The columns in which a month's figures come and go as a file."""

from __future__ import annotations

from kpis.figures.checking import COLUMNS

# The template's columns, in its order. Rows may be pasted without their header in this order or the import's.
TEMPLATE = (
    "indicator", "name", "month", "unit", "last_month", "numerator", "denominator", "value", "commentary",
    "numerator_is", "denominator_is", "how_to_fill",
)  # fmt: skip
ORDERS = (COLUMNS, TEMPLATE)
