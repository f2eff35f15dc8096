"""The only crossing between database rows and pandas.

Exact numbers cross as whole ten-thousandths (``_e4``) or hundred-millionths (``_e8``) of int64, months as their
ordinals, and a missing number as MISSING in the database's answer and NA in the frame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from django.db import connection

from core.values.months import Month
from core.values.numbers import E4, E8, SCALES, from_units, ten_thousandths
from kpis.definitions.models import BandVersion, Indicator
from kpis.engine.models import IndicatorStatus
from kpis.figures.models import Figure, FigureRevision

# No column of fifteen digits reaches this.
MISSING = -(2**62)


def _table(statement: str, ids: Sequence[int], columns: dict[str, tuple[str, type]]) -> np.ndarray:
    """The rows of a statement with ``{columns}`` and ``{ids}``: a field per column, ``int`` (never null) or ``object``.

    Written out and read from the driver itself, because the ORM would convert each of six million numbers and days.
    """
    kinds = np.dtype([(name, np.int64 if kind is int else object) for name, (_, kind) in columns.items()])
    given = ", ".join(expression for expression, _ in columns.values())
    with connection.cursor() as cursor:
        cursor.execute(statement.format(columns=given, ids=", ".join(["%s"] * len(ids)) or "NULL"), list(ids))
        return np.fromiter(cursor.cursor, dtype=kinds)


def _whole(column: str) -> tuple[str, type]:
    """A column of whole numbers, MISSING where null."""
    return f"COALESCE({column}, {MISSING})", int


def _units(column: str, units: int) -> tuple[str, type]:
    """A decimal column as whole units: rounded before the cast, because SQLite keeps decimals as binary numbers."""
    return f"COALESCE(CAST(ROUND({column} * {units}) AS bigint), {MISSING})", int


def _day(column: str) -> tuple[str, type]:
    """A day as ISO text, null where missing."""
    return f"CAST({column} AS text)", object


def _ordinals(days: np.ndarray) -> np.ndarray:
    """Days in ISO text as the ordinals of their months."""
    listed = days.tolist()
    known = {day: Month.parse(day[:7]).ordinal for day in set(listed)}
    return np.fromiter((known[day] for day in listed), dtype=np.int64, count=len(listed))


def _nullable(numbers: Sequence[int] | np.ndarray) -> pd.arrays.IntegerArray:
    array = np.array(numbers, dtype=np.int64)
    missing = array == MISSING
    array[missing] = 0
    return pd.arrays.IntegerArray(array, missing)


INDICATORS = f"SELECT {{columns}} FROM {Indicator._meta.db_table} WHERE contract_id IN ({{ids}}) ORDER BY id"  # noqa: S608 - our own names, no values
INDICATOR_COLUMNS: dict[str, tuple[str, type]] = {
    "indicator": ("id", int),
    "contract": ("contract_id", int),
    "kind": ("kind", object),
    "unit": ("unit", object),
    "polarity": ("polarity", object),
    "decimals": ("decimals", int),
    "no_real_change_e4": _units("no_change_below", E4),
}


def indicator_frame(contract_ids: Sequence[int]) -> pd.DataFrame:
    """One row per indicator: indicator, contract, supporting, scale, higher_is_better, decimals, no_real_change_e4."""
    rows = _table(INDICATORS, contract_ids, INDICATOR_COLUMNS)
    return pd.DataFrame(
        {
            "indicator": rows["indicator"],
            "contract": rows["contract"],
            "supporting": np.array(rows["kind"] == Indicator.Kind.SUPPORTING, dtype=bool),
            "scale": np.array([SCALES[unit] for unit in rows["unit"]], dtype=np.int64),
            "higher_is_better": np.array(rows["polarity"] == Indicator.Polarity.HIGHER, dtype=bool),
            "decimals": rows["decimals"],
            "no_real_change_e4": _nullable(rows["no_real_change_e4"]),
        }
    )


def indicator_frame_of(indicators: Sequence[Indicator]) -> pd.DataFrame:
    """The same from indicators at hand, by their keys as the database gives them."""
    ordered = sorted(indicators, key=lambda indicator: indicator.pk)
    return pd.DataFrame(
        {
            "indicator": np.array([indicator.pk for indicator in ordered], dtype=np.int64),
            "contract": np.array([indicator.contract_id for indicator in ordered], dtype=np.int64),
            "supporting": np.array(
                [indicator.kind == Indicator.Kind.SUPPORTING for indicator in ordered], dtype=bool
            ),
            "scale": np.array([SCALES[indicator.unit] for indicator in ordered], dtype=np.int64),
            "higher_is_better": np.array(
                [indicator.polarity == Indicator.Polarity.HIGHER for indicator in ordered], dtype=bool
            ),
            "decimals": np.array([indicator.decimals for indicator in ordered], dtype=np.int64),
            "no_real_change_e4": _nullable([_e4(indicator.no_change_below) for indicator in ordered]),
        }
    )


def _e4(number: Decimal | None) -> int:
    return MISSING if number is None else ten_thousandths(number)


FIGURES = f"""
SELECT {{columns}} FROM {Figure._meta.db_table} figure
JOIN {FigureRevision._meta.db_table} latest ON latest.id = figure.latest_id
WHERE figure.indicator_id IN ({{ids}})
"""  # noqa: S608 - our own names, no values
ENTERED = ("numerator", "denominator", "value")
FIGURE_COLUMNS: dict[str, tuple[str, type]] = {
    "indicator": ("figure.indicator_id", int),
    "month": _day("figure.month"),
    "revision": ("latest.id", int),
    "numerator_e4": _units("latest.numerator", E4),
    "denominator_e4": _units("latest.denominator", E4),
    "value_e4": _units("latest.value", E4),
    "provenance": ("latest.provenance", object),
}


def figure_frame(indicator_ids: Sequence[int]) -> pd.DataFrame:
    """One row per figure: indicator, month, revision, numerator_e4, denominator_e4, value_e4, provenance."""
    rows = _table(FIGURES, indicator_ids, FIGURE_COLUMNS)
    numbers = {name: _nullable(rows[name]) for name in ("numerator_e4", "denominator_e4", "value_e4")}
    return pd.DataFrame(
        {"indicator": rows["indicator"], "month": _ordinals(rows["month"]), "revision": rows["revision"]}
        | numbers
        | {"provenance": pd.Series(rows["provenance"], dtype=object)}
    )


def figure_frame_of(revisions: Sequence[FigureRevision]) -> pd.DataFrame:
    """The same from revisions at hand, one for each figure, with their figures."""
    numbers = {f"{name}_e4": [_e4(getattr(revision, name)) for revision in revisions] for name in ENTERED}
    return pd.DataFrame(
        {
            "indicator": np.array([revision.figure.indicator_id for revision in revisions], dtype=np.int64),
            "month": np.array(
                [Month.of(revision.figure.month).ordinal for revision in revisions], dtype=np.int64
            ),
            "revision": pd.array([revision.pk for revision in revisions], dtype="Int64"),
        }
        | {name: _nullable(values) for name, values in numbers.items()}
        | {"provenance": pd.Series([revision.provenance for revision in revisions], dtype=object)}
    )


BANDS = f"SELECT {{columns}} FROM {BandVersion._meta.db_table} WHERE indicator_id IN ({{ids}})"  # noqa: S608 - our own names, no values
BAND_COLUMNS: dict[str, tuple[str, type]] = {
    "band": ("id", int),
    "indicator": ("indicator_id", int),
    "first": _day("valid_from"),
    "last": _day("valid_to"),
    "target_op": ("target_operator", object),
    "target_e4": _units("target_value", E4),
    "failure_op": ("failure_operator", object),
    "failure_e4": _units("failure_value", E4),
}


def band_rows(indicator_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Band versions as tuples in the order of BAND_COLUMNS; days are ISO text, None for an open end."""
    rows: list[tuple[Any, ...]] = _table(BANDS, indicator_ids, BAND_COLUMNS).tolist()
    return rows


