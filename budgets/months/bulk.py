"""Writes drafts, many at once, as rows of plain values: an object for each takes several times as long as the database.

Constraints hold all the same. Nothing but the service that keeps drafts calls it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection

from budgets.models import LineDraft

# So many values any SQLite takes in one statement.
MOST_VALUES = 900
# A line has one draft of a period; another version takes its place.
PLACE = ("line_id", "year", "period")
REPLACED = ("typed", "begun_from_id", "version", "saved_by_id", "saved_as", "saved_at")


class DraftRow(NamedTuple):
    line_id: int
    year: int
    period: int
    typed: Mapping[str, str]
    begun_from_id: int | None
    version: int
    saved_by_id: int
    saved_as: str


COLUMNS = (*DraftRow._fields, "saved_at")


def put_drafts(rows: Sequence[DraftRow], now: datetime) -> None:
    """Each row new, or in the place of the one that its line has of the period."""
    moment = connection.ops.adapt_datetimefield_value(now)
    size = MOST_VALUES // len(COLUMNS)
    with connection.cursor() as cursor:
        for at in range(0, len(rows), size):
            batch: list[tuple[Any, ...]] = [
                (*row[:3], json.dumps(row.typed), *row[4:], moment) for row in rows[at : at + size]
            ]
            cursor.execute(_statement(len(batch)), list(chain.from_iterable(batch)))


def _statement(rows: int) -> str:
    columns = ", ".join(COLUMNS)
    places = ", ".join([f"({', '.join(['%s'] * len(COLUMNS))})"] * rows)
    replaced = ", ".join(f"{name} = excluded.{name}" for name in REPLACED)
    return (
        f"INSERT INTO {LineDraft._meta.db_table} ({columns}) VALUES {places}"  # noqa: S608 - our own names
        f" ON CONFLICT ({', '.join(PLACE)}) DO UPDATE SET {replaced}"
    )
