"""Writes changed rows of the read model in bulk: one statement for many rows, on either database.

The ORM would build an object and a statement part for each of the 275,400 rows of a large installation; this sends
tuples. Nothing but the recompute calls it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from django.db import connection

from kpis.frames import COUNT_COLUMNS, E4_COLUMNS, E8_COLUMNS
from kpis.models import IndicatorStatus
from kpis.rules.exact import E4, E8
from kpis.series import days_of

PAGE = 2000
KEYS = ("indicator_id", "month")
# In the order of `_tuples`; exact numbers travel as whole units and are divided by the database.
PLAIN = ("contract_id", "indicator_id", "month", "status", "direction", "run_certain", "run_broken_by", "provenance")
COLUMNS = (*PLAIN, "due_on", *COUNT_COLUMNS, *E4_COLUMNS, *E8_COLUMNS, "change")


def changed_rows(frame: pd.DataFrame, stored: pd.DataFrame) -> tuple[np.ndarray, list[int]]:
    """Which computed rows are new or differ from the stored ones, and the ids of stored rows that are no longer due.

    Both frames are compared column by column on the very numbers that are kept.
    """
    at = frame[["indicator", "month"]].merge(
        stored.reset_index(names="at")[["indicator", "month", "at"]],
        on=["indicator", "month"],
        how="left",
        validate="one_to_one",
    )["at"]
    absent = at.isna().to_numpy()
    where = at.fillna(0).to_numpy().astype(np.int64)
    changed = absent.copy()
    if len(stored):
        for name in _compared():
            changed |= _differs(frame[name], stored[name].take(where))
    gone = np.ones(len(stored), dtype=bool)
    gone[where[~absent]] = False
    return changed, stored["id"].to_numpy()[gone].tolist()


def _compared() -> list[str]:
    words = ["status", "direction", "run_certain", "run_broken_day", "provenance", "due_on", "change_e8"]
    return [*words, *COUNT_COLUMNS.values(), *E4_COLUMNS.values(), *E8_COLUMNS.values()]


def _differs(ours: pd.Series[Any], theirs: pd.Series[Any]) -> np.ndarray:
    if pd.api.types.is_integer_dtype(ours.dtype):
        one, other = (column.array.to_numpy(dtype=np.int64, na_value=-(2**62)) for column in (ours, theirs))
    else:
        one, other = ours.to_numpy(dtype=object), theirs.to_numpy(dtype=object)
    return np.asarray(one != other, dtype=bool)


def write(frame: pd.DataFrame) -> None:
    """Insert or overwrite the read model's rows for these indicators and months."""
    if frame.empty:
        return
    divisors = {name: E4 for name in E4_COLUMNS} | {name: E8 for name in (*E8_COLUMNS, "change")}
    places = [f"%s / {divisors[name]}.0" if name in divisors else "%s" for name in COLUMNS]
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    updates = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in COLUMNS if name not in KEYS)
    table = IndicatorStatus._meta.db_table
    head = f'INSERT INTO "{table}" ({names}) VALUES '
    tail = f" ON CONFLICT ({', '.join(KEYS)}) DO UPDATE SET {updates}"
    _send(head, f"({', '.join(places)})", tail, _tuples(frame))


def _send(head: str, row: str, tail: str, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_values

            execute_values(cursor.cursor, f"{head}%s{tail}", rows, template=row, page_size=PAGE)
        else:
            cursor.executemany(f"{head}{row}{tail}", rows)


def _tuples(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    words = ["contract", "indicator", "month_day", "status", "direction", "run_certain", "run_broken_day"]
    words += ["provenance", "due_on"]
    numbers = [*COUNT_COLUMNS.values(), *E4_COLUMNS.values(), *E8_COLUMNS.values(), "change_e8"]
    columns = [frame[name].tolist() for name in words] + [_integers(frame[name]) for name in numbers]
    return list(zip(*columns, strict=True))


def _integers(column: pd.Series[Any]) -> list[int | None]:
    """Python integers, None where missing: drivers know nothing of NA."""
    values = column.array.to_numpy(dtype=np.int64, na_value=0).astype(object)
    values[column.isna().to_numpy()] = None
    return list(values)


def add_days(frame: pd.DataFrame, due: dict[tuple[int, int], Any]) -> pd.DataFrame:
    """The computed frame with its months as days, as the table keeps them, and the day each figure fell due."""
    keys = zip(frame["contract"].tolist(), frame["month"].tolist(), strict=True)
    return frame.assign(
        month_day=days_of(frame["month"]),
        run_broken_day=days_of(frame["run_broken_by"]),
        run_certain=frame["run_certain"].fillna(False).astype(bool),
        due_on=pd.Series([due[key] for key in keys], dtype=object),
    )


def remove(ids: Sequence[int]) -> None:
    """Drop stored rows that no series reaches any more, such as months after an earlier end of the contract."""
    for start in range(0, len(ids), PAGE):
        IndicatorStatus.objects.filter(pk__in=ids[start : start + PAGE]).delete()
