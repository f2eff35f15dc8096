"""Rows pasted from a spreadsheet: a line for each row, tabs between its cells.

What a spreadsheet puts on the clipboard quotes a cell only where it holds a tab or a line break; a quotation mark
anywhere else is one that somebody typed. So as many rows come out as went in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from uploads.tables.lines import Line

# A cell quoted whole: doubled marks inside, and after it the end of its cell.
QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=\t|\n|\Z)')
END = re.compile(r"[\t\n]")
LIKE_A_ROW = (
    "This cell begins with a quotation mark and a later one ends with one, so it may hold what looks like another row."
    " Take the quotation marks out."
)


def pasted_lines(text: str) -> Iterator[Line]:
    """The lines of a pasted text, counted from 1, line breaks inside quoted cells as they are."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    at, number = 0, 1
    while at < len(text):
        begun = at
        cells: list[str] = []
        unread: dict[int, str] = {}
        while True:
            cell, at, ambiguous = _cell(text, at)
            if ambiguous:
                unread[len(cells)] = LIKE_A_ROW
            cells.append("" if ambiguous else cell)
            if at >= len(text) or text[at] == "\n":
                break
            at += 1
        inner = [line.split("\t") for line in text[begun:at].split("\n")[1:]]
        yield Line(number, cells, unread, inner)
        number += 1
        at += 1


def _cell(text: str, at: int) -> tuple[str, int, bool]:
    """A cell that begins here, where it ends, and whether it may have been meant to hold the rows below it."""
    quoted = QUOTED.match(text, at) if text[at : at + 1] == '"' else None
    end = _end(text, at)
    if quoted is None or not quoted[1].strip() or not END.search(quoted[1]):
        return text[at:end], end, False
    inside = quoted[1].split("\n")
    if not any("\t" in line for line in inside[1:]):
        return quoted[1].replace('""', '"'), quoted.end(), False
    return text[at:end], end, bool(inside[0].strip())


def _end(text: str, at: int) -> int:
    found = END.search(text, at)
    return found.start() if found else len(text)