def band_rows_of(bands: Sequence[BandVersion]) -> list[tuple[Any, ...]]:
    """The same from band versions at hand."""
    return [
        (
            band.pk,
            band.indicator_id,
            band.valid_from.isoformat(),
            band.valid_to.isoformat() if band.valid_to else None,
            band.target_operator,
            ten_thousandths(band.target_value),
            band.failure_operator,
            ten_thousandths(band.failure_value),
        )
        for band in bands
    ]


# What a status row says, beside its keys; how each column crosses.
E4_COLUMNS = {"numerator": "numerator_e4", "denominator": "denominator_e4", "given_value": "value_e4"}
E8_COLUMNS = {
    "value": "value_e8",
    "change": "change_e8",
    "previous_value": "previous_e8",
    "average_12": "average_e8",
    "pooled_12": "pooled_e8",
}
COUNT_COLUMNS = {
    "revision_id": "revision",
    "band_id": "band",
    "months_off_target": "months_off_target",
    "months_in_failure": "months_in_failure",
    "months_in_average": "months_in_average",
}


STATUSES = f"SELECT {{columns}} FROM {IndicatorStatus._meta.db_table} WHERE contract_id IN ({{ids}})"  # noqa: S608 - our own names, no values
STATUS_COLUMNS: dict[str, tuple[str, type]] = {
    "id": ("id", int),
    "indicator": ("indicator_id", int),
    "month": _day("month"),
    "status": ("status", object),
    "direction": ("direction", object),
    "succession_certain": ("CAST(succession_certain AS integer)", int),
    "provenance": ("provenance", object),
    "succession_broken_day": _day("succession_broken_by"),
    "succession_broken_status": ("succession_broken_status", object),
    "due_day": _day("due_on"),
}
STATUS_COLUMNS |= {ours: _whole(name) for name, ours in COUNT_COLUMNS.items()}
STATUS_COLUMNS |= {ours: _units(name, E4) for name, ours in E4_COLUMNS.items()}
STATUS_COLUMNS |= {ours: _units(name, E8) for name, ours in E8_COLUMNS.items()}


