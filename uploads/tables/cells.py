"""Looks at each cell of a sheet for what the parser of workbooks doesn't tell, and would lose.

That parser gives a number for 75%, and nothing at all for #N/A or a formula that was never worked out. It also makes
room for every empty cell up to the last one that holds anything, so where that one stands is looked at first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import chain
from typing import Any

from lxml import etree

from uploads.tables.archive import DAMAGED_WORDS
from uploads.tables.lines import LETTERS, cell_name
from uploads.tables.number_forms import may_show_percent, shows_percent
from uploads.tables.refusal import SMALLER, FileRefused

# More than any table that is meant here has; without a bound one far cell would make room for millions.
MOST_COLUMNS = 200
# So many rows may stand above a table of the most rows.
TOP = 30
# Rows times columns.
MOST_ROOM = 8_000_000
# How every part is parsed, whole or by pieces.
CAREFUL: dict[str, bool] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
TWICE = (
    "stands twice in the sheet, and only one of the two would be read. Open the workbook in Excel and save it again, or"
    " save the sheet as CSV UTF-8."
)
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ENTITIES = "The workbook declares XML entities, which no spreadsheet program writes. Save it again in Excel."
TOO_MUCH_IN_ONE_PLACE = (
    "The workbook holds more in one place, as a text or a comment or parts within parts, than any spreadsheet program"
    f" writes. {SMALLER}"
)
# By these the parser says that a text or a comment is too long, or too much is nested.
TOO_MUCH = {etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_COMMENT_NOT_FINISHED}
NEVER_WORKED_OUT = "holds a formula that was never worked out. Open the file in Excel and save it again."
# The forms that have a number of their own and show 0.75 as 75%.
OWN_FORMS = {9: "0%", 10: "0.00%"}
# Cells of a row that are errors, or formulas that were never worked out (a text may be worked out to ""); and numbers
# of certain styles.
ERRORS = etree.XPath("*[@t='e']")
UNWORKED = etree.XPath("*[*[local-name()='f'] and not(@t='str') and not(*[local-name()='v' and string()])]")
ZEROS = etree.XPath("*[*[local-name()='f'] and *[local-name()='v' and string()='0']]")
NUMBERS = etree.XPath(
    "*[(not(@t) or @t='n') and contains($styles, concat('|', @s, '|')) and *[local-name()='v']]"
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
        root = etree.fromstring(part, etree.XMLParser(**CAREFUL))
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error
    _refuse_entities(root)
    return root


def percent_forms(styles: bytes) -> dict[str, str]:
    """The number forms that may show 0.75 as 75%, by the style of a cell as cells name it."""
    root = parsed(styles)
    forms = dict(OWN_FORMS)
    for one in root.iterfind("{*}numFmts/{*}numFmt"):
        forms[_number(one.get("numFmtId"))] = one.get("formatCode", "")
    used = [forms.get(_number(style.get("numFmtId")), "") for style in root.iterfind("{*}cellXfs/{*}xf")]
    return {str(at): form for at, form in enumerate(used) if may_show_percent(form)}


@dataclass(frozen=True)
class Sight:
    """What there is to know before a sheet is looked at: the forms of its percentages, how many rows are read, and
    whether a formula that came to 0 is to be believed (a program that can't work them out writes 0, and says so).
    """

    percent: Mapping[str, str]
    most_rows: int
    worked_out: bool = True


def look_at(part: bytes, sight: Sight) -> Looked:
    """Every cell of a sheet. FileRefused where the sheet is damaged, or a cell stands beyond what is read."""
    looked, reach = Looked(), _Reach(sight.most_rows)
    styles = _listed(sight.percent)
    try:
        for number, row in _rows(part, looked):
            last = _last_filled(row)
            if last is not None:
                reach.take_in(*_place(last, number))
            for cell in NUMBERS(row, styles=styles) if styles else ():
                _note_percentage(cell, _place(cell, number), sight, looked)
            for cell in chain(UNWORKED(row), () if sight.worked_out else ZEROS(row)):
                place = _place(cell, number)
                looked.unread[place] = f"{cell_name(place[1], place[0] + 1)} {NEVER_WORKED_OUT}"
            for cell in ERRORS(row):
                looked.unread.pop(_place(cell, number), None)
                looked.texts[_place(cell, number)] = cell.findtext("{*}v") or "#N/A"
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error
    return looked


def _listed(styles: Mapping[str, str]) -> str:
    """ "|9|10|"; and "||0|9|" where the first is among them, which a cell that names none has too."""
    if not styles:
        return ""
    return "|".join(["", *([""] if "0" in styles else []), *styles, ""])


def _note_percentage(cell: Any, place: tuple[int, int], sight: Sight, looked: Looked) -> None:
    """0.754 is "75.4%". Fifteen digits are what a spreadsheet shows of a number."""
    try:
        number = float(cell.findtext("{*}v") or "")
        if shows_percent(sight.percent.get(cell.get("s", "0"), ""), number):
            looked.texts[place] = f"{Decimal(f'{number:.15g}').scaleb(2).normalize():f}%"
    except (ValueError, InvalidOperation):
        return


def _last_filled(row: Any) -> Any:
    """The last cell of the row that holds anything; None where there is none. A style alone is nothing."""
    cell = row[-1] if len(row) else None
    while cell is not None and not any(part.text or len(part) or part.attrib for part in cell):
        cell = cell.getprevious()
    return cell


def _rows(part: bytes, looked: Looked) -> Iterator[tuple[int, Any]]:
    """Each row with its number from 1; ranges of merged cells are noted on the way."""
    number = 0
    stood: set[int] = set()
    ended = False
    for _, element in etree.iterparse(
        io.BytesIO(part), tag=("{*}row", "{*}sheetData", "{*}mergeCell"), **CAREFUL
    ):
        if not number and not looked.merged:
            _refuse_entities(element)
        if element.tag.endswith("mergeCell"):
            _note_merged(element.get("ref", ""), looked)
            continue
        if ended:
            # The other parser reads no rows behind the end of the first ones.
            raise FileRefused(DAMAGED_WORDS)
        if element.tag.endswith("sheetData"):
            ended = True
            continue
        number = _number(element.get("r")) or number + 1
        if number in stood:
            raise FileRefused(f"Row {number} {TWICE}")
        stood.add(number)
        _refuse_doubles(element, number)
        yield number, element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _refuse_doubles(row: Any, number: int) -> None:
    """FileRefused for a cell that stands twice in its row, or says that it stands in another."""
    suffix, column = str(number), -1
    stood: set[int] = set()
    for cell in row:
        letters = cell.get("r", "").upper()
        if letters and not (letters := letters.removesuffix(suffix)).isalpha():
            raise FileRefused(DAMAGED_WORDS)
        column = _column(letters) if letters else column + 1
        if column in stood:
            raise FileRefused(f"Cell {cell_name(column, number)} {TWICE}")
        stood.add(column)


def _place(cell: Any, number: int) -> tuple[int, int]:
    """Row and column from 0; a cell that doesn't say where it is stands behind the one before it."""
    said = REFERENCE.fullmatch(cell.get("r", ""))
    if said:
        return int(said[2]) - 1, _column(said[1])
    steps = 0
    for before in cell.itersiblings(preceding=True):
        steps += 1
        if said := REFERENCE.fullmatch(before.get("r", "")):
            return number - 1, _column(said[1]) + steps
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
    first, _, last = reference.replace("$", "").partition(":")
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


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * LETTERS + ord(letter) - ord("A") + 1
    return place - 1


def _number(text: str | None) -> int:
    """A whole number of an attribute; 0 where there is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _refusal(error: etree.XMLSyntaxError) -> FileRefused:
    """What the workbook is, by what the parser stumbled over."""
    if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError  # pragma: no cover - where memory ends; tests/faults/test_hostile_files.py tries it
    if "entity" in str(error):
        return FileRefused(ENTITIES)
    return FileRefused(TOO_MUCH_IN_ONE_PLACE if error.code in TOO_MUCH else DAMAGED_WORDS)


def _refuse_entities(element: Any) -> None:
    if element.getroottree().docinfo.doctype:
        raise FileRefused(ENTITIES)
