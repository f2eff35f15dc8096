"""Looks at each cell of a sheet for what the parser of workbooks doesn't tell, and would lose.

That parser gives a number for 75%, and nothing at all for #N/A or a formula that was never worked out. It also makes
room for every empty cell up to the last one that holds anything, so where that one stands is looked at first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from uploads.tables.archive import DAMAGED_WORDS
from uploads.tables.lines import LETTERS, cell_name
from uploads.tables.refusal import FileRefused

# More than any table that is meant here has; without a bound one far cell would make room for millions.
MOST_COLUMNS = 200
# So many rows may stand above a table of the most rows.
TOP = 30
# Rows times columns.
MOST_ROOM = 8_000_000
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ENTITIES = "The workbook declares XML entities, which no spreadsheet program writes. Save it again in Excel."
NEVER_WORKED_OUT = "holds a formula that was never worked out. Open the file in Excel and save it again."
# Words between quotes, a sign behind a backslash, and a colour or condition in brackets are no part of a number's form.
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
PERCENT_FORMATS = {9, 10}
# Excel allows a number's form no more characters.
MOST_FORMAT = 255
# Cells of a row that are errors, or formulas that were never worked out (a text may be worked out to ""); and numbers
# of certain styles.
ODD = etree.XPath(
    "*[@t='e' or (*[local-name()='f'] and not(@t='str') and not(*[local-name()='v' and string()]))]"
)
OF_STYLE = etree.XPath(
    "*[(not(@t) or @t='n') and @s and contains($styles, concat(' ', @s, ' ')) and *[local-name()='v' and string()]]"
)


@dataclass(frozen=True)
class Merged:
    """A range of merged cells, by its first and last row and column, from 0."""

    name: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Looked:
    """What was seen: texts that stand for cells and reasons why others have none, by row and column from 0."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    unread: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)


def parsed(part: bytes) -> Any:
    """The root of a small part."""
    try:
        root = etree.fromstring(part, _careful())
    except etree.XMLSyntaxError as error:
        raise FileRefused(DAMAGED_WORDS) from error
    _refuse_entities(root)
    return root


def percent_styles(styles: bytes) -> set[int]:
    """The numbers of the cell styles that show 0.75 as 75%."""
    root = parsed(styles)
    formats = set(PERCENT_FORMATS)
    for one in root.iterfind("{*}numFmts/{*}numFmt"):
        if "%" in LITERAL.sub("", one.get("formatCode", "")[:MOST_FORMAT].partition(";")[0]):
            formats.add(_number(one.get("numFmtId")))
    used = root.iterfind("{*}cellXfs/{*}xf")
    return {at for at, style in enumerate(used) if _number(style.get("numFmtId")) in formats}


def look_at(part: bytes, percent: set[int], most_rows: int) -> Looked:
    """Every cell of a sheet. FileRefused where the sheet is damaged, or a cell stands beyond what is read."""
    looked, reach = Looked(), _Reach(most_rows)
    styles = "".join(f" {style} " for style in sorted(percent))
    try:
        for number, row in _rows(part, looked):
            last = _last_filled(row)
            if last is not None:
                reach.take_in(*_place(last, number))
            for cell in ODD(row):
                _look_at_cell(cell, _place(cell, number), looked)
            for cell in OF_STYLE(row, styles=styles) if styles else ():
                looked.texts[_place(cell, number)] = _as_percentage(cell.findtext("{*}v"))
    except etree.XMLSyntaxError as error:
        raise FileRefused(DAMAGED_WORDS) from error
    return looked


def _last_filled(row: Any) -> Any:
    """The last cell of the row that holds anything; None where there is none. A style alone is nothing."""
    cell = row[-1] if len(row) else None
    while cell is not None and not any(part.text or len(part) or part.attrib for part in cell):
        cell = cell.getprevious()
    return cell


def _look_at_cell(cell: Any, place: tuple[int, int], looked: Looked) -> None:
    """An error is its own text; a formula has a value, or was never worked out."""
    row, column = place
    if cell.get("t") == "e":
        looked.texts[place] = cell.findtext("{*}v") or "#N/A"
    else:
        looked.unread[place] = f"{cell_name(column, row + 1)} {NEVER_WORKED_OUT}"


def _rows(part: bytes, looked: Looked) -> Iterator[tuple[int, Any]]:
    """Each row with its number from 1; ranges of merged cells are noted on the way."""
    number = 0
    careful = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    for _, element in etree.iterparse(io.BytesIO(part), tag=("{*}row", "{*}mergeCell"), **careful):
        if not number and not looked.merged:
            _refuse_entities(element)
        if element.tag.endswith("mergeCell"):
            _note_merged(element.get("ref", ""), looked)
            continue
        number = _number(element.get("r")) or number + 1
        yield number, element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _place(cell: Any, number: int) -> tuple[int, int]:
    """Row and column from 0; a cell that doesn't say where it is stands behind the one before it."""
    said = REFERENCE.fullmatch(cell.get("r", ""))
    if said:
        return int(said[2]) - 1, _column(said[1])
    before = cell.getprevious()
    steps = 0
    while before is not None:
        steps += 1
        if said := REFERENCE.fullmatch(before.get("r", "")):
            return number - 1, _column(said[1]) + steps
        before = before.getprevious()
    return number - 1, steps


class _Reach:
    """How far the cells reach that hold anything."""

    def __init__(self, most_rows: int) -> None:
        self.most_rows, self.rows, self.columns = most_rows, 0, 0

    def take_in(self, row: int, column: int) -> None:
        if column >= MOST_COLUMNS:
            raise FileRefused(
                f"Cell {cell_name(column, row + 1)} holds something far beyond the table. Clear it; no more than"
                f" {MOST_COLUMNS} columns are read."
            )
        if row > self.most_rows + TOP:
            raise FileRefused(
                f"Cell {cell_name(column, row + 1)} holds something: more than {self.most_rows:,} rows are not read"
                " at once. Clear it, or split the file."
            )
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if self.rows * self.columns > MOST_ROOM:
            raise FileRefused(
                f"Cell {cell_name(column, row + 1)} makes the sheet {self.rows:,} rows by {self.columns} columns, which"
                " is more than is read at once. Clear it, or split the file."
            )


def _note_merged(reference: str, looked: Looked) -> None:
    first, _, last = reference.partition(":")
    top_left, bottom_right = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last)
    if top_left and bottom_right:
        looked.merged.append(
            Merged(
                reference,
                int(top_left[2]) - 1,
                _column(top_left[1]),
                int(bottom_right[2]) - 1,
                _column(bottom_right[1]),
            )
        )


def _as_percentage(written: str) -> str:
    """0.754 is "75.4%". Fifteen digits are what a spreadsheet shows of a number."""
    try:
        number = Decimal(f"{float(written):.15g}").scaleb(2)
    except (ValueError, InvalidOperation):
        return written
    return f"{number.normalize():f}%"


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * LETTERS + ord(letter) - ord("A") + 1
    return place - 1


def _number(text: str | None) -> int:
    """A whole number of an attribute; 0 where there is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _careful() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )


def _refuse_entities(element: Any) -> None:
    if element.getroottree().docinfo.doctype:
        raise FileRefused(ENTITIES)
