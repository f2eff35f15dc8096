"""Files opened here, without the other program that opens them for people: for tests of what is read, in thousands."""

from __future__ import annotations

from collections.abc import Mapping

from kpis.figures.columns import LAYOUT
from uploads.tables.child import Asked, found
from uploads.tables.layout import Layout
from uploads.tables.opening import Table, open_table, table_of
from uploads.tables.refusal import Limits
from uploads.tables.table import Row


def opened_here(
    content: bytes,
    limits: Limits,
    layout: Layout = LAYOUT,
    *,
    pasted: bool = False,
    answers: Mapping[str, str] | None = None,
) -> Table:
    return table_of(found(content, Asked(limits, layout, pasted, answers or {})))


def opened(content: bytes, limits: Limits, **more: object) -> tuple[list[str], list[Row]]:
    """The header and all rows, as people's files are opened."""
    with open_table(content, limits, LAYOUT, **more) as table:  # type: ignore[arg-type]
        return table.columns, list(table.rows)
