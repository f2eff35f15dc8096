"""Finds the table in a file's lines: its header, wherever it stands, and the rows below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from uploads.tables.layout import Layout
from uploads.tables.lines import Line, cell_name, shown
from uploads.tables.refusal import FileRefused

# A header is looked for in so many lines.
TOP = 30
SWALLOWED = (
    "This cell holds what looks like another row: a quotation mark begins it and ends only below. Take the quotation"
    " mark out, or write it twice."
)


@dataclass(frozen=True)
class Row:
    """One row of a table. ``number`` counts as a spreadsheet does, whatever stands above the table.

    ``unread`` says of columns why their cell has no text; ``surplus`` says of a cell that stands under no column, by
    the cell's name, what is wrong with that.
    """

    number: int
    cells: dict[str, str]
    surplus: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """The header: ``columns`` by name, in order, each with its place in a line; ``notes`` say what was left aside.

    ``number`` is the row that it stands in; 0 where rows stand in one of the layout's orders without it.
    """

    number: int
    columns: Sequence[str]
    places: Sequence[int]
    notes: Sequence[str]


def find_table(lines: Iterator[Line], layout: Layout, most_rows: int) -> tuple[Head, Iterator[Row]]:
    """The header and the rows below it, one by one; blank rows are passed over.

    Where no line near the top has every key column, the first one that isn't blank is taken: as a row where it stands
    in one of the layout's orders, its month readable or not, else as the header. Whoever knows the columns says what is
    wrong with either.
    """
    top = [line for line in islice(lines, TOP) if not line.empty]
    if not top:
        raise FileRefused("The file is empty. It needs a header row and at least one row below it.")
    at = next((at for at, line in enumerate(top) if layout.is_header(layout.names_of(line.cells))), None)
    if at is None and (order := _order_without_header(top, layout)):
        head = Head(0, list(order), range(len(order)), [])
        return head, _rows(head, chain(top, lines), layout, most_rows)
    header = top[at or 0]
    above = top[: at or 0]
    head = _head(header, above, layout)
    # Whoever sorts a table with its header gets rows above it.
    rows = [line for line in above if layout.is_row(line.cells, _places(head))]
    _refuse_others(above, rows, header, layout)
    return head, _rows(head, chain(rows, top[(at or 0) + 1 :], lines), layout, most_rows)


def _order_without_header(top: Sequence[Line], layout: Layout) -> Sequence[str]:
    return layout.order_of(top[0].cells) or layout.order_by_numbers([line.cells for line in top])


def _refuse_others(above: Sequence[Line], rows: Sequence[Line], header: Line, layout: Layout) -> None:
    for line in above:
        if line not in rows and layout.order_of(line.cells):
            raise FileRefused(
                f"Row {line.number} looks like a row of the table, but stands above its header in row {header.number},"
                " in another order. Move it below, under the same columns."
            )


def _places(head: Head) -> dict[str, int]:
    return dict(zip(head.columns, head.places, strict=True))


def _head(header: Line, above: Sequence[Line], layout: Layout) -> Head:
    named = [(place, name) for place, name in enumerate(layout.names_of(header.cells)) if name]
    return Head(
        header.number,
        [name for _, name in named],
        [place for place, _ in named],
        _passed_over(above, header),
    )


def _passed_over(above: Sequence[Line], header: Line) -> list[str]:
    if not above:
        return []
    words = next((cell.strip() for cell in above[0].cells if cell.strip()), "")
    return [
        f"The table begins in row {header.number}; what stands above it (“{shown(words)}”) is no part of it."
    ]


def _rows(head: Head, lines: Iterable[Line], layout: Layout, most_rows: int) -> Iterator[Row]:
    columns: dict[int, str] = {}
    places = _places(head)
    for place, name in zip(head.places, head.columns, strict=True):
        # The first of two columns that have one name: whoever knows the columns refuses the second.
        if name not in columns.values():
            columns[place] = name
    count = 0
    for line in lines:
        if line.empty:
            continue
        count += 1
        if count > most_rows:
            raise FileRefused(f"These are more than {most_rows:,} rows. Hand them in by parts.")
        unread = _unread(line, columns, layout)
        if any(layout.is_row(inner, places) for inner in line.inner):
            unread |= {columns[place]: SWALLOWED for place in _broken(line) if place in columns}
        wide = len(line.cells)
        cells = {name: line.cells[place].strip() if place < wide else "" for place, name in columns.items()}
        yield Row(line.number, cells, _surplus(line, columns), unread)


def _unread(line: Line, columns: Mapping[int, str], layout: Layout) -> dict[str, str]:
    """Why cells have no text, by column: those under a merged one too, but where the kind allows for that."""
    hidden = {place: words for place, words in line.merged.items() if columns.get(place) not in layout.merged}
    given = {**hidden, **line.unread}
    return {columns[place]: words for place, words in given.items() if place in columns}


def _broken(line: Line) -> list[int]:
    """The places of cells that hold a line break."""
    return [place for place, cell in enumerate(line.cells) if "\n" in cell or "\r" in cell]


def _surplus(line: Line, columns: Mapping[int, str]) -> dict[str, str]:
    """The first cell that stands under no column's name."""
    for place, cell in enumerate(line.cells):
        if place not in columns and cell.strip():
            name = cell_name(place, line.number)
            return {
                name: f"{name} (“{shown(cell)}”) stands beside the table, under no column’s name. Move it into the"
                " commentary or clear it; where commas divide the cells, put a text with commas between quotation"
                " marks."
            }
    return {}
