"""A month's template to fill: one row for each indicator, with what is kept now and what helps to fill it.

It is read back by the columns' names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.values.cells import csv_lines
from core.values.months import Month
from core.workbooks import GENERAL, Sheet, workbook_of
from kpis.definitions.models import Indicator
from kpis.engine.judging import ValidationContext
from kpis.figures.columns import TEMPLATE
from kpis.returns.drafting import CurrentEntry
from kpis.rules.figures import NUMBERS
from parties.models import Contract

WIDTHS = {
    "name": 34,
    "last_month": 24,
    "commentary": 60,
    "numerator_is": 50,
    "denominator_is": 50,
    "how_to_fill": 44,
}
HOW_TO_FILL = {
    Indicator.Unit.PERCENT: "Numerator and denominator, or the value: 75.4 for 75.4%.",
    Indicator.Unit.RATE: "Numerator and denominator, or the rate as value.",
    Indicator.Unit.MEAN: "Numerator and denominator, or the mean as value.",
    Indicator.Unit.COUNT: "The value alone, a whole number.",
}
NO_FIGURE_YET = "Leave the numbers empty where there is no figure yet."


def template_rows(
    month: Month, contexts: Mapping[str, ValidationContext], current: Mapping[str, CurrentEntry]
) -> list[dict[str, str]]:
    """A row for each indicator under the columns of ``TEMPLATE``."""
    return [_row(code, month, context, current[code]) for code, context in contexts.items()]


def template_csv(rows: list[dict[str, str]]) -> str:
    return "".join(csv_lines([TEMPLATE, *([row[name] for name in TEMPLATE] for row in rows)]))


def template_xlsx(rows: list[dict[str, str]], contract: Contract, month: Month, made_at: datetime) -> bytes:
    sheet = Sheet(
        title=f"Return of {month.label}",
        subject="Figures for each indicator, to be filled in and uploaded",
        author=contract.provider.name,
        name=f"Return {month}",
        columns=TEMPLATE,
        widths=WIDTHS,
        numbers=dict.fromkeys(NUMBERS, GENERAL),
    )
    return workbook_of(sheet, ([row[name] for name in TEMPLATE] for row in rows), made_at)


def _row(code: str, month: Month, context: ValidationContext, current: CurrentEntry) -> dict[str, str]:
    indicator, text = context.indicator, current.text
    return {
        "indicator": code,
        "name": indicator.short_name,
        "month": str(month),
        "unit": indicator.get_unit_display(),
        "last_month": _last_month(context),
        "numerator": text.numerator.strip(),
        "denominator": text.denominator.strip(),
        "value": text.value.strip(),
        "commentary": text.commentary,
        "numerator_is": indicator.numerator_words,
        "denominator_is": indicator.denominator_words or "none: this is a count",
        "how_to_fill": f"{HOW_TO_FILL[Indicator.Unit(indicator.unit)]} {NO_FIGURE_YET}",
    }


def _last_month(context: ValidationContext) -> str:
    """ "196 of 273, 71.8%" """
    if context.last is None or context.last.value is None:
        return "no figure"
    return ", ".join(part for part in (context.last.counts_text, context.last.value_text) if part)
