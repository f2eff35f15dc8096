"""What entries about the money say in the trail, in sentences for those who may read the budgets.

The summary of a step with a period counts lines alone, and holds no amount and no typed word: both stand in the entry's
changes, and are told from there. All other entries say what their summary says (of savings with amounts), and their
changes are shown line by line under their own names, as is a structure that is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.words import any_lines, word
from core.values.numbers import count_words
from core.values.words import listed

Changes = Mapping[str, Any]
ACTS = {
    "money.lines.queried": "Asked about {}",
    "money.lines.reopened": "Reopened {} and asked",
    "money.lines.explained": "Answered about {}",
    "money.lines.disputed": "Disputed the query about {}",
    "money.lines.accepted": "Accepted {}",
    "money.period.submitted": "Submitted {}",
}


def headline(action: str, summary: str, changes: Changes) -> str:
    """ "Asked about External Foster Care of Children's placements, March 2020: “Which places are these?”" """
    if action not in ACTS or not (lines := _lines(changes)):
        return summary
    said = ACTS[action].format(f"{_named(lines)} of {changes.get('book', '')}, {_periods(changes)}")
    words = changes.get("words")
    return f"{said}: “{words}”" if words else f"{said}."


def change_lines(action: str, changes: Changes) -> list[str]:
    """A line for each line of the book: "External Foster Care, entry 2: spent £1,500,000, forecast £8,200,000"."""
    if lines := _lines(changes) if action in ACTS else []:
        return [_told(line) for line in lines]
    return [line for name, value in changes.items() for line in any_lines(name, value)]


def _lines(changes: Changes) -> list[Changes]:
    """The lines of the act; none where they are kept in another shape."""
    lines = changes.get("lines")
    named = isinstance(lines, list) and all(isinstance(line, Mapping) and "line" in line for line in lines)
    return lines if named and isinstance(lines, list) else []


def _named(lines: list[Changes]) -> str:
    return str(lines[0]["line"]) if len(lines) == 1 else count_words(len(lines), "line")


def _periods(changes: Changes) -> str:
    return listed([str(period) for period in changes.get("periods", [])])


def _told(line: Changes) -> str:
    name = f"{line['line']}, entry {line.get('entry', '')}"
    if isinstance(state := line.get("state"), list):
        return f"{name}: {' → '.join(map(str, state))}"
    before = line.get("before")
    was = f"; before, {_amounts(before)}" if isinstance(before, Mapping) else ""
    reason = f". Reason: “{line['reason']}”" if line.get("reason") else ""
    return f"{name}: {_amounts(line)}{was}{reason}"


def _amounts(entry: Changes) -> str:
    return f"spent {word(entry.get('spent'))}, forecast {word(entry.get('forecast'))}"
