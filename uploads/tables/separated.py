"""A CSV file as lines: which sign stands between its cells, and rows that a quotation mark would swallow."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from uploads.tables.layout import Layout
from uploads.tables.lines import Line
from uploads.tables.refusal import FileRefused

# More cells than a line of any table that is meant here; without it, one line could hold ten million.
MOST_CELLS = 200
SIGNS = ",;\t|"
# Excel writes into the first line which sign it uses.
SAYS_SIGN = "sep="
# A header is looked for in so many lines.
TOP = 30


def separated_lines(text: str, layout: Layout) -> Iterator[Line]:
    """The lines of a file, counted as a spreadsheet counts them. FileRefused where quotation marks don't match."""
    sign, skipped = _said_sign(text)
    if skipped:
        text = text[text.index("\n") + 1 :] if "\n" in text else ""
    sign = sign or _sign(text, layout)
    taken: list[str] = []
    reader = csv.reader(_noted(text, taken), delimiter=sign, strict=True)
    number, begun = skipped, 0
    try:
        for number, cells in enumerate(reader, start=skipped + 1):
            inner = [_cut(line, sign) for line in taken[1:]] if len(taken) > 1 else ()
            taken.clear()
            if not any(cells):
                continue
            if len(cells) > MOST_CELLS:
                raise FileRefused(
                    f"Row {number} has more than {MOST_CELLS} cells. Keep only the columns of the template."
                )
            begun = reader.line_num
            yield Line(number, cells, inner=inner)
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


def unquoted_lines(text: str, layout: Layout) -> Iterator[Line]:
    """The lines of a text in which a quotation mark is a sign like any other."""
    sign = _sign(text, layout)
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        yield Line(number, line.rstrip("\r\n").split(sign))


def _noted(text: str, taken: list[str]) -> Iterator[str]:
    """The file's own lines, whichever way they end, each noted as it is taken."""
    for line in io.StringIO(text, newline=""):
        taken.append(line)
        yield line


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
            if sign in line and layout.is_header(layout.names_of(_cut(line, sign))):
                return sign
    first = top[0] if top else ""
    for sign in SIGNS:
        if sign in first and layout.order_of(_cut(first, sign)):
            return sign
    found = [(first.index(sign), sign) for sign in SIGNS if sign in first]
    return min(found)[1] if found else ","


def _cut(line: str, sign: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.split(sign)]
