"""What rows of a file would change of a book's months, as the page of the file shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgets.imports.columns import AMOUNTS
from budgets.imports.committing import by_period
from budgets.imports.kept import NOTHING, KeptRows, pence_or_none
from budgets.rules.money import written
from budgets.rules.periods import Period
from core.values.numbers import count_words
from parties.participants import Participant
from uploads.handlers import NEW, Change

# So many rows are shown; of the others, how many they are.
MOST_SHOWN = 200
LABELS = {
    "actual": "Spent",
    "forecast": "Forecast",
    "committed": "Known to come",
    "mitigation": "Mitigations",
    "moved": "Why it moved",
    "words": "Why off track",
    "reason": "Why revised",
}
ASKS = {
    "words": "Over its budget: say why, and what is done",
    "moved": "The forecast moved: say why",
}


@dataclass(frozen=True)
class ChangeRow:
    """``now`` and ``said`` are labelled words, of what differs alone where something is there already."""

    name: str
    row: int
    new: bool
    made_up: bool  # what is there now
    now: Sequence[tuple[str, str]]
    said: Sequence[tuple[str, str]]
    asks: Sequence[str]


@dataclass(frozen=True)
class MonthGroup:
    """The rows of one month: the first of them, and how many there are that aren't listed."""

    heading: str
    anchor: str
    rows: Sequence[ChangeRow]
    more: str


def month_groups(participant: Participant, changes: Sequence[Change]) -> list[MonthGroup]:
    """Month by month, and the first 200 rows of all. Three queries, however many rows."""
    shown = changes[:MOST_SHOWN]
    kept = KeptRows.of(participant, {row["line"] for row in shown}, {row["year"] for row in shown})
    of_period = by_period(shown)
    return [
        _group(period, rows, [_row(row, kept, period) for row in of_period.get(period, ())])
        for period, rows in by_period(changes).items()
    ]


def _group(period: Period, rows: Sequence[Change], shown: Sequence[ChangeRow]) -> MonthGroup:
    beyond = len(rows) - len(shown)
    return MonthGroup(
        heading=f"{period.label}: {count_words(len(rows), 'line')}",
        anchor=f"month-{period.year.start}-{period.number}",
        rows=shown,
        more=f"Not listed here: {count_words(beyond, 'line')}." if beyond else "",
    )


def _row(row: Change, kept: KeptRows, period: Period) -> ChangeRow:
    said: Mapping[str, str] = {**NOTHING, **row["typed"]}
    now = kept.texts(row["line"], row["year"], row["period"])
    new = row["kind"] == NEW
    differ = [name for name in LABELS if said[name] != now[name] and (said[name] or not new)]
    return ChangeRow(
        name=kept.names.get(row["line"], row["name"]),
        row=row["row"],
        new=new,
        made_up=kept.made_up(row["line"], row["year"], row["period"]),
        now=[] if new else [(LABELS[name], _words(name, now[name])) for name in differ],
        said=[(LABELS[name], _words(name, said[name])) for name in differ],
        asks=[ASKS[name] for name in row["asks"] if name in ASKS],
    )


def _words(name: str, text: str) -> str:
    pence = pence_or_none(text) if name in AMOUNTS else None
    return written(pence) if pence is not None else text or "nothing"
