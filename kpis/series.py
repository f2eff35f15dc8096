"""Lays figures and bands out as gapless monthly series, ready for the rules, and applies the rules.

A series is one indicator; a month without a figure is a row without a figure. A contract indicator's series runs to
the contract's horizon, because a figure is expected there; a supporting measure's ends with its last figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from kpis.rules.averages import averages
from kpis.rules.status import judge
from kpis.rules.streaks import runs
from kpis.rules.travel import travel
from sandwell.periods import Month


@dataclass(frozen=True)
class Span:
    """The months that a contract reports: ordinals of the first and of the last one expected so far."""

    first: int
    last: int


def lay_out(
    indicators: pd.DataFrame,
    figures: pd.DataFrame,
    bands: Iterable[tuple[Any, ...]],
    spans: Mapping[int, Span],
) -> pd.DataFrame:
    """One row per indicator and month with what the rules need, sorted by indicator and month.

    A figure before the contract's start, or after its horizon, stretches the series so that no figure is left out.
    """
    own = figures.groupby("indicator")["month"].agg(["min", "max"]).reindex(indicators["indicator"])
    contract_last = figures["month"].groupby(
        figures["indicator"].map(indicators.set_index("indicator")["contract"])
    ).max()
    contract = indicators["contract"]
    start = contract.map({key: span.first for key, span in spans.items()}).to_numpy()
    horizon = contract.map({key: span.last for key, span in spans.items()}).to_numpy()
    horizon = np.maximum(horizon, contract.map(contract_last).fillna(0).to_numpy().astype(np.int64))
    own_first = own["min"].fillna(2**31).to_numpy().astype(np.int64)
    own_last = own["max"].fillna(0).to_numpy().astype(np.int64)
    first = np.minimum(start, own_first)
    last = np.where(indicators["supporting"].to_numpy(), own_last, horizon)
    length = np.maximum(last - first + 1, 0)
    offset = np.cumsum(length) - length
    frame = _empty_months(indicators, first, length, offset)
    _place_figures(frame, figures, indicators, first, offset)
    _place_bands(frame, bands, indicators, first, length, offset)
    return frame


def _empty_months(
    indicators: pd.DataFrame, first: np.ndarray, length: np.ndarray, offset: np.ndarray
) -> pd.DataFrame:
    row = np.repeat(np.arange(len(indicators)), length)
    frame = indicators.take(row).reset_index(drop=True)
    frame.insert(0, "series", row)
    frame["month"] = np.arange(int(length.sum())) - offset[row] + first[row]
    return frame


def _place_figures(
    frame: pd.DataFrame, figures: pd.DataFrame, indicators: pd.DataFrame, first: np.ndarray, offset: np.ndarray
) -> None:
    which = np.searchsorted(indicators["indicator"].to_numpy(), figures["indicator"].to_numpy())
    at = offset[which] + figures["month"].to_numpy() - first[which]
    for name in ("numerator_e4", "denominator_e4", "value_e4", "revision"):
        numbers, missing = np.zeros(len(frame), dtype=np.int64), np.ones(len(frame), dtype=bool)
        numbers[at] = figures[name].array.to_numpy(dtype=np.int64, na_value=0)
        missing[at] = figures[name].isna().to_numpy()
        frame[name] = pd.arrays.IntegerArray(numbers, missing)
    words = np.full(len(frame), "", dtype=object)
    words[at] = figures["provenance"].to_numpy(dtype=object)
    frame["provenance"] = pd.Series(words, dtype=object)


def _place_bands(
    frame: pd.DataFrame,
    bands: Iterable[tuple[Any, ...]],
    indicators: pd.DataFrame,
    first: np.ndarray,
    length: np.ndarray,
    offset: np.ndarray,
) -> None:
    """Give each month the band version in force; versions don't overlap, which the database holds."""
    versions = list(bands)
    which_band = np.zeros(len(frame), dtype=np.int64)
    index_of = {indicator: row for row, indicator in enumerate(indicators["indicator"].tolist())}
    for number, (_, indicator, valid_from, valid_to, *_rest) in enumerate(versions, start=1):
        row = index_of[indicator]
        begin = max(Month.of(valid_from).ordinal - int(first[row]), 0)
        end = int(length[row]) if valid_to is None else Month.of(valid_to).ordinal - int(first[row]) + 1
        which_band[offset[row] + begin : offset[row] + max(min(end, int(length[row])), begin)] = number
    absent = which_band == 0
    numbers = {"band": 0, "target_e4": 5, "failure_e4": 7}
    for name, column in numbers.items():
        values = np.array([0, *(version[column] for version in versions)], dtype=np.int64)
        frame[name] = pd.arrays.IntegerArray(values[which_band], absent.copy())
    for name, column in {"target_op": 4, "failure_op": 6}.items():
        words = np.array([None, *(version[column] for version in versions)], dtype=object)
        frame[name] = pd.Series(words[which_band], dtype=object)


def computed(frame: pd.DataFrame) -> pd.DataFrame:
    """The laid-out series with status, runs, change and averages beside each month."""
    frame = pd.concat([frame, judge(frame)], axis=1)
    return pd.concat([frame, runs(frame), travel(frame), averages(frame)], axis=1)


def days_of(ordinals: pd.Series[Any]) -> np.ndarray:
    """Ordinals of months as their first days; None where missing."""
    missing = ordinals.isna().to_numpy()
    numbers = ordinals.array.to_numpy(dtype=np.int64, na_value=0)
    known: dict[int, date | None] = {n: Month.from_ordinal(n).first_day for n in np.unique(numbers).tolist() if n}
    known[0] = None
    days = np.array([known[n] for n in numbers.tolist()], dtype=object)
    days[missing] = None
    return days
