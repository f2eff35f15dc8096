"""Compares computed statuses with the stored ones, and writes what differs: one statement for many rows.

The ORM would build an object and a statement part for each of the 275,400 rows of a large installation; this sends
columns. Nothing but the recompute calls it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from django.db import connection

from core.values.months import Month
from core.values.numbers import E4, E8
from kpis.engine.frames.crossing import COUNT_COLUMNS, E4_COLUMNS, E8_COLUMNS, MISSING
from kpis.engine.models import IndicatorStatus

PAGE = 2000
MONTHS = 2**20  # more than there are
KEYS = {"contract_id": "contract", "indicator_id": "indicator", "month": "month_day"}
WORDS = {
    "status": "status",
    "direction": "direction",
    "succession_certain": "succession_certain",
    "succession_broken_by": "succession_broken_day",
    "succession_broken_status": "succession_broken_status",
    "provenance": "provenance",
    "due_on": "due_day",
}
NUMBERS = COUNT_COLUMNS | E4_COLUMNS | E8_COLUMNS
# Exact numbers travel as whole units and are divided by the database.
DIVISORS = dict.fromkeys(E4_COLUMNS, E4) | dict.fromkeys(E8_COLUMNS, E8)
TABLE = IndicatorStatus._meta.db_table


@dataclass(frozen=True)
class Difference:
    """What there is to write.

    For each computed row the id of its stored row, 0 where there is none, and whether that says something else;
    the columns of the table in which any stored row does; and the ids of stored rows that are no longer due.
    """

    stored_ids: np.ndarray
    differs: np.ndarray
    columns: list[str]
    gone: list[int]

    @property
    def rows(self) -> int:
        return int(self.differs.sum() + (self.stored_ids == 0).sum()) + len(self.gone)


def with_days(frame: pd.DataFrame, due: Mapping[tuple[int, int], date]) -> pd.DataFrame:
    """The computed frame with its months as days in ISO text, and the day on which each figure fell due."""
    pairs, which = np.unique(
        _pair(frame["contract"].to_numpy(), frame["month"].to_numpy()), return_inverse=True
    )
    due_days = np.array([due[divmod(pair, MONTHS)].isoformat() for pair in pairs.tolist()], dtype=object)
    return frame.assign(
        month_day=_first_days(frame["month"]),
        succession_broken_day=_first_days(frame["succession_broken_by"]),
        succession_certain=frame["succession_certain"].array.to_numpy(dtype=bool, na_value=False),
        due_day=_words(due_days[which]),
    )


def difference(frame: pd.DataFrame, stored: Mapping[str, np.ndarray]) -> Difference:
    """Compare column by column, on the very numbers that are kept. The frame is sorted by indicator and month."""
    at, found = _places(frame, stored)
    stored_ids = np.zeros(len(frame), dtype=np.int64)
    stored_ids[at[found]] = stored["id"][found]
    differs = np.zeros(len(frame), dtype=bool)
    columns = []
    for column, name in (WORDS | NUMBERS).items():
        unlike = _plain(frame, column)[at[found]] != stored[name][found]
        if unlike.any():
            differs[at[found][unlike]] = True
            columns.append(column)
    return Difference(stored_ids, differs, columns, stored["id"][~found].tolist())


def write(frame: pd.DataFrame, found: Difference) -> None:
    """Insert the rows that are not stored yet, correct those that differ, remove those no longer due."""
    new = np.flatnonzero(found.stored_ids == 0)
    if len(new):
        columns = [*KEYS, *WORDS, *NUMBERS]
        _insert(columns, [_sent(frame, column, new) for column in columns])
    wrong = np.flatnonzero(found.differs)
    if len(wrong):
        values = [_sent(frame, column, wrong) for column in found.columns]
        _update(found.columns, [*values, found.stored_ids[wrong].tolist()])
    for start in range(0, len(found.gone), PAGE):
        IndicatorStatus.objects.filter(pk__in=found.gone[start : start + PAGE]).delete()


def _places(frame: pd.DataFrame, stored: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """For each stored row its place in the frame, and whether it has one."""
    ours = _pair(frame["indicator"].to_numpy(), frame["month"].to_numpy())
    theirs = _pair(stored["indicator"], stored["month"])
    if not len(ours):
        return np.zeros(len(theirs), dtype=np.int64), np.zeros(len(theirs), dtype=bool)
    at = np.minimum(np.searchsorted(ours, theirs), len(ours) - 1)
    return at, ours[at] == theirs


def _pair(key: np.ndarray, month: np.ndarray) -> np.ndarray:
    """A key and a month as one number, which sorts as they do."""
    pair: np.ndarray = key * MONTHS + month
    return pair


def _plain(frame: pd.DataFrame, column: str) -> np.ndarray:
    """A column of the frame as the stored one crosses: whole numbers with MISSING, words as objects."""
    if column in NUMBERS:
        numbers: np.ndarray = frame[NUMBERS[column]].array.to_numpy(dtype=np.int64, na_value=MISSING)
        return numbers
    return frame[(KEYS | WORDS)[column]].to_numpy()


def _sent(frame: pd.DataFrame, column: str, rows: np.ndarray) -> list[Any]:
    """A column as the driver takes it: Python's own numbers and words, None where missing."""
    values = _plain(frame, column)[rows]
    if column in NUMBERS and (missing := values == MISSING).any():
        values = values.astype(object)
        values[missing] = None
    sent: list[Any] = values.tolist()
    return sent


