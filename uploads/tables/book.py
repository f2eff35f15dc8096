"""An .xlsx workbook as lines of text: the one sheet that holds the table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from operator import itemgetter

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from core.values.numbers import count_words
from uploads.tables.archive import DAMAGED_WORDS, Archive
from uploads.tables.cells import MOST_COLUMNS, TOP, Looked, Merged, Sight, look_at
from uploads.tables.layout import Layout
from uploads.tables.lines import Line, cell_name, shown
from uploads.tables.package import Package, Sheet
from uploads.tables.refusal import SHEET, Choice, FileAsks, FileRefused, Limits

SAMPLE_CELLS, SAMPLE_WIDTH, MOST_NAMED = 8, 120, 20


def lines_of_workbook(
    content: bytes, limits: Limits, layout: Layout, chosen: str = ""
) -> tuple[Iterator[Line], list[str]]:
    """The lines of the sheet that holds the table, and what was left aside. FileAsks where several may be meant."""
    package = Package(Archive(content, limits.unpacked_bytes))
    seen = [one for one in package.sheets if not one.hidden and (not chosen or one.name == chosen)]
    if chosen and not seen:
        raise FileRefused(f"The workbook has no sheet “{shown(chosen)}” that can be seen.")
    _refuse_one_name_for_two(seen)
    opened, refused = _opened_sheets(package, seen, package.sight(limits.rows))
    filled = {name: one for name, one in opened.items() if one.filled}
    hidden = [one.name for one in package.sheets if one.hidden]
    name = _the_one(filled, layout, refused, hidden)
    return filled[name].lines(), _left_aside([*filled, *refused], hidden, name)


def _refuse_one_name_for_two(sheets: Sequence[Sheet]) -> None:
    """By their names people say which is meant."""
    name, number = max(Counter(one.name for one in sheets).items(), key=itemgetter(1), default=("", 0))
    if number > 1:
        raise FileRefused(
            f"{number} sheets of the workbook are called “{shown(name)}”. Open it in Excel, give each a name of its own"
            " and save it again."
        )


def _opened_sheets(
    package: Package, sheets: Sequence[Sheet], sight: Sight
) -> tuple[dict[str, _Opened], dict[str, str]]:
    """Each sheet, and why others can't be opened: that need not keep the one which is meant from being read."""
    opened: dict[str, _Opened] = {}
    refused: dict[str, str] = {}
    for sheet in sheets:
        try:
            opened[sheet.name] = _opened(package, package.archive.part(sheet.part), sight)
        except FileRefused as words:
            if len(sheets) == 1:
                raise
            refused[sheet.name] = str(words)
    return opened, refused


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
    hidden: dict[int, str] = {}
    for one in merged:
        inside = range(one.left, min(one.right, MOST_COLUMNS - 1) + 1)
        beside = any(cell.strip() for place, cell in enumerate(line.cells) if place not in inside)
        for place in inside:
            first = line.number - 1 == one.top and place == one.left
            # What stands in the others is hidden by the first, so nobody who looks at the sheet knows of it.
            hides = place < len(line.cells) and bool(line.cells[place].strip())
            if not first and (beside or hides):
                words = f"{cell_name(place, line.number)} is one of the merged cells {one.name}. Unmerge them, so that"
                told = hidden if one.left == one.right and not hides else unread
                told[place] = f"{words} every row has cells of its own."
    return Line(line.number, line.cells, unread, merged=hidden)


def _opened(package: Package, part: bytes, sight: Sight) -> _Opened:
    looked = look_at(part, sight)
    try:
        return _Opened(CalamineWorkbook.from_filelike(package.alone(part)).get_sheet_by_index(0), looked)
    except CalamineError as error:
        raise FileRefused(DAMAGED_WORDS) from error


def _the_one(
    filled: Mapping[str, _Opened], layout: Layout, refused: Mapping[str, str], hidden: Sequence[str]
) -> str:
    """The name of the sheet that holds the table. One that alone has its header is taken; else people say which."""
    fitting = [name for name, one in filled.items() if _fits(one, layout)]
    if not fitting and refused:
        name, words = next(iter(refused.items()))
        raise FileRefused(f"Sheet “{shown(name)}”: {words}")
    if not filled:
        raise FileRefused(_nothing_seen(hidden))
    meant = fitting or list(filled)
    if len(meant) == 1:
        return meant[0]
    choices = [Choice(name, shown(name), _sample(filled[name])) for name in meant]
    words = f"The workbook has {len(meant)} sheets that may be meant. Which one is it?"
    raise FileAsks(SHEET, words, choices)


def _nothing_seen(hidden: Sequence[str]) -> str:
    if hidden:
        unseen = f"Hidden and not read: {_named(hidden)}."
        return f"Nothing stands in a sheet that can be seen. {unseen} Unhide what is meant."
    return "The workbook has nothing in any sheet. It needs a header row and at least one row below it."


def _fits(one: _Opened, layout: Layout) -> bool:
    top = list(islice(one.lines(), TOP))
    return any(layout.is_header(layout.names_of(line.cells)) for line in top)


def _sample(one: _Opened) -> str:
    """The first lines that hold anything, a few cells of each."""
    first = islice((line for line in one.lines() if not line.empty), 3)
    return "\n".join(
        " | ".join(cell for cell in line.cells[:SAMPLE_CELLS] if cell.strip())[:SAMPLE_WIDTH]
        for line in first
    )


def _left_aside(seen: Sequence[str], hidden: Sequence[str], taken: str) -> list[str]:
    others = [name for name in seen if name != taken]
    said = []
    if others:
        said.append(f"Read from the sheet “{shown(taken)}”. Not read: {_named(others)}.")
    if hidden:
        said.append(f"Hidden and not read: {_named(hidden)}.")
    return said


def _named(sheets: Sequence[str]) -> str:
    """The names of the first sheets, and how many there are beyond."""
    names = ", ".join(f"“{shown(name)}”" for name in sheets[:MOST_NAMED])
    beyond = len(sheets) - MOST_NAMED
    return f"{names} and {count_words(beyond, 'more sheet')}" if beyond > 0 else names


def _cell_text(cell: object) -> str:
    """A spreadsheet's cell as its text: 75.0 is "75", a date is "2019-03-01"."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        # Fifteen digits are what a spreadsheet shows of a number; =1.1*3 is kept as 3.3000000000000003.
        return f"{Decimal(f'{cell:.15g}'):f}"
    return str(cell).removesuffix(" 00:00:00")
