"""What a kind of table looks like: how its header is known, and in which order columns stand without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.values.cells import visible
from core.values.written_months import month_written


@dataclass(frozen=True)
class Layout:
    """``key`` are the columns that no header of this kind goes without, ``known`` all that it may have.

    ``orders`` are the columns that rows without a header may stand in: one of them is taken where the first line has
    its month in that order's place.
    """

    key: Sequence[str]
    known: Sequence[str] = ()
    orders: Sequence[Sequence[str]] = ()

    def is_header(self, names: Sequence[str]) -> bool:
        return set(self.key) <= set(names)

    def order_of(self, cells: Sequence[str]) -> Sequence[str]:
        """The order in which a line without a header stands; empty where none fits."""
        for order in self.orders:
            at = order.index("month")
            if len(cells) > at and _begins_a_row(cells[0], self.known) and _is_month(cells[at]):
                return order
        return ()

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
