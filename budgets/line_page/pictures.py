"""A line's year as pictures: how its forecast moved, and what was spent to date beside what was planned by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgets.charts.lines import LinesChart, LinesPicture, MoneyLine, lines_picture
from budgets.models import Entry, Line
from budgets.rules.money import Unit, spoken, written
from budgets.rules.profile import to_date
from budgets.rules.variance import came_word
from core import clock
from core.values.months import ContractYear, Month
from core.values.words import day_words


def path_picture(
    name: str, year: ContractYear, budget: int | None, entries: Mapping[Month, Entry]
) -> LinesPicture | None:
    """The forecasts as they stood, beside the budget; None where there is none."""
    if not entries:
        return None
    forecasts = {month: entry.forecast for month, entry in entries.items()}
    first, last = forecasts[min(forecasts)], forecasts[max(forecasts)]
    moved = first != last
    title = f"The forecast {'went from ' + spoken(first) + ' to' if moved else 'stayed at'} {spoken(last)}"
    hover = {
        month: f"{month.label}: {written(entry.forecast)}, {entry.entered_as},"
        f" {day_words(clock.day_of(entry.entered_at))}"
        for month, entry in entries.items()
    }
    lines = [MoneyLine("told", forecasts, ("Forecast:", _short(last)), hover, _hollow(entries))]
    if budget is not None:
        lines.insert(0, MoneyLine("planned", dict.fromkeys(year.months, budget), ("Budget:", _short(budget))))
    words = f"{name}: the forecast of {year} as it stood each month. The table holds the same numbers."
    return lines_picture(LinesChart(title, words, year, lines))


def spending_picture(
    line: Line, year: ContractYear, planned: Sequence[int] | None, entries: Mapping[Month, Entry]
) -> LinesPicture | None:
    """Both from April on; ``planned`` are the twelve amounts of the budget, None where there is no budget."""
    if not entries:
        return None
    came = came_word(line.tree_side)
    spent = {month: entry.actual for month, entry in entries.items()}
    last = max(spent)
    hover = {month: f"{month.label}: {written(pence)} {came} by then" for month, pence in spent.items()}
    lines = [
        MoneyLine("told", spent, (f"{came.capitalize()}:", _short(spent[last])), hover, _hollow(entries))
    ]
    title = f"{spoken(spent[last])} {came} by the end of {last.label}"
    if planned is not None:
        by_then = dict(zip(year.months, to_date(planned), strict=False))
        lines.insert(0, MoneyLine("planned", by_then, ("Planned:", _short(by_then[year.last]))))
        title += f", {against_words(spent[last] - by_then[last])}"
    words = f"{line.name}: {came} from April on, beside the budget as it is planned. The table holds the same numbers."
    return lines_picture(LinesChart(title, words, year, lines))


def against_words(pence: int) -> str:
    """ "£0.4 million more than planned by then"."""
    if not pence:
        return "as planned"
    return f"{spoken(abs(pence))} {'more' if pence > 0 else 'less'} than planned by then"


def _short(pence: int) -> str:
    return written(pence, Unit.MILLIONS, 2)


def _hollow(entries: Mapping[Month, Entry]) -> list[Month]:
    return [month for month, entry in entries.items() if entry.provenance == Entry.Provenance.ILLUSTRATIVE]
