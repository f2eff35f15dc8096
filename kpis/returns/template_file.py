"""A month's template to fill: one row for each indicator, with what is kept now and what helps to fill it.

The workbook keeps to the government's checklist for accessible spreadsheets: one sheet with one named table from A1
with its header, no merged cells, filters or frozen panes, its properties set, the cursor in the first cell. It is read
back by the columns' names.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import xlsxwriter

from core.values.cells import csv_lines, neutral
from core.values.months import Month
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
# A spreadsheet keeps a number in fifteen digits; a longer one stays text.
MOST_DIGITS = 15
PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def template_rows(
    month: Month, contexts: Mapping[str, ValidationContext], current: Mapping[str, CurrentEntry]
) -> list[dict[str, str]]:
    """A row for each indicator under the columns of ``TEMPLATE``."""
    return [_row(code, month, context, current[code]) for code, context in contexts.items()]


def template_csv(rows: list[dict[str, str]]) -> str:
    return "".join(csv_lines([TEMPLATE, *([row[name] for name in TEMPLATE] for row in rows)]))


def template_xlsx(rows: list[dict[str, str]], contract: Contract, month: Month, made_at: datetime) -> bytes:
    kept = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(kept, options) as book:
        book.set_properties(
            {
                "title": f"Return of {month.label}",
                "subject": "Figures for each indicator, to be filled in and uploaded",
                "author": contract.provider.name,
                "company": contract.provider.name,
                "created": made_at.replace(tzinfo=None),
            }
        )
        sheet = book.add_worksheet(f"Return {month}")
        text = book.add_format({"num_format": "@", "valign": "top"})
        words = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        number = book.add_format({"valign": "top"})
        for at, name in enumerate(TEMPLATE):
            sheet.set_column(at, at, WIDTHS.get(name, 13))
            for down, row in enumerate(rows, start=1):
                if _is_number(name, row[name]):
                    sheet.write_number(down, at, float(row[name]), number)
                elif name in NUMBERS and not row[name]:
                    sheet.write_blank(down, at, None, number)
                else:
                    sheet.write_string(down, at, neutral(row[name]), words if name in WIDTHS else text)
        columns = [{"header": name} for name in TEMPLATE]
        table = {"name": f"Return_{month.year}_{month.month:02d}", "columns": columns, "autofilter": False}
        sheet.add_table(0, 0, max(len(rows), 1), len(TEMPLATE) - 1, table)
    return kept.getvalue()


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


def _is_number(name: str, text: str) -> bool:
    """Whether the text stands for the very number that a spreadsheet would keep."""
    if name not in NUMBERS or not PLAIN.fullmatch(text):
        return False
    return len(Decimal(text).as_tuple().digits) <= MOST_DIGITS and text == f"{Decimal(text):f}"
