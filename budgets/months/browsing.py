"""The way through the lines of a long month: which stand here, what stands before and after, and other choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgets.models import Line
from budgets.months.asking import DRAFTS, LINES, ONLY, Asked, Selected


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Browse:
    """``place`` is "Lines 51 to 100 of 5,000"; addresses are queries of the month's own page, empty where none is."""

    place: str
    earlier: str
    later: str
    under: Sequence[Choice]
    only: Sequence[Choice]
    narrowed: bool
    known: str  # goes along, where the page speaks as of a day


def browse_of(selected: Selected, *, drafts: bool, known: str) -> Browse | None:
    """None for a book that stands on one page."""
    if selected.of <= LINES:
        return None
    asked, page = selected.asked, selected.asked.page
    only = {} if known else {name: words for name, words in ONLY.items() if drafts or name != DRAFTS}
    return Browse(
        place=_place(selected),
        earlier=_query(asked.at(page - 1), known) if page > 1 else "",
        later=_query(asked.at(page + 1), known) if page < selected.pages else "",
        under=[
            Choice("", "The whole book", not asked.under),
            *(Choice(one.code, _name(one), one.code == asked.under) for one in selected.above),
        ],
        only=[
            Choice("", "all lines", not asked.only),
            *(Choice(name, words, name == asked.only) for name, words in only.items()),
        ],
        narrowed=asked.narrowed,
        known=known,
    )


def _place(selected: Selected) -> str:
    if not selected.fitting:
        return f"None of {selected.of:,} lines"
    last = selected.first + len(selected.lines) - 1
    narrowed = f", of {selected.of:,} in the book" if selected.asked.narrowed else ""
    return f"Lines {selected.first:,} to {last:,} of {selected.fitting:,}{narrowed}"


def _query(asked: Asked, known: str) -> str:
    query = asked.query or "?"
    if not known:
        return query
    return f"{query}{'' if query == '?' else '&'}known={known}"


def _name(line: Line) -> str:
    """A heading stands under its division."""
    return f"– {line.name}" if line.kind == Line.Kind.HEADING else line.name
