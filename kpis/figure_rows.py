"""Inserts figures and their revisions, many at once: rows of plain values into statements that were prepared once.

The ORM would build an object and a part of a statement for each row, which takes several times as long as the database
itself. Constraints and triggers hold all the same. Nothing but the service that saves figures calls it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection, models

from kpis.models import Figure, FigureRevision

_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class NewFigure(NamedTuple):
    indicator_id: int
    month: date
    state: str


class NewRevision(NamedTuple):
    figure_id: int
    number: int
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    commentary: str
    provenance: str
    reason: str
    final_expected_on: date | None
    replaces_id: int | None
    entered_by_id: int | None
    entered_as: str
    entered_at: datetime


def insert_figures(rows: Sequence[NewFigure]) -> None:
    _insert(Figure, NewFigure._fields, rows)


def insert_revisions(rows: Sequence[NewRevision]) -> None:
    _insert(FigureRevision, NewRevision._fields, rows)


def _insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', io.StringIO(_as_copied(rows)))
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', _as_sqlite_keeps(rows))  # noqa: S608 - names


def _as_copied(rows: Sequence[tuple[Any, ...]]) -> str:
    """The rows as PostgreSQL's COPY reads them: tabs between values, backslashes before what would end one."""
    return "".join("\t".join(map(_copied, row)) + "\n" for row in rows)


def _copied(value: Any) -> str:
    if value is None:
        return "\\N"
    return str(value).translate(_ESCAPES) if isinstance(value, str) else str(value)


def _as_sqlite_keeps(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    """Exact numbers and days as text, which the columns' kinds turn into what they are."""
    text: dict[type, Callable[[Any], str]] = {
        Decimal: str,
        date: date.isoformat,
        # One moment stands in all rows of a write.
        datetime: lru_cache(lambda moment: str(connection.ops.adapt_datetimefield_value(moment))),
    }
    return [[text[kind](value) if (kind := type(value)) in text else value for value in row] for row in rows]
