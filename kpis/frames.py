"""The only crossing between database rows and pandas.

Exact numbers cross as whole ten-thousandths (``_e4``) or hundred-millionths (``_e8``) of int64, months as their
ordinals, and a missing number as -1 in the database's answer and NA in the frame (none here is below zero, except a
change, which crosses shifted).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import BigIntegerField, Expression, F
from django.db.models.functions import Cast, Coalesce, Round

from kpis.models import BandVersion, Figure, Indicator, IndicatorStatus
from kpis.rules.exact import E4, E8
from sandwell.numbers import SCALES
from sandwell.periods import Month

MISSING = -1
# A change may be below zero; no two values lie further apart than this.
NO_CHANGE_KNOWN = -(2**62)


def _scaled(field: str, units: int, missing: int = MISSING) -> Expression:
    """A decimal column as whole units: rounded before the cast, because SQLite keeps decimals as binary numbers."""
    return Coalesce(Cast(Round(F(field) * units), BigIntegerField()), missing)


def _columns(rows: Iterable[tuple[Any, ...]], count: int) -> list[Sequence[Any]]:
    return list(zip(*rows, strict=True)) or [()] * count


def _ordinals(days: Sequence[Any]) -> np.ndarray:
    known = {day: Month.of(day).ordinal for day in set(days)}
    return np.fromiter((known[day] for day in days), dtype=np.int64, count=len(days))


def _nullable(numbers: Sequence[int], missing: int = MISSING) -> pd.arrays.IntegerArray:
    array = np.array(numbers, dtype=np.int64)
    return pd.arrays.IntegerArray(np.where(array == missing, 0, array), array == missing)


def _words(column: Sequence[Any]) -> pd.Series[Any]:
    """Text and days as they are; left to itself, pandas would turn None into NaN."""
    return pd.Series(list(column), dtype=object)


def indicator_frame(contract_ids: Sequence[int]) -> pd.DataFrame:
    """One row per indicator: indicator, contract, supporting, scale, higher_is_better, decimals, no_real_change_e4."""
    rows = (
        Indicator.objects.filter(contract__in=contract_ids)
        .order_by("pk")
        .values_list(
            "pk", "contract_id", "kind", "unit", "polarity", "decimals", _scaled("no_change_below", E4)
        )
    )
    pk, contract, kind, unit, polarity, decimals, threshold = _columns(rows, 7)
    return pd.DataFrame(
        {
            "indicator": np.array(pk, dtype=np.int64),
            "contract": np.array(contract, dtype=np.int64),
            "supporting": [one == Indicator.Kind.SUPPORTING for one in kind],
            "scale": np.array([SCALES[one] for one in unit], dtype=np.int64),
            "higher_is_better": [one == Indicator.Polarity.HIGHER for one in polarity],
            "decimals": np.array(decimals, dtype=np.int64),
            "no_real_change_e4": _nullable(threshold),
        }
    )


def figure_frame(contract_ids: Sequence[int]) -> pd.DataFrame:
    """One row per counted figure: indicator, month, revision, numerator_e4, denominator_e4, value_e4, provenance."""
    rows = (
        Figure.objects.filter(indicator__contract__in=contract_ids, state__in=Figure.COUNTED, latest__isnull=False)
        .order_by()
        .values_list(
            "indicator_id",
            "month",
            "latest_id",
            _scaled("latest__numerator", E4),
            _scaled("latest__denominator", E4),
            _scaled("latest__value", E4),
            "latest__provenance",
        )
    )
    indicator, month, revision, numerator, denominator, value, provenance = _columns(rows, 7)
    return pd.DataFrame(
        {
            "indicator": np.array(indicator, dtype=np.int64),
            "month": _ordinals(month),
            "revision": np.array(revision, dtype=np.int64),
            "numerator_e4": _nullable(numerator),
            "denominator_e4": _nullable(denominator),
            "value_e4": _nullable(value),
            "provenance": _words(provenance),
        }
    )


def band_rows(contract_ids: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    """Band versions as tuples: pk, indicator, valid_from, valid_to, operators and limits in ten-thousandths."""
    return (
        BandVersion.objects.filter(indicator__contract__in=contract_ids)
        .order_by()
        .values_list(
            "pk",
            "indicator_id",
            "valid_from",
            "valid_to",
            "target_operator",
            _scaled("target_value", E4),
            "failure_operator",
            _scaled("failure_value", E4),
        )
    )


# What a status row says, beside its keys; how each column crosses.
E4_COLUMNS = {"numerator": "numerator_e4", "denominator": "denominator_e4", "given_value": "value_e4"}
E8_COLUMNS = {
    "value": "value_e8",
    "previous_value": "previous_e8",
    "average_12": "average_e8",
    "pooled_12": "pooled_e8",
}
COUNT_COLUMNS = {
    "revision_id": "revision",
    "band_id": "band",
    "run_off_target": "run_off_target",
    "run_in_failure": "run_in_failure",
    "months_in_average": "months_in_average",
}


def status_frame(contract_ids: Sequence[int]) -> pd.DataFrame:
    """The stored statuses, in the columns of a computed frame, with their row's ``id``."""
    fields: list[Any] = ["id", "indicator_id", "month", "status", "direction", "run_certain", "provenance"]
    fields += ["run_broken_by", "due_on", _scaled("change", E8, NO_CHANGE_KNOWN)]
    fields += [Coalesce(F(name), MISSING) for name in COUNT_COLUMNS]
    fields += [_scaled(name, E4) for name in E4_COLUMNS] + [_scaled(name, E8) for name in E8_COLUMNS]
    rows = IndicatorStatus.objects.filter(contract__in=contract_ids).order_by().values_list(*fields)
    columns = _columns(rows, len(fields))
    names = [*COUNT_COLUMNS.values(), *E4_COLUMNS.values(), *E8_COLUMNS.values()]
    return pd.DataFrame(
        {
            "id": np.array(columns[0], dtype=np.int64),
            "indicator": np.array(columns[1], dtype=np.int64),
            "month": _ordinals(columns[2]),
            "status": _words(columns[3]),
            "direction": _words(columns[4]),
            "run_certain": np.array(columns[5], dtype=bool),
            "provenance": _words(columns[6]),
            "run_broken_day": _words(columns[7]),
            "due_on": _words(columns[8]),
            "change_e8": _nullable(columns[9], NO_CHANGE_KNOWN),
        }
        | {name: _nullable(column) for name, column in zip(names, columns[10:], strict=True)}
    )
