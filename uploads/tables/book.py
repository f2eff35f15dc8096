"""An .xlsx workbook as lines of text: the one sheet that holds the table."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from uploads.tables.archive import DAMAGED_WORDS, WORKBOOK, Archive, packed
from uploads.tables.cells import MOST_COLUMNS, TOP, Looked, Merged, look_at, parsed, percent_styles
from uploads.tables.layout import Layout, column_name
from uploads.tables.lines import Line, cell_name, shown
from uploads.tables.refusal import SHEET, Choice, FileAsks, FileRefused, Limits

RELATIONS = "xl/_rels/workbook.xml.rels"
STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
# What the parser asks for beside the sheets.
BESIDE = ("[Content_Types].xml", "_rels/.rels", WORKBOOK, RELATIONS, STYLES, STRINGS)
SAMPLE_CELLS, SAMPLE_WIDTH = 8, 120


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook and the part that holds it; charts have no cells and are none."""

    name: str
    part: str
    hidden: bool


def lines_of_workbook(
    content: bytes, limits: Limits, layout: Layout, chosen: str = ""
) -> tuple[Iterator[Line], list[str]]:
    """The lines of the sheet that holds the table, and what was left aside. FileAsks where several may be meant."""
    archive = Archive(content, limits.unpacked_bytes)
    sheets = _sheets(archive)
    beside = {name: archive.part(name) for name in BESIDE if name in archive}
    percent = percent_styles(beside[STYLES]) if STYLES in beside else set()
    found = {
        sheet.name: _opened(sheet, archive.part(sheet.part), beside, percent, limits)
        for sheet in sheets
        if not sheet.hidden and (not chosen or sheet.name == chosen)
    }
    if chosen and not found:
        raise FileRefused(f"The workbook has no sheet “{chosen[:40]}” that can be seen.")
    filled = {name: one for name, one in found.items() if one.filled}
    name = _the_one(filled, layout)
    return filled[name].lines(), _left_aside(sheets, filled, name)


class _Opened:
    """A sheet's cells by two readers: the values by one, what that one doesn't tell by the other."""

    def __init__(self, values: CalamineSheet, looked: Looked) -> None:
        self.values = values
        self.special: dict[int, _Special] = defaultdict(_Special)
        for (row, column), text in looked.texts.items():
            self.special[row].texts[column] = text
        for (row, column), words in looked.unread.items():
            self.special[row].unread[column] = words
        self.last = max([*self.special, values.end[0] if values.end else -1], default=-1)
        self.merged: dict[int, list[Merged]] = defaultdict(list)
        for merged in looked.merged:
            for row in range(merged.top, min(merged.bottom, self.last) + 1):
                self.merged[row].append(merged)

    @property
    def filled(self) -> bool:
        return self.last >= 0

    def lines(self) -> Iterator[Line]:
        """Every line up to the last one that holds anything."""
        valued = self.values.to_python(skip_empty_area=False) if self.values.end else []
        for row in range(self.last + 1):
            yield self._line(row, [_cell_text(cell) for cell in valued[row]] if row < len(valued) else [])

    def _line(self, row: int, cells: list[str]) -> Line:
        special = self.special.get(row)
        if special is None:
            line = Line(row + 1, cells)
        else:
            wide = cells + [""] * (max(special.texts, default=-1) + 1 - len(cells))
            for column, text in special.texts.items():
                wide[column] = text
            line = Line(row + 1, wide, special.unread)
        return _with_merged(line, self.merged[row]) if row in self.merged else line


@dataclass
class _Special:
    """What the parser of values doesn't tell of one row, by column."""

    texts: dict[int, str] = field(default_factory=dict)
    unread: dict[int, str] = field(default_factory=dict)


def _with_merged(line: Line, merged: list[Merged]) -> Line:
    """Merged cells have one value for all. A title or note that nothing stands beside is none the worse for it."""
    unread = dict(line.unread)
    for one in merged:
        inside = range(one.left, min(one.right, MOST_COLUMNS - 1) + 1)
        beside = any(cell.strip() for place, cell in enumerate(line.cells) if place not in inside)
        for place in inside:
            first = line.number - 1 == one.top and place == one.left
            if beside and not first:
                words = f"{cell_name(place, line.number)} is one of the merged cells {one.name}. Unmerge them, so that"
                unread[place] = f"{words} every row has cells of its own."
    return Line(line.number, line.cells, unread)


def _opened(
    sheet: Sheet, part: bytes, beside: Mapping[str, bytes], percent: set[int], limits: Limits
) -> _Opened:
    looked = look_at(part, percent, limits.rows)
    try:
        book = CalamineWorkbook.from_filelike(packed({**beside, sheet.part: part}))
        return _Opened(book.get_sheet_by_name(sheet.name), looked)
    except CalamineError as error:
        raise FileRefused(DAMAGED_WORDS) from error


def _sheets(archive: Archive) -> list[Sheet]:
    """Every sheet with cells, in the order of the workbook."""
    if RELATIONS not in archive:
        raise FileRefused(DAMAGED_WORDS)
    targets = {
        one.get("Id"): posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))).lstrip("/")
        for one in parsed(archive.part(RELATIONS)).iterfind("{*}Relationship")
        if one.get("Type", "").endswith("/worksheet")
    }
    sheets = []
    for one in parsed(archive.part(WORKBOOK)).iterfind("{*}sheets/{*}sheet"):
        related = next((text for name, text in one.attrib.items() if name.endswith("}id")), None)
        if related in targets:
            hidden = one.get("state", "visible") != "visible"
            sheets.append(Sheet(one.get("name", ""), targets[related], hidden))
    return sheets


def _the_one(filled: Mapping[str, _Opened], layout: Layout) -> str:
    """The name of the sheet that holds the table. One that alone has its header is taken; else people say which."""
    if not filled:
        raise FileRefused(
            "The workbook has nothing in any sheet that can be seen. It needs a header row and a row below it."
        )
    fitting = [name for name, one in filled.items() if _fits(one, layout)]
    meant = fitting or list(filled)
    if len(meant) == 1:
        return meant[0]
    choices = [Choice(name, shown(name), _sample(filled[name])) for name in meant]
    raise FileAsks(
        SHEET, f"The workbook has {len(meant)} sheets that may be meant. Which one is it?", choices
    )


def _fits(one: _Opened, layout: Layout) -> bool:
    top = list(islice(one.lines(), TOP))
    return any(layout.is_header([column_name(cell) for cell in line.cells]) for line in top)


def _sample(one: _Opened) -> str:
    """The first lines that hold anything, a few cells of each."""
    first = islice((line for line in one.lines() if not line.empty), 3)
    return "\n".join(
        " | ".join(cell for cell in line.cells[:SAMPLE_CELLS] if cell.strip())[:SAMPLE_WIDTH]
        for line in first
    )


def _left_aside(sheets: list[Sheet], filled: Mapping[str, _Opened], taken: str) -> list[str]:
    others = [f"“{name}”" for name in filled if name != taken]
    hidden = [f"“{sheet.name}”" for sheet in sheets if sheet.hidden]
    said = []
    if others:
        said.append(f"Read from the sheet “{taken}”. Not read: {', '.join(others)}.")
    if hidden:
        said.append(f"Hidden and not read: {', '.join(hidden)}.")
    return said


def _cell_text(cell: object) -> str:
    """A spreadsheet's cell as its text: 75.0 is "75", a date is "2019-03-01"."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        # Fifteen digits are what a spreadsheet shows of a number; =1.1*3 is kept as 3.3000000000000003.
        return f"{Decimal(f'{cell:.15g}'):f}"
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return str(cell.date())
    return str(cell)
