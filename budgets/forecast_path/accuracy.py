"""How wrong forecasts were, in words: by line, by who answers for it, and all together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgets.forecast_path.selectors import LineYear, Said
from budgets.models import Line
from budgets.rules.forecast import JUDGED_AT, Accuracy, Forecast, accuracy
from budgets.rules.money import spoken
from budgets.rules.volume_price import nearest
from core.values.months import ContractYear
from core.values.numbers import count_words, display, plain

NO_OWNER = "No owner is named"


@dataclass(frozen=True)
class Cell:
    """One measure at one month; ``bias`` is empty where nothing could be judged."""

    month: str
    bias: str
    percent: str
    size: str


@dataclass(frozen=True)
class AccuracyRow:
    name: str
    judged: str
    cells: Sequence[Cell]


def judged_forecasts(
    lines: Iterable[Line], said: Mapping[LineYear, Said], outturns: Mapping[LineYear, int]
) -> list[Forecast]:
    """Every forecast of months 3, 6 and 9 of a year whose outturn is known, in the order of the lines."""
    years: dict[int, list[int]] = {}
    for key, year in sorted(said):
        if (key, year) in outturns:
            years.setdefault(key, []).append(year)
    return [
        Forecast(
            line.code,
            line.owner or NO_OWNER,
            ContractYear(year).label,
            period,
            said[line.pk, year].forecasts.get(period),
            outturns[line.pk, year],
        )
        for line in lines
        for year in years.get(line.pk, ())
        for period in JUDGED_AT
    ]


def accuracy_rows(
    forecasts: Sequence[Forecast], by: Callable[[Forecast], str], names: Mapping[str, str], most: int
) -> list[AccuracyRow]:
    """By line or owner, those that were furthest off first; ``names`` of what stands there by a code."""
    found = accuracy(forecasts, by)
    outturns = _outturns(forecasts, by)
    rows = []
    for key in dict.fromkeys(key for key, _ in found):
        measured = {month: found[key, month] for month in JUDGED_AT if (key, month) in found}
        worst = max((one.absolute or Fraction(0) for one in measured.values()), default=Fraction(0))
        cells = [_cell(month, measured.get(month), outturns.get((key, month))) for month in JUDGED_AT]
        rows.append((worst, AccuracyRow(names.get(key, key), _judged(measured.values()), cells)))
    return [row for _, row in sorted(rows, key=lambda pair: -pair[0])[:most]]


def together(forecasts: Sequence[Forecast], signs: Mapping[str, int]) -> list[tuple[str, str]]:
    """For each month, how far off the forecasts were as a sum: "month 3", "£7.4 million too low, 24% of the outturn".

    ``signs`` are by the line's code: 1, and -1 for income.
    """
    found = []
    for month in JUDGED_AT:
        known = [one for one in forecasts if one.period == month and one.error is not None]
        if known:
            error = sum(signs[one.line] * (one.error or 0) for one in known)
            outturn = sum(signs[one.line] * (one.outturn or 0) for one in known)
            share = percent_words(Fraction(error), Fraction(outturn))
            found.append((f"month {month}", ", ".join(filter(None, (error_words(Fraction(error)), share)))))
    return found


def error_words(error: Fraction) -> str:
    if not error:
        return "right to the penny"
    return f"{_size(error)} too {'high' if error > 0 else 'low'}"


def percent_words(error: Fraction, outturn: Fraction) -> str:
    """Without its sign, of the outturn; nothing where that is nil or nothing was wrong."""
    if not outturn or not error:
        return ""
    return f"{plain(display(100 * abs(error) / abs(outturn), 1, [0]))}% of the outturn"


def _size(error: Fraction) -> str:
    pence = nearest(abs(error))
    return spoken(pence) if pence else "less than a penny"


def _cell(month: int, one: Accuracy | None, outturn: Fraction | None) -> Cell:
    name = f"Month {month}"
    if one is None or one.bias is None or one.absolute is None:
        return Cell(name, "", "", "")
    size = f"{_size(one.absolute)} off on average" if one.judged > 1 else ""
    return Cell(name, error_words(one.bias), percent_words(one.bias, outturn or Fraction(0)), size)


def _outturns(
    forecasts: Iterable[Forecast], by: Callable[[Forecast], str]
) -> dict[tuple[str, int], Fraction]:
    """The mean outturn of what was judged, which a mean error is a per cent of."""
    sums: dict[tuple[str, int], list[int]] = {}
    for one in forecasts:
        if one.error is not None and one.outturn is not None:
            sums.setdefault((by(one), one.period), []).append(one.outturn)
    return {key: Fraction(sum(found), len(found)) for key, found in sums.items()}


def _judged(measured: Iterable[Accuracy]) -> str:
    return count_words(max((one.judged for one in measured), default=0), "forecast")
