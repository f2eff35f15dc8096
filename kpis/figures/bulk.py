"""Inserts figures and their revisions, many at once: rows of plain values into statements that were prepared once.

The ORM would build an object and a part of a statement for each row, which takes several times as long as the database
itself. Constraints and triggers hold all the same. Nothing but the service that saves figures calls it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection, models
from psycopg2 import extensions

from kpis.figures.models import Figure, FigureRevision

# SQLite keeps what a statement could have to take back, page by page, for each statement that a trigger may refuse: for
# one row at a time that takes twice as long as the rows. So many values any SQLite takes at once.
_MOST_VALUES = 900

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


def expect_many() -> None:
    """For the rest of the transaction, on PostgreSQL: triggers and foreign keys find rows by index.

    It plans what they look for once in a session, when the table may be as good as empty, and would then read the whole
    of it for each of the thousands of rows that follow.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("DISCARD PLANS")


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
        if connection.vendor == "postgresql" and not extensions.get_wait_callback():
            cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', io.StringIO(_as_copied(rows)))
        else:
            # PostgreSQL too, where pages are served: psycopg2 has no COPY there (see sandwell.database.silence).
            kept = _as_sqlite_keeps(rows) if connection.vendor == "sqlite" else rows
            place = f"({', '.join(['%s'] * len(columns))})"
            for size, values in _statements(kept, _MOST_VALUES // len(columns)):
                places = ", ".join([place] * size)
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES {places}', values)  # noqa: S608 - names


def point_at_newest(figure_ids: Sequence[int], state: str) -> None:
    """The latest revision and where it stands change together; what is accepted is accepted as it reads now."""
    pointers = ["latest_id", "accepted_id"] if state == Figure.State.ACCEPTED else ["latest_id"]
    pointed = ", ".join(f"{pointer} = newest.id" for pointer in pointers)
    asked, keys = (
        ("= ANY(%s)", list(figure_ids))
        if connection.vendor == "postgresql"
        else ("IN (SELECT value FROM json_each(%s))", json.dumps(list(figure_ids)))
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE kpis_figure SET state = %s, {pointed}
            FROM (
                SELECT figure_id, MAX(id) AS id FROM kpis_figurerevision WHERE figure_id {asked} GROUP BY figure_id
            ) newest
            WHERE newest.figure_id = kpis_figure.id
            """,  # noqa: S608 - our own words
            [state, keys],
        )


def _statements(rows: Sequence[Sequence[Any]], size: int) -> Iterator[tuple[int, list[list[Any]]]]:
    """The rows' values for statements of so many rows each, and for one of those that are left."""
    whole = len(rows) // size * size
    for count, start, end in ((size, 0, whole), (len(rows) - whole, whole, len(rows))):
        if start < end:
            yield count, [list(chain.from_iterable(rows[at : at + count])) for at in range(start, end, count)]


def _as_copied(rows: Sequence[tuple[Any, ...]]) -> str:
    """The rows as PostgreSQL's COPY reads them: tabs between values, backslashes before what would end one."""
    return "".join(
        "\t".join(
            [
                "\\N"
                if value is None
                else value.translate(_ESCAPES)
                if isinstance(value, str)
                else str(value)
                for value in row
            ]
        )
        + "\n"
        for row in rows
    )


def _as_sqlite_keeps(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    """Exact numbers and days as text, which the columns' kinds turn into what they are."""
    text: dict[type, Callable[[Any], str]] = {
        Decimal: str,
        date: date.isoformat,
        # One moment stands in all rows of a write.
        datetime: lru_cache(lambda moment: str(connection.ops.adapt_datetimefield_value(moment))),
    }
    return [[text[kind](value) if (kind := type(value)) in text else value for value in row] for row in rows]
