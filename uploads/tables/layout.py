"""What a kind of table looks like: how its header is known, and in which order columns stand without one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    its month in that order's place, or where lines have their numbers there.
    """

    key: Sequence[str]
    known: Sequence[str] = ()
    orders: Sequence[Sequence[str]] = ()
    numbers: Sequence[str] = ()

    def is_header(self, names: Sequence[str]) -> bool:
        return set(self.key) <= set(names)

    def order_of(self, cells: Sequence[str]) -> Sequence[str]:
        """The order in which a line without a header stands; empty where none fits."""
        for order in self.orders:
            at = order.index("month")
            if len(cells) > at and _begins_a_row(cells[0], self.known) and _is_month(cells[at]):
                return order
        return ()

    def order_by_numbers(self, lines: Sequence[Sequence[str]]) -> Sequence[str]:
        """The order in which lines without a header stand whose first month can't be read; empty where none fits.

        A header holds no digit, and what begins with a month stands in an order of its own.
        """
        first = lines[0]
        named = {column_name(cell) for cell in first} & set(self.known)
        if named or not any(map(DIGIT.search, first)) or _is_month(first[0]):
            return ()
        orders = [order for order in self.orders if len(first) > order.index("month")]
        fits = [(self._fit(cells, order), order) for cells in lines for order in orders]
        fit, order = max(fits, key=itemgetter(0), default=(0, ()))
        return order if fit > 0 else ()

    def _fit(self, cells: Sequence[str], order: Sequence[str]) -> int:
        """How many more numbers than other words stand in the places of this order's numbers."""
        places = zip(cells, order, strict=False)
        given = [cell.strip() for cell, name in places if name in self.numbers and cell.strip()]
        return sum(1 if NUMBER.fullmatch(cell) else -1 for cell in given)

    def is_row(self, cells: Sequence[str], places: Mapping[str, int]) -> bool:
        """Whether a line looks like a row under a header whose columns stand in these places.

        Its month tells, where the kind has one; else that every key column and nearly every other has a cell.
        """
        at = [places[name] for name in self.key if name in places]
        if not at or len(cells) <= max(at) or not all(cells[place].strip() for place in at):
            return False
        if "month" in self.key and "month" in places:
            return _is_month(cells[places["month"]].strip().strip('"'))
        return len(cells) >= max(2, len(places) - 1)


def column_name(cell: str) -> str:
    """A header's cell as the name of a column: lower case, without what nobody sees."""
    return " ".join(visible(cell).split()).lower()


def _begins_a_row(cell: str, known: Sequence[str]) -> bool:
    """A header with months for columns begins with a column's name."""
    return bool(cell.strip()) and column_name(cell) not in known


def _is_month(cell: str) -> bool:
    try:
        month_written(cell)
    except ValueError:
        return False
    return True
