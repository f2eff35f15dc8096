"""All months that the Trust returns: what is open, due and overdue, and what is missing in the oldest of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from core.values.months import Month
from core.values.numbers import count_words
from core.values.words import day_words, days_late, days_to_go
from kpis.definitions.models import Indicator
from kpis.figures.models import Figure
from kpis.returns.selectors import ReturnStates
from kpis.returns.words import DRAFTED, MISSING, OMITTED, STATE_WORDS
from kpis.terms import contract_terms, reporting_ended
from parties.models import Contract

# Of so many open months each indicator is listed; the others are a line each.
LISTED = 3


@dataclass(frozen=True)
class IndicatorRow:
    code: str
    name: str
    url: str
    owner: str
    mine: bool
    state: str
    state_word: str
    corrected: bool


@dataclass(frozen=True)
class MonthRow:
    """One month. ``rows`` is empty for a month that is only counted."""

    month: Month
    url: str
    due: str
    due_words: str
    overdue: bool
    counts: str
    missing: int
    rows: list[IndicatorRow]


@dataclass(frozen=True)
class ReturnsPage:
    summary: str
    next_url: str
    next_label: str
    open: list[MonthRow]
    complete: list[MonthRow]
    any_mine: bool
    indicators: list[tuple[str, str, bool]]
    ended: str


def returns_page(
    contract: Contract, months: Sequence[Month], found: ReturnStates, mine: set[str], today: date
) -> ReturnsPage:
    """Newest first; the oldest open month is what to do next."""
    rows = [_month(contract, month, found, mine, today) for month in months]
    waiting = [row for row in rows if row.missing or _queried(found, row.month)]
    open_months = {row.month for row in waiting}
    listed = {row.month for row in waiting[:LISTED]}
    shown = [row if row.month in listed else _counted(row) for row in rows]
    first = waiting[0] if waiting else None
    return ReturnsPage(
        summary=_summary(contract, waiting, rows, _queries(found)),
        next_url=first.url if first else "",
        next_label=f"Work on {first.month.label}" if first else "",
        open=[row for row in shown if row.month in open_months],
        complete=[_counted(row) for row in reversed(shown) if row.month not in open_months],
        any_mine=bool(mine),
        indicators=[
            (indicator.code, indicator.short_name, indicator.code in mine) for indicator in found.indicators
        ],
        ended=_ended(contract, today),
    )


def _counted(row: MonthRow) -> MonthRow:
    return MonthRow(row.month, row.url, row.due, row.due_words, row.overdue, row.counts, row.missing, [])


def _month(contract: Contract, month: Month, found: ReturnStates, mine: set[str], today: date) -> MonthRow:
    states, expected = found.states.get(month, {}), found.expected(month)
    missing = sum(1 for indicator in expected if states.get(indicator.code, MISSING) in (MISSING, DRAFTED))
    due = contract_terms(contract).days(month).figures_due
    return MonthRow(
        month=month,
        url=reverse("kpis:return", args=[contract.code, month]),
        due=day_words(due),
        due_words=days_late(due, today) if due < today else days_to_go(due, today),
        overdue=today > due and missing > 0,
        counts=_counts([states.get(indicator.code, MISSING) for indicator in expected]),
        missing=missing,
        rows=_rows(contract, month, expected, states, mine, found.corrected.get(month, set())),
    )


def _rows(
    contract: Contract,
    month: Month,
    expected: Sequence[Indicator],
    states: Mapping[str, str],
    mine: set[str],
    corrected: set[str],
) -> list[IndicatorRow]:
    """What is to be done before what is done, and mine first in each."""
    address = reverse("kpis:return", args=[contract.code, month])
    made = [
        IndicatorRow(
            code=indicator.code,
            name=indicator.short_name,
            url=f"{address}#{indicator.code}",
            owner=indicator.owner_role,
            mine=indicator.code in mine,
            state=states.get(indicator.code, MISSING),
            state_word=STATE_WORDS[states.get(indicator.code, MISSING)],
            corrected=indicator.code in corrected,
        )
        for indicator in expected
    ]
    to_do = (Figure.State.QUERIED, MISSING, DRAFTED)
    return sorted(made, key=lambda row: (row.state not in to_do, not row.mine))


def _queried(found: ReturnStates, month: Month) -> bool:
    return Figure.State.QUERIED in found.states.get(month, {}).values()


def _queries(found: ReturnStates) -> int:
    return sum(list(states.values()).count(Figure.State.QUERIED) for states in found.states.values())


def _counts(states: Sequence[str]) -> str:
    """ "9 accepted, 4 submitted, 1 queried, 1 missing"."""
    order = [Figure.State.ACCEPTED, Figure.State.SUBMITTED, Figure.State.DISPUTED, Figure.State.QUERIED]
    named = [(state, STATE_WORDS[state].lower()) for state in [*order, OMITTED, DRAFTED, MISSING]]
    counted = [(states.count(state), words) for state, words in named]
    return ", ".join(f"{number} {words}" for number, words in counted if number)


def _summary(contract: Contract, waiting: Sequence[MonthRow], rows: Sequence[MonthRow], queries: int) -> str:
    if not rows:
        return f"The first month to return is {Month.of(contract.starts_on).label}; it opens when it is over."
    if not waiting:
        return f"Every return up to {rows[-1].month.label} is complete, and no query is open."
    first = waiting[0]
    late = sum(1 for row in waiting if row.overdue)
    words = f"{first.month.label} comes first: {first.counts}"
    if late:
        words += f". {count_words(late, 'return is', 'returns are')} overdue"
    if queries:
        words += f". {count_words(queries, 'query waits', 'queries wait')} for the Trust"
    return f"{words}."


def _ended(contract: Contract, today: date) -> str:
    """That no further month opens, where that is so."""
    last = reporting_ended(contract, today)
    if last is None:
        return ""
    return f"Reporting under this contract ended with {last.label}; no further month opens."
