"""Lays figures and bands out as gapless monthly series, ready for the rules, and applies the rules.

A series is one indicator; a month without a figure is a row without a figure. A contract indicator's series runs to
the contract's horizon, because a figure is expected there; a supporting measure's ends with its last figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from core.values.months import Month
from kpis.engine.freshness import Span
from kpis.rules.frames import apply_rules


def lay_out(
    indicators: pd.DataFrame,
    figures: pd.DataFrame,
    bands: Sequence[tuple[Any, ...]],
    spans: Mapping[int, Span],
) -> pd.DataFrame:
    """One row per indicator and month with what the rules need, sorted by indicator and month.

    A figure before the contract's start, or after its horizon, stretches the series so that no figure is left out.
    ``bands`` are in the order of ``crossing.BAND_COLUMNS``.
    """
    which = np.searchsorted(indicators["indicator"].to_numpy(), figures["indicator"].to_numpy())
    months = figures["month"].to_numpy()
    first, length = _extents(indicators, which, months, spans)
    offset = np.cumsum(length) - length
    row = np.repeat(np.arange(len(indicators)), length)
    columns: dict[str, Any] = {"series": row, "month": np.arange(len(row)) - offset[row] + first[row]}
    columns |= {name: indicators[name].array.take(row) for name in indicators.columns}
    columns |= _figure_columns(figures, offset[which] + months - first[which], len(row))
    columns |= _band_columns(bands, indicators, first, length, len(row))
    # No figure is expected of a contract indicator in a month that no band judges.
    columns["expected"] = columns["supporting"] | ~np.asarray(columns["band"].isna())
    return pd.DataFrame(columns)


def _extents(
    indicators: pd.DataFrame, which: np.ndarray, months: np.ndarray, spans: Mapping[int, Span]
) -> tuple[np.ndarray, np.ndarray]:
    """The first month of each indicator's series, and how many months it has."""
    contracts, contract = np.unique(indicators["contract"].to_numpy(), return_inverse=True)
    horizon = np.array([spans[contract_id].last for contract_id in contracts.tolist()], dtype=np.int64)
    np.maximum.at(horizon, contract[which], months)
    begins = np.array([spans[contract_id].first for contract_id in contracts.tolist()], dtype=np.int64)
    first = begins[contract]
    np.minimum.at(first, which, months)
    own_last = np.zeros(len(indicators), dtype=np.int64)
    np.maximum.at(own_last, which, months)
    last = np.where(indicators["supporting"].to_numpy(), own_last, horizon[contract])
    return first, np.maximum(last - first + 1, 0)


def _figure_columns(figures: pd.DataFrame, at: np.ndarray, rows: int) -> dict[str, Any]:
    """What the figures say, each in its place; nothing in a month without one."""
    columns: dict[str, Any] = {}
    for name in ("numerator_e4", "denominator_e4", "value_e4", "revision"):
        numbers, missing = np.zeros(rows, dtype=np.int64), np.ones(rows, dtype=bool)
        numbers[at] = figures[name].array.to_numpy(dtype=np.int64, na_value=0)
        missing[at] = figures[name].isna().to_numpy()
        columns[name] = pd.arrays.IntegerArray(numbers, missing)
    words = np.full(rows, "", dtype=object)
    words[at] = figures["provenance"].to_numpy(dtype=object)
    return columns | {"provenance": pd.Series(words, dtype=object)}


def _band_columns(
    bands: Sequence[tuple[Any, ...]],
    indicators: pd.DataFrame,
    first: np.ndarray,
    length: np.ndarray,
    rows: int,
) -> dict[str, Any]:
    """The band version in force in each month; versions don't overlap, which the database holds."""
    in_force = np.zeros(rows, dtype=np.int64)
    places = zip((np.cumsum(length) - length).tolist(), first.tolist(), length.tolist(), strict=True)
    place_of = dict(zip(indicators["indicator"].tolist(), places, strict=True))
    for number, (_, indicator, valid_from, valid_to, *_rest) in enumerate(bands, start=1):
        offset, start, months = place_of[indicator]
        begin = max(_ordinal(valid_from) - start, 0)
        end = months if valid_to is None else min(_ordinal(valid_to) - start + 1, months)
        in_force[offset + begin : offset + max(end, begin)] = number
    absent = in_force == 0
    columns: dict[str, Any] = {}
    for name, place in {"band": 0, "target_e4": 5, "failure_e4": 7}.items():
        values = np.array([0, *(version[place] for version in bands)], dtype=np.int64)
        columns[name] = pd.arrays.IntegerArray(values[in_force], absent.copy())
    for name, place in {"target_op": 4, "failure_op": 6}.items():
        words = np.array([None, *(version[place] for version in bands)], dtype=object)
        columns[name] = pd.Series(words[in_force], dtype=object)
    return columns


@lru_cache(maxsize=1024)
def _ordinal(day: str) -> int:
    return Month.parse(day[:7]).ordinal


def computed(frame: pd.DataFrame) -> pd.DataFrame:
    """The laid-out series with status, successions, change and averages beside each month."""
    return pd.concat([frame, apply_rules(frame)], axis=1)
