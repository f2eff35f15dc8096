"""What a kind of table looks like: how its header is known, and in which order columns stand without one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from operator import itemgetter

from core.values.cells import visible
from core.values.written_months import month_written

DIGIT = re.compile("[0-9]")
# What somebody meant as a number, right or wrong.
NUMBER = re.compile(r"[-−(£]?[0-9][0-9., ]*[%)]?")


@dataclass(frozen=True)
class Layout:
    """``key`` are the columns that no header of this kind goes without, ``known`` all that it may have, ``numbers``
    those that hold numbers.

    ``orders`` are the columns that rows without a header may stand in: one of them is taken where the first line has
    its month in that order's place; or, where that month can't be read, the one in which the first line can stand and
    it or a line like it has its numbers. ``aliases`` are other ways in which people call a column. In the columns of
    ``merged`` one cell may be merged over several rows; what fills the others is for who knows the columns to say. The
    key columns in ``told_by`` match a pattern in every row.
    """

    key: Sequence[str]
    known: Sequence[str] = ()
    orders: Sequence[Sequence[str]] = ()
    numbers: Sequence[str] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    merged: Sequence[str] = ()
    told_by: Mapping[str, str] = field(default_factory=dict)

    def names_of(self, cells: Sequence[str]) -> list[str]:
        """A header's cells as the names of columns."""
        return [self.aliases.get(name, name) for name in map(column_name, cells)]

    def is_header(self, names: Sequence[str]) -> bool:
        return set(self.key) <= set(names)

    def order_of(self, cells: Sequence[str]) -> Sequence[str]:
        """The order in which a line without a header stands; empty where none fits.

        What has another month behind its month is a header with months for columns.
        """
        for order in self.orders:
            at = order.index("month")
            if len(cells) > at and _begins_a_row(cells[0], self.known) and _is_month(cells[at]):
                return () if any(map(_is_spelt_month, cells[at + 1 : at + 2])) else order
        return ()

    def order_by_numbers(self, lines: Sequence[Sequence[str]]) -> Sequence[str]:
        """The order in which lines without a header stand whose first month can't be read; empty where none fits.

        A header names a column, holds no digit or has months for columns. Nothing is told by a line of words and what
        stands below it, nor by the first line's own order where its first cell is a month.
        """
        first = lines[0]
        if {column_name(cell) for cell in first} & set(self.known) or _is_month(first[0]):
            return ()
        if sum(map(_is_month, first)) > 1:
            return ()
        orders = [order for order in self.orders if self._may_stand(first, order)]
        alike = takewhile(_has_digit, lines)
        fits = [(self._fit(cells, order), order) for cells in alike for order in orders]
        fit, order = max(fits, key=itemgetter(0), default=(0, ()))
        return order if fit > 0 else ()

    def _may_stand(self, first: Sequence[str], order: Sequence[str]) -> bool:
        """Whether a first line can be a row in this order: it has numbers in their places, or nothing there yet."""
        if len(first) <= order.index("month"):
            return False
        cells = dict(zip(order, map(str.strip, first), strict=False))
        if any(cells.get(name) for name in self.numbers):
            return self._fit(first, order) > 0
        return all(cells[name] for name in self.key) and DIGIT.search(cells["month"]) is not None

    def _fit(self, cells: Sequence[str], order: Sequence[str]) -> int:
        """How many more numbers than other words stand in the places of this order's numbers."""
        places = zip(cells, order, strict=False)
        given = [cell.strip() for cell, name in places if name in self.numbers and cell.strip()]
        return sum(1 if NUMBER.fullmatch(cell) else -1 for cell in given)

    def is_row(self, cells: Sequence[str], places: Mapping[str, int]) -> bool:
        """Whether a line looks like a row under a header whose columns stand in these places.

        Its month tells, where the kind has one; else that every key column has a cell as it should be, and nearly every
        other one has any.
        """
        at = [places[name] for name in self.key if name in places]
        if not at or len(cells) <= max(at) or not all(cells[place].strip() for place in at):
            return False
        if "month" in self.key and "month" in places:
            return _is_month(cells[places["month"]].strip().strip('"'))
        return len(cells) >= max(2, len(places) - 1) and self._is_told(cells, places)

    def _is_told(self, cells: Sequence[str], places: Mapping[str, int]) -> bool:
        return all(
            re.fullmatch(pattern, cells[places[name]].strip().strip('"'))
            for name, pattern in self.told_by.items()
            if name in places
        )


def column_name(cell: str) -> str:
    """A header's cell as the name of a column: lower case, without what nobody sees."""
    return " ".join(visible(cell).split()).lower()


def _begins_a_row(cell: str, known: Sequence[str]) -> bool:
    """A header with months for columns begins with a column's name."""
    return bool(cell.strip()) and column_name(cell) not in known


def _is_spelt_month(cell: str) -> bool:
    """Of a month that is no plain number at the same time, as 201904 is."""
    return _is_month(cell) and not NUMBER.fullmatch(cell.strip())


def _has_digit(cells: Sequence[str]) -> bool:
    return any(map(DIGIT.search, cells))


def _is_month(cell: str) -> bool:
    try:
        month_written(cell)
    except ValueError:
        return False
    return True