def stored_statuses(contract_ids: Sequence[int]) -> dict[str, np.ndarray]:
    """The stored rows as plain arrays under a computed frame's names, with ``id``; days are ISO text.

    Whole numbers have MISSING where there is none.
    """
    rows = _table(STATUSES, contract_ids, STATUS_COLUMNS)
    return {name: rows[name] for name in STATUS_COLUMNS} | {"month": _ordinals(rows["month"])}


def unsaved_statuses(frame: pd.DataFrame, due: Mapping[int, date]) -> list[IndicatorStatus]:
    """The rows of a computed frame as the read model would hold them; ``due`` has the due day of each month."""
    words = ("status", "direction", "succession_broken_status", "provenance")
    columns = {"contract_id": frame["contract"], "indicator_id": frame["indicator"], "month": frame["month"]}
    columns |= {name: frame[name] for name in (*words, "succession_certain", "succession_broken_by")}
    columns |= {name: frame[ours] for name, ours in (COUNT_COLUMNS | E4_COLUMNS | E8_COLUMNS).items()}
    listed = [series.astype(object).where(series.notna(), None).tolist() for series in columns.values()]
    return [_unsaved(dict(zip(columns, values, strict=True)), due) for values in zip(*listed, strict=True)]


def _unsaved(values: dict[str, Any], due: Mapping[int, date]) -> IndicatorStatus:
    month, broken_by = values["month"], values["succession_broken_by"]
    for columns, places in ((E4_COLUMNS, 4), (E8_COLUMNS, 8)):
        for name in columns:
            values[name] = None if values[name] is None else from_units(values[name], places)
    return IndicatorStatus(
        **values
        | {
            "month": Month.from_ordinal(month).first_day,
            "succession_broken_by": Month.from_ordinal(broken_by).first_day if broken_by else None,
            "succession_certain": bool(values["succession_certain"]),
            "due_on": due[month],
        }
    )
