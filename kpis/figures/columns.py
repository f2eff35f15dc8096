"""The columns in which figures come and go as a file."""

from __future__ import annotations

from kpis.rules.figures import NUMBERS
from uploads.tables.layout import Layout

COLUMNS = ("indicator", "month", "numerator", "denominator", "value", "commentary", "provenance")
# What the template says beside them, for the person who fills it; passed over when it comes back.
HELPERS = ("name", "unit", "last_month", "numerator_is", "denominator_is", "how_to_fill")
# The template's columns, in its order. Rows may come without their header in this order or the import's.
TEMPLATE = (
    "indicator", "name", "month", "unit", "last_month", "numerator", "denominator", "value", "commentary",
    "numerator_is", "denominator_is", "how_to_fill",
)  # fmt: skip
LAYOUT = Layout(
    key=("indicator", "month"), known=(*COLUMNS, *HELPERS), orders=(COLUMNS, TEMPLATE), numbers=NUMBERS
)
