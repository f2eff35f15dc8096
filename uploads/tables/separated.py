"""A CSV file as lines: which sign stands between its cells, and rows that a quotation mark would swallow."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from uploads.tables.layout import Layout, column_name
from uploads.tables.lines import Line
from uploads.tables.refusal import FileRefused

# More cells than a line of any table that is meant here; without it, one line could hold ten million.
MOST_CELLS = 200
SIGNS = ",;\t|"
# Excel writes into the first line which sign it uses.
SAYS_SIGN = "sep="
# A header is looked for in so many lines.
TOP = 30
SWALLOWED = (
    "This cell holds what looks like another row: a quotation mark was opened and not closed. Close it, or take it"
    " out."
)


def separated_lines(text: str, layout: Layout) -> Iterator[Line]:
    """The lines of a file, counted as a spreadsheet counts them. FileRefused where quotation marks don't match."""
    sign, skipped = _said_sign(text)
    if skipped:
        text = text[text.index("\n") + 1 :] if "\n" in text else ""
    sign = sign or _sign(text, layout)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    number, begun = skipped, 0
    columns = 0
    try:
        for number, cells in enumerate(reader, start=skipped + 1):
            if not any(cells):
                continue
            if len(cells) > MOST_CELLS:
                raise FileRefused(
                    f"Row {number} has more than {MOST_CELLS} cells. Keep only the columns of the template."
                )
            columns = columns or len([cell for cell in cells if cell.strip()])
            begun = reader.line_num
            yield Line(number, cells, _swallowed(cells, sign, columns))
    except csv.Error as error:
        if "field limit" in str(error):
            raise FileRefused(
                f"Row {number + 1} has a cell of more than {csv.field_size_limit():,} characters. Shorten it, or look"
                " for a quotation mark that is not closed."
            ) from error
        raise FileRefused(
            f"Row {number + 1}, which begins in line {begun + skipped + 1} of the file, can’t be read: its quotation"
            " marks don’t match. Write a quotation mark inside a text twice, or save the sheet as .xlsx."
        ) from error


def _said_sign(text: str) -> tuple[str, int]:
    """The sign that the first line says, and how many lines that takes."""
    first = text.partition("\n")[0].strip().strip('"')
    if first[: len(SAYS_SIGN)].lower() == SAYS_SIGN and len(first) <= len(SAYS_SIGN) + 1:
        return first[len(SAYS_SIGN) :] or "\t", 1
    return "", 0


def _sign(text: str, layout: Layout) -> str:
    """The sign by which a line near the top reads as the header, or as a row; else the first that stands there."""
    top = [line for line in islice(io.StringIO(text), TOP) if line.strip()]
    for line in top:
        for sign in SIGNS:
            if sign in line and layout.is_header([column_name(cell) for cell in _cut(line, sign)]):
                return sign
    first = top[0] if top else ""
    for sign in SIGNS:
        if sign in first and layout.order_of(_cut(first, sign)):
            return sign
    found = [(first.index(sign), sign) for sign in SIGNS if sign in first]
    return min(found)[1] if found else ","


def _cut(line: str, sign: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.split(sign)]


def _swallowed(cells: Sequence[str], sign: str, columns: int) -> dict[int, str]:
    """Cells with a line inside that has as many cells as the table has columns."""
    return {
        place: SWALLOWED
        for place, cell in enumerate(cells)
        if "\n" in cell and any(line.count(sign) >= max(2, columns - 1) for line in cell.split("\n"))
    }
