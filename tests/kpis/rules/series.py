"""Frames for the rules, built from figures as people write them."""

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from core.values.months import Month
from core.values.numbers import SCALES, ten_thousandths
from kpis.rules.frames import COLUMNS

# A figure: a value, numerator and denominator (either may be missing), or nothing.
Figure = str | tuple[str | None, str | None] | tuple[str | None, str | None, str | None] | None
Band = tuple[str, str, str, str] | None

FIRST_MONTH = Month(2018, 4)
PI1_BAND: Band = (">", "75", "<", "65")
# code, unit, higher is better, target, failure: as the contract prints them.
INDICATORS = [
    ("PI1", "percent", True, ">", "75", "<", "65"),
    ("PI2", "rate_per_10000", False, "<", "65", ">", "80"),
    ("PI3", "percent", True, ">", "80", "<", "65"),
    ("PI4", "percent", True, ">", "85", "<", "75"),
    ("PI5", "count", False, "<", "10", ">", "30"),
    ("PI6", "percent", True, ">", "80", "<", "70"),
    ("PI7", "percent", True, ">", "95", "<", "85"),
    ("PI8", "percent", True, ">", "65", "<", "50"),
    ("PI9", "percent", True, ">", "70", "<", "50"),
    ("PI10", "percent", True, ">", "73", "<", "58"),
    ("PI11", "percent", True, ">", "90", "<", "80"),
    ("PI12", "percent", True, ">", "80", "<", "70"),
    ("PI13", "percent", False, "<", "32", ">", "37"),
    ("PI14", "mean", False, "<", "18.5", ">", "23"),
    ("PI15", "percent", True, ">", "55", "<", "40"),
]


@dataclass(frozen=True)
class Series:
    """Consecutive months of one indicator. `bands` has one for each month; else `band` holds for all."""

    figures: list[Figure]
    unit: str = "percent"
    higher_is_better: bool = True
    band: Band = PI1_BAND
    bands: list[Band] | None = None
    decimals: int = 1
    threshold: str | None = None
    first: Month = FIRST_MONTH


def parts(figure: Figure) -> tuple[str | None, str | None, str | None]:
    """Numerator, denominator and given value of a figure."""
    if figure is None:
        return None, None, None
    if isinstance(figure, str):
        return None, None, figure
    numerator, denominator, *value = figure
    return numerator, denominator, value[0] if value else None


def frame(*many: Series) -> pd.DataFrame:
    rows = [row for number, series in enumerate(many) for row in _rows(number, series)]
    built = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    integers = ["series", "month", "scale", "decimals"]
    nullable = [name for name in COLUMNS if name.endswith("_e4")]
    types = dict.fromkeys(integers, "int64") | dict.fromkeys(nullable, "Int64") | {"higher_is_better": "bool"}
    return built.astype(types)


def _rows(number: int, series: Series) -> list[tuple[object, ...]]:
    bands = series.bands or [series.band] * len(series.figures)
    return [
        (
            number,
            series.first.next(place).ordinal,
            *(_e4(text) for text in parts(figure)),
            SCALES[series.unit],
            series.higher_is_better,
            series.decimals,
            _e4(series.threshold),
            band and band[0],
            _e4(band and band[1]),
            band and band[2],
            _e4(band and band[3]),
        )
        for place, (figure, band) in enumerate(zip(series.figures, bands, strict=True))
    ]


def _e4(text: str | None) -> int | None:
    return None if text is None else ten_thousandths(Decimal(text))


def plain(column: pd.Series) -> list[object]:
    """A column as a list in which None stands for missing."""
    return [None if pd.isna(entry) else entry for entry in column.tolist()]