def _insert(columns: Sequence[str], values: Sequence[list[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    if connection.vendor == "postgresql":
        given = ", ".join(_divided(column, f'given."{column}"') for column in columns)
        _send(f'INSERT INTO "{TABLE}" ({names}) SELECT {given} FROM {_unnested(columns)}', values)  # noqa: S608 - names
    else:
        places = ", ".join(_divided(column, "%s") for column in columns)
        _send(f'INSERT INTO "{TABLE}" ({names}) VALUES ({places})', values)  # noqa: S608 - names


def _update(columns: Sequence[str], values: Sequence[list[Any]]) -> None:
    """Set the columns of the rows whose ids come last."""
    if connection.vendor == "postgresql":
        given = ", ".join(f'"{column}" = {_divided(column, f"given.{column}")}' for column in columns)
        source = _unnested([*columns, "id"])
        _send(f'UPDATE "{TABLE}" kept SET {given} FROM {source} WHERE kept.id = given.id', values)  # noqa: S608 - names
    else:
        given = ", ".join(f'"{column}" = {_divided(column, "%s")}' for column in columns)
        _send(f'UPDATE "{TABLE}" SET {given} WHERE id = %s', values)  # noqa: S608 - names


def _send(statement: str, values: Sequence[list[Any]]) -> None:
    """Whole columns: as arrays to PostgreSQL, row by row into a statement that SQLite has prepared once."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement, [_array(column) for column in values])
        else:
            cursor.executemany(statement, list(zip(*values, strict=True)))


def _divided(column: str, number: str) -> str:
    return f"{number} / {DIVISORS[column]}.0" if column in DIVISORS else number


def _unnested(columns: Sequence[str]) -> str:
    """PostgreSQL's way to take whole columns: one array each, side by side."""
    kinds = [_array_kind(column) for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    return f"unnest({', '.join(f'%s::{kind}[]' for kind in kinds)}) AS given ({names})"


def _array_kind(column: str) -> str:
    if column == "id" or column in DIVISORS:
        return "bigint"
    return str(IndicatorStatus._meta.get_field(column).db_type(connection))


def _array(values: list[Any]) -> str:
    """An array as PostgreSQL reads it, which is many times faster than a list of expressions."""
    known = {value: _element(value) for value in set(values)}
    return "{" + ",".join([known[value] for value in values]) + "}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


def _words(texts: np.ndarray) -> pd.Series[Any]:
    """Text as it is; left to itself, pandas would turn None into NaN."""
    return pd.Series(texts, dtype=object)


def _first_days(ordinals: pd.Series[Any]) -> pd.Series[Any]:
    """Ordinals of months as their first days in ISO text; None where missing."""
    numbers = ordinals.array.to_numpy(dtype=np.int64, na_value=0)
    present = numbers[numbers > 0]
    first, last = (int(present.min()), int(present.max())) if len(present) else (1, 0)
    days = [f"{Month.from_ordinal(number)}-01" for number in range(first, last + 1)]
    texts = np.array([None, *days], dtype=object)
    return _words(texts[np.where(numbers > 0, numbers - first + 1, 0)])
